/** Look-up over the vocabulary: names and synonyms to ids, and search as one types. */

import type { Named, Vocabulary } from './api';

export const fold = (s: string): string => s.toLowerCase().normalize('NFD').replace(/[̀-ͯ]/g, '').replace(/[_\-/]+/g, ' ').replace(/\s+/g, ' ').trim();

export class Lexicon {
  private readonly kinds = new Map<string, Map<string, string>>();
  private readonly names = new Map<string, string>();

  constructor(readonly all: Vocabulary) {
    this.add('movement', all.movements);
    this.add('site', [...all.site_groups, ...all.sites]);
    this.add('pain', [...all.sites, ...all.pain_regions]);
    this.add('reflex', all.reflexes);
    this.add('test', all.tests);
    for (const one of all.lesions) this.names.set(`lesion ${one.id}`, one.name);
    for (const one of all.history) this.names.set(`history ${one.id}`, one.name);
  }

  private add(kind: string, records: Named[]): void {
    const found = new Map<string, string>();
    for (const one of records) for (const name of one.names) found.set(fold(name), one.id);
    for (const one of records) found.set(fold(one.name), one.id);
    for (const one of records) {
      found.set(fold(one.id), one.id);
      this.names.set(`${kind} ${one.id}`, one.name);
    }
    this.kinds.set(kind, found);
  }

  lookup = (kind: string, name: string): string | undefined => this.kinds.get(kind)?.get(fold(name));

  name(kind: string, id: string): string {
    return this.names.get(`${kind} ${id}`) ?? id.split(',').map((x) => this.names.get(`${kind} ${x.trim()}`) ?? x.trim().replaceAll('_', ' ')).join(', ');
  }
}

export interface Hit<T> { record: T; matched: string }

/** Records that fit the words typed: a name that starts so first, then a word that starts so, then anywhere. */
export function search<T extends Named>(records: readonly T[], typed: string, limit = 8): Hit<T>[] {
  const wanted = fold(typed);
  if (!wanted) return [];
  const words = wanted.split(' ');
  const scored: { hit: Hit<T>; score: number }[] = [];
  for (const record of records) {
    let best: { matched: string; score: number } | undefined;
    for (const name of [record.name, ...record.names]) {
      const folded = fold(name);
      const score = folded === wanted ? 0 : folded.startsWith(wanted) ? 1 : ` ${folded}`.includes(` ${wanted}`) ? 2 : words.every((w) => ` ${folded}`.includes(` ${w}`)) ? 3 : folded.includes(wanted) ? 4 : 9;
      const total = score + folded.length / 1000;
      if (score < 9 && (!best || total < best.score)) best = { matched: name, score: total };
    }
    if (best) scored.push({ hit: { record, matched: best.matched }, score: best.score });
  }
  return scored.sort((a, b) => a.score - b.score).slice(0, limit).map((x) => x.hit);
}
