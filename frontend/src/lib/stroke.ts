/** Which sites a stroke of the brush means. */

import type { Side } from './model';

export interface Painted { site: string; side: Side }

const ENOUGH = 0.33;
const BESIDE_THE_MOST = 0.4;

/** The sites of which a third or more is covered, and those that a drawn line runs through nearly as far as through any; a dab means
    at least the one that it covers most. `seen` and `whole` are amounts of skin by `site|side`. */
export function meant(seen: Map<string, number>, whole: Map<string, number>, drawn: boolean): Painted[] {
  const found = [...seen].sort((a, b) => b[1] - a[1]);
  const most = found[0]?.[1] ?? 0;
  const taken = found.filter(([k, n]) => n / (whole.get(k) ?? n) >= ENOUGH || (drawn && n >= BESIDE_THE_MOST * most));
  return (taken.length ? taken : found.slice(0, 1)).map(([k]) => ({ site: k.slice(0, k.lastIndexOf('|')), side: k.slice(k.lastIndexOf('|') + 1) as Side }));
}
