/** A stroke of the brush over the surface: the vertices that it covered, and the sites that it means. */

import type { Side } from '../lib/model';
import { meant, type Painted } from '../lib/stroke';
import { siteOf, type Skin } from './skin';

export interface Hit { side: Side; vertex: number; point: [number, number, number]; normal: [number, number, number] }

const areas = new WeakMap<Skin, Map<string, number>>();

/** Square centimetres of each site, where it is the strongest. */
export function areaOf(skin: Skin): Map<string, number> {
  let found = areas.get(skin);
  if (!found) {
    found = new Map<string, number>();
    for (let v = 0; v < skin.areas.length; v++) {
      const site = siteOf(skin, v);
      if (site !== undefined) found.set(site, (found.get(site) ?? 0) + skin.areas[v]!);
    }
    areas.set(skin, found);
  }
  return found;
}

export class Stroke {
  readonly covered: Record<Side, Set<number>> = { left: new Set(), right: new Set() };
  private first: readonly number[] | undefined;
  private reach = 0;

  constructor(private readonly skin: Skin, private readonly radius: number) {}

  /** Covers the skin round a point that faces the same way: the other side of a toe or of the foot stays bare. Returns what is new. */
  stamp(hit: Hit): Record<Side, number[]> {
    this.first ??= hit.point;
    this.reach = Math.max(this.reach, Math.hypot(...hit.point.map((x, i) => x - this.first![i]!)));
    return { left: this.near(hit, 'left'), right: this.near(hit, 'right') };
  }

  private near(hit: Hit, side: Side): number[] {
    const mirror = side === hit.side ? 1 : -1;
    const { positions: p, normals: n } = this.skin;
    const [x, y, z] = [hit.point[0] * mirror, hit.point[1], hit.point[2]];
    const [nx, ny, nz] = [hit.normal[0] * mirror, hit.normal[1], hit.normal[2]];
    const added: number[] = [];
    for (let v = 0, i = 0; i < p.length; v++, i += 3) {
      if ((p[i]! - x) ** 2 + (p[i + 1]! - y) ** 2 + (p[i + 2]! - z) ** 2 > this.radius ** 2) continue;
      if (n[i]! * nx + n[i + 1]! * ny + n[i + 2]! * nz < 0.2 || this.covered[side].has(v)) continue;
      this.covered[side].add(v);
      added.push(v);
    }
    return added;
  }

  sites(): Painted[] {
    const seen = new Map<string, number>();
    const whole = new Map<string, number>();
    for (const side of ['left', 'right'] as const) {
      for (const v of this.covered[side]) {
        const site = siteOf(this.skin, v);
        if (site === undefined) continue;
        const k = `${site}|${side}`;
        seen.set(k, (seen.get(k) ?? 0) + this.skin.areas[v]!);
        whole.set(k, areaOf(this.skin).get(site) ?? 0);
      }
    }
    return meant(seen, whole, this.reach > 2 * this.radius);
  }
}
