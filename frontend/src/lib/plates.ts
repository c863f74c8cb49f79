/** What is drawn on the body: the plate in the raster's own frame, and the colour of each finding. */

import type { CaseState, Side } from './model';
import { bySite, type Brush } from './paint';
import { colour, type Raster, type Rgb } from './raster';

export const COLOURS: Record<Brush, Rgb> = {
  reduced: [37, 99, 235], absent: [30, 27, 120], paraesthesia: [180, 83, 9], hyperalgesia: [190, 24, 93], pain: [200, 30, 30], normal: [22, 140, 80], erase: [110, 110, 110],
};
/** Where the leading lesion would be expected to numb. */
export const EXPECTED: Rgb = [120, 90, 160];

export interface Tint { rgb: Rgb; alpha: number }
type Whole = (id: string) => string[];

/** The colour of what was found at each `site|side`; what was felt stands over pain. */
export function tints(c: CaseState, whole: Whole): Map<string, Tint> {
  const found = new Map<string, Tint>();
  for (const k of bySite(c.pain, whole).keys()) found.set(k, { rgb: COLOURS.pain, alpha: 0.5 });
  for (const [k, sense] of bySite(c.sense, whole)) {
    found.set(k, { rgb: COLOURS[sense.finding as Brush] ?? [0, 0, 0], alpha: sense.finding === 'normal' ? 0.3 : 0.62 });
  }
  return found;
}

/** The plate cut to the raster's own frame, so that canvas and drawing lie exactly on each other. */
export function framed(svg: string, grid: Raster): string {
  const box = [100 * grid.left, -100 * grid.top, 100 * grid.step * grid.width, 100 * grid.step * grid.height].map((x) => x.toFixed(1)).join(' ');
  return svg.replace(/viewBox="[^"]*"/, `viewBox="${box}"`).replace(/(<svg[^>]*?) width="[^"]*"/, '$1').replace(/(<svg[^>]*?) height="[^"]*"/, '$1');
}

/** The patient's findings on a view, and where wanted what a lesion would be expected to numb. */
export function overlay(grid: Raster, c: CaseState, whole: Whole, leader?: Map<string, number>): ImageData {
  const found = tints(c, whole);
  return colour(grid, (site: string, side: Side) => {
    const k = `${site}|${side}`;
    const share = leader?.get(k) ?? 0;
    return found.get(k) ?? (share > 0.15 ? { rgb: EXPECTED, alpha: 0.32 * share } : undefined);
  });
}
