/** Names and addresses of everything that the knowledge has an id for. */

import type { Named } from './api';
import { store } from './store.svelte';
import { plain } from './words';

export interface Thing { name: string; kind: string }

const known = new Map<string, Thing[]>();
let from: unknown;

function all(): Map<string, Thing[]> {
  const v = store.lexicon?.all;
  if (!v || from === v) return known;
  from = v;
  const kinds: [string, Named[]][] = [
    ['root', v.roots], ['movement', v.movements], ['muscle', v.muscles], ['nerve', v.nerves], ['skin branch', v.skin_branches], ['skin site', v.sites],
    ['skin group', v.site_groups], ['reflex', v.reflexes], ['test', v.tests], ['lesion', v.lesions], ['history', v.history], ['pain region', v.pain_regions],
  ];
  for (const [kind, records] of kinds) for (const r of records) known.set(r.id, [...(known.get(r.id) ?? []), { name: r.name, kind }]);
  return known;
}

const HINTS: [RegExp, string][] = [
  [/\breflex/, 'reflex'], [/\b(nerves?|parent|comes from)\b/, 'nerve'], [/\bmuscle/, 'muscle'], [/\bskin branch|cutaneous branch/, 'skin branch'], [/\bgroups\b/, 'skin group'],
  [/\b(skin|sites)\b/, 'skin site'], [/\bmovement/, 'movement'], [/\blesion|confused/, 'lesion'], [/\broots?\b/, 'root'], [/\btests?\b/, 'test'],
];

/** What an id means; of several things of one id the one whose kind a hint speaks of, such as "reflexes". A plain word such as "groin" is an id
    only where the hint says so: elsewhere it is a word. */
export function thing(id: string, hint = ''): Thing | undefined {
  // Segments of nerves have ids like those of lesions, but are none.
  if (/\b(path|cuts)\b/.test(hint.toLowerCase())) return undefined;
  const found = all().get(id);
  const kind = HINTS.find(([words]) => words.test(hint.toLowerCase()))?.[1];
  const meant = found?.find((t) => t.kind === kind);
  return meant ?? (/[_.\d]/.test(id) ? found?.[0] : undefined);
}

export const address = (id: string): string => `#/show/${encodeURIComponent(id)}`;

const MAPS: Record<string, string> = { consensus: 'Consensus', foerster: 'Foerster', keegan_garrett: 'Keegan and Garrett', lee2008: 'Lee 2008' };

/** An id's name, or the id in plain words. A root is called as everybody calls it. */
export function nameOf(id: string, hint = ''): string {
  const found = thing(id, hint);
  return found?.kind === 'root' ? id : (found?.name ?? MAPS[id] ?? plain(id));
}
