/** What a stroke does to the case: painted sites of one finding and side are one patch, one observation. */

import { key, parts, type CaseState, type Finding, type Found, type Sense, type Side } from './model';
import type { Painted } from './stroke';

export type Brush = 'reduced' | 'absent' | 'paraesthesia' | 'hyperalgesia' | 'pain' | 'normal' | 'erase';

const members = (of: string): string[] => of.split(',').map((x) => x.trim());

const WORST = ['absent', 'reduced', 'hyperalgesia', 'paraesthesia', 'normal'];

/** Take sites out of every painted patch of a map; a patch that loses all its sites goes. Groups chosen by name stay. */
function lift<T>(map: Record<string, T>, painted: Painted[], whole: (id: string) => string[], fits: (modality: string) => boolean): void {
  for (const [k, value] of Object.entries(map)) {
    const [ids, side, modality] = parts(k);
    const gone = new Set(painted.filter((p) => p.side === side && fits(modality)).map((p) => p.site));
    if (!gone.size) continue;
    const before = members(ids).flatMap(whole);
    const after = before.filter((id) => !gone.has(id));
    if (after.length === before.length) continue;
    delete map[k];
    if (after.length) map[key(after.join(', '), side, modality)] = value;
  }
}

export interface Stroked { brush: Brush; source: 'tested' | 'reported'; modality: string }

/** What one way of testing found leaves what another found; the eraser takes all. */
export function apply(c: CaseState, painted: Painted[], { brush, source, modality }: Stroked, whole: (id: string) => string[]): void {
  const fits = (how: string): boolean => brush === 'erase' || how === modality;
  if (brush === 'pain' || brush === 'erase') lift(c.pain, painted, whole, () => true);
  if (brush !== 'pain') lift(c.sense, painted, whole, fits);
  if (brush === 'erase') return;
  for (const side of ['left', 'right'] as const) {
    const sites = painted.filter((p) => p.side === side).map((p) => p.site);
    if (!sites.length) continue;
    if (brush === 'pain') join<Found>(c.pain, side, '', sites, { finding: 'present' }, (o) => !o.past);
    else join<Sense>(c.sense, side, modality, sites, { finding: brush, source }, (o) => o.finding === brush && o.source === source && !o.past);
  }
}

/** Put sites into the patch of the same finding on that side, or begin one. What came from a note stays as the note said it. */
function join<T extends Finding>(map: Record<string, T>, side: Side, modality: string, sites: string[], value: T, same: (one: T) => boolean): void {
  const mine = Object.entries(map).filter(([k, one]) => parts(k)[1] === side && parts(k)[2] === modality && one.note === undefined && same(one));
  const found = mine.find(([k]) => k.includes(',')) ?? mine.find(([k]) => isSite(parts(k)[0]));
  const all = [...(found ? members(parts(found[0])[0]) : []), ...sites];
  if (found) delete map[found[0]];
  map[key([...new Set(all)].join(', '), side, modality)] = found ? found[1] : value;
}

let known: ReadonlySet<string> = new Set();
export function tellSites(sites: readonly string[]): void {
  known = new Set(sites);
}
const isSite = (id: string): boolean => known.has(id);

/** Every site with what was found there, groups opened into their sites; of several ways of testing the worst result. */
export function bySite<T extends { finding: string }>(map: Record<string, T>, whole: (id: string) => string[]): Map<string, T> {
  const found = new Map<string, T>();
  for (const [k, value] of Object.entries(map)) {
    const [ids, side] = parts(k);
    for (const id of members(ids).flatMap(whole)) {
      for (const s of side ? [side] : (['left', 'right'] as const)) {
        const before = found.get(`${id}|${s}`);
        if (!before || WORST.indexOf(value.finding) < WORST.indexOf(before.finding)) found.set(`${id}|${s}`, value);
      }
    }
  }
  return found;
}
