/** The skin as a raster: which site lies under a point, and which sites a stroke covers. */

import { get } from './api';
import type { Side } from './model';
import { meant, type Painted } from './stroke';

export interface View {
  view: string; label: string; width: number; height: number; planes: number; left: number; top: number; step: number; data: string;
}
export interface Raster extends View {
  sites: string[];
  ids: Uint8Array;
  weights: Uint8Array;
  leftSide: Uint8Array;
  /** Pixels of each side and site by their strongest site, for shares covered. */
  size: Map<string, number>;
}

let listed: Promise<{ sites: string[]; views: View[] }> | undefined;
const loaded = new Map<string, Promise<Raster>>();

export function views(): Promise<{ sites: string[]; views: View[] }> {
  listed ??= get<{ sites: string[]; views: View[] }>('atlas/raster');
  return listed;
}

export function unpack(view: View, sites: string[], bytes: Uint8Array): Raster {
  const plane = view.width * view.height;
  const all = plane * view.planes;
  const ids = bytes.subarray(0, all);
  const weights = bytes.subarray(all, 2 * all);
  const leftSide = bytes.subarray(2 * all, 2 * all + plane);
  const size = new Map<string, number>();
  for (let i = 0; i < plane; i++) {
    const site = sites[ids[i] ?? 255];
    if (site === undefined) continue;
    const k = `${site}|${leftSide[i] ? 'left' : 'right'}`;
    size.set(k, (size.get(k) ?? 0) + 1);
  }
  return { ...view, sites, ids, weights, leftSide, size };
}

export function raster(name: string): Promise<Raster> {
  let one = loaded.get(name);
  if (!one) {
    one = (async () => {
      const { sites, views: every } = await views();
      const view = every.find((v) => v.view === name);
      if (!view) throw new Error(`no view ${name}`);
      const response = await fetch(view.data);
      return unpack(view, sites, new Uint8Array(await response.arrayBuffer()));
    })();
    loaded.set(name, one);
  }
  return one;
}

export function siteAt(r: Raster, x: number, y: number): { site: string; side: Side } | undefined {
  if (x < 0 || y < 0 || x >= r.width || y >= r.height) return undefined;
  const i = Math.floor(y) * r.width + Math.floor(x);
  const site = r.sites[r.ids[i] ?? 255];
  return site === undefined ? undefined : { site, side: r.leftSide[i] ? 'left' : 'right' };
}

export class Stroke {
  readonly pixels = new Set<number>();
  private last: [number, number] | undefined;
  private first: [number, number] | undefined;
  private reach = 0;

  constructor(private readonly r: Raster, private readonly radius: number) {}

  to(x: number, y: number): void {
    const [x0, y0] = this.last ?? [x, y];
    const steps = Math.max(1, Math.ceil(Math.hypot(x - x0, y - y0) / Math.max(1, this.radius / 2)));
    for (let k = 1; k <= steps; k++) this.stamp(x0 + ((x - x0) * k) / steps, y0 + ((y - y0) * k) / steps);
    this.last = [x, y];
    this.first ??= [x, y];
    this.reach = Math.max(this.reach, Math.hypot(x - this.first[0], y - this.first[1]));
  }

  private stamp(x: number, y: number): void {
    const n = this.radius;
    for (let j = Math.floor(y - n); j <= y + n; j++) {
      for (let i = Math.floor(x - n); i <= x + n; i++) {
        if ((i - x) ** 2 + (j - y) ** 2 <= n * n && i >= 0 && j >= 0 && i < this.r.width && j < this.r.height) this.pixels.add(j * this.r.width + i);
      }
    }
  }

  sites(): Painted[] {
    const seen = new Map<string, number>();
    for (const i of this.pixels) {
      const site = this.r.sites[this.r.ids[i] ?? 255];
      if (site === undefined) continue;
      const k = `${site}|${this.r.leftSide[i] ? 'left' : 'right'}`;
      seen.set(k, (seen.get(k) ?? 0) + 1);
    }
    return meant(seen, this.r.size, this.reach > 2 * this.radius);
  }
}

export type Rgb = readonly [number, number, number];

/** The raster coloured by a value for each side and site: soft where sites meet. */
export function colour(r: Raster, tint: (site: string, side: Side) => { rgb: Rgb; alpha: number } | undefined): ImageData {
  const image = new ImageData(r.width, r.height);
  const plane = r.width * r.height;
  const known = new Map<number, { rgb: Rgb; alpha: number } | undefined>();
  for (let i = 0; i < plane; i++) {
    if (r.ids[i] === 255) continue;
    const left = r.leftSide[i] ? 1 : 0;
    let [red, green, blue, alpha, total] = [0, 0, 0, 0, 0];
    for (let p = 0; p < r.planes; p++) {
      const id = r.ids[p * plane + i] ?? 255;
      const w = r.weights[p * plane + i] ?? 0;
      if (!w) continue;
      total += w;
      const k = id * 2 + left;
      if (!known.has(k)) {
        const site = r.sites[id];
        known.set(k, site === undefined ? undefined : tint(site, left ? 'left' : 'right'));
      }
      const t = known.get(k);
      if (!t) continue;
      const a = w * t.alpha;
      red += t.rgb[0] * a;
      green += t.rgb[1] * a;
      blue += t.rgb[2] * a;
      alpha += a;
    }
    if (!alpha) continue;
    image.data.set([red / alpha, green / alpha, blue / alpha, (255 * alpha) / total], 4 * i);
  }
  return image;
}
