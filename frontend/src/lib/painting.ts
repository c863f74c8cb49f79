/** Painting on the case of this page: what a stroke writes into it, and the colours in which every view of the body shows it. */

import type { Side } from './model';
import { apply, bySite, type Brush } from './paint';
import type { Rgb } from './raster';
import { store } from './store.svelte';
import type { Painted } from './stroke';

export const COLOURS: Record<Brush, Rgb> = {
  reduced: [37, 99, 235], absent: [30, 27, 120], paraesthesia: [180, 83, 9], hyperalgesia: [190, 24, 93], pain: [200, 30, 30], normal: [22, 140, 80], erase: [110, 110, 110],
};
/** Where the leading lesion would be expected to numb. */
export const EXPECTED: Rgb = [120, 90, 160];
export const BRUSHES: { id: Brush; name: string }[] = [
  { id: 'reduced', name: 'Numb' }, { id: 'absent', name: 'Absent' }, { id: 'paraesthesia', name: 'Tingling' },
  { id: 'pain', name: 'Pain' }, { id: 'normal', name: 'Normal' }, { id: 'erase', name: 'Erase' },
];

export interface Tint { rgb: Rgb; alpha: number }

const whole = (id: string): string[] => {
  const group = store.lexicon?.all.site_groups.find((g) => g.id === id);
  return group ? Object.keys(group.sites) : [id];
};

/** The colour of what was found at each `site|side`; what was felt stands over pain. */
export function tints(): Map<string, Tint> {
  const found = new Map<string, Tint>();
  for (const k of bySite(store.case.pain, whole).keys()) found.set(k, { rgb: COLOURS.pain, alpha: 0.5 });
  for (const [k, sense] of bySite(store.case.sense, whole)) {
    found.set(k, { rgb: COLOURS[sense.finding as Brush] ?? [0, 0, 0], alpha: sense.finding === 'normal' ? 0.3 : 0.62 });
  }
  return found;
}

/** What was found at a place, in words; empty where nothing was. */
export function foundAt(site: string, side: Side): string {
  const k = `${site}|${side}`;
  const words = [bySite(store.case.sense, whole).get(k)?.finding, bySite(store.case.pain, whole).has(k) ? 'pain' : undefined];
  return words.filter((x) => x !== undefined).map((x) => (x === 'paraesthesia' ? 'tingling' : x)).join(', ');
}

export function paint(sites: Painted[], brush: Brush, source: 'tested' | 'reported'): void {
  if (!sites.length) {
    store.said = 'That stroke lay off the skin';
    return;
  }
  const names = sites.slice(0, 3).map((s) => `${store.name('site', s.site)} ${s.side}`).join(', ');
  store.edit(`${brush === 'erase' ? 'Erased' : brush}: ${names}${sites.length > 3 ? ` and ${sites.length - 3} more` : ''}`, (c) => apply(c, sites, brush, source, whole));
}
