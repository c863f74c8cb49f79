/** Painting on the case of this page: what a stroke writes into it, and what was found where. */

import type { Side } from './model';
import { apply, bySite, type Brush, type Stroked } from './paint';
import { tints as tinted, type Tint } from './plates';
import { store } from './store.svelte';
import type { Painted } from './stroke';

export const BRUSHES: { id: Brush; name: string }[] = [
  { id: 'reduced', name: 'Numb' }, { id: 'absent', name: 'Absent' }, { id: 'paraesthesia', name: 'Tingling' },
  { id: 'hyperalgesia', name: 'Sore to touch' }, { id: 'pain', name: 'Pain' }, { id: 'normal', name: 'Normal' }, { id: 'erase', name: 'Erase' },
];

/** The colour of what was found at each `site|side`. */
export function tints(): Map<string, Tint> {
  return tinted(store.case, store.whole);
}

/** What was found at a place, in words; empty where nothing was. */
export function foundAt(site: string, side: Side): string {
  const k = `${site}|${side}`;
  const words = [bySite(store.case.sense, store.whole).get(k)?.finding, bySite(store.case.pain, store.whole).has(k) ? 'pain' : undefined];
  return words.filter((x) => x !== undefined).map((x) => (x === 'paraesthesia' ? 'tingling' : x)).join(', ');
}

export function paint(sites: Painted[], stroke: Stroked): void {
  if (!sites.length) {
    store.said = 'That stroke lay off the skin';
    return;
  }
  const names = sites.slice(0, 3).map((s) => `${store.name('site', s.site)} ${s.side}`).join(', ');
  const done = stroke.brush === 'erase' ? 'Erased' : stroke.brush;
  store.edit(`${done}: ${names}${sites.length > 3 ? ` and ${sites.length - 3} more` : ''}`, (c) => apply(c, sites, stroke, store.whole));
}
