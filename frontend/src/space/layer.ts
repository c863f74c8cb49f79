/** A layer of the atlas on the surface. */

import { get } from '../lib/api';
import type { Side } from '../lib/model';
import { corners, mixed, smooth, type Corners } from './corners';
import type { Skin } from './skin';

type BySite = Record<string, number>;
export interface Zone { name: string; key: string; colour: string; values: Record<Side, BySite> }
export interface Zones { kind: 'zones'; label: string; note: string; least: number; zones: Zone[] }
export interface Density { kind: 'density'; label: string; note: string; colour: string; levels: number[]; values: Record<Side, BySite> }
export interface Points { kind: 'points'; label: string; note: string; colour: string; points: { name: string; text: string; sides: Side[]; place: [number, number, number] }[] }
export interface Lines { kind: 'lines'; label: string; note: string; colour: string; sides: Side[]; lines: [number, number, number][][] }
export type Layer = Zones | Density | Points | Lines;

export const MOST_ZONES = 64;
const ROUNDS = 8;

export async function layers(query: string): Promise<Layer[]> {
  return (await get<{ layers: Layer[] }>(`atlas/surface?${query}`)).layers;
}

const columnsOf = (layer: Zones | Density, side: Side): BySite[] => (layer.kind === 'zones' ? layer.zones.map((z) => z.values[side]) : [layer.values[side]]);

/** Whether left and right hold the same, so that one half's corners do for both. */
export const symmetrical = (layer: Zones | Density): boolean => JSON.stringify(columnsOf(layer, 'left')) === JSON.stringify(columnsOf(layer, 'right'));

/** What every zone, or the one quantity, holds at the vertices of a side. */
export function values(skin: Skin, layer: Zones | Density, side: Side): { at: Float32Array; columns: number } {
  const of = columnsOf(layer, side).slice(0, MOST_ZONES);
  const table = new Float32Array((skin.sites.length + 1) * of.length);
  of.forEach((sites, c) => skin.sites.forEach((site, s) => (table[s * of.length + c] = sites[site] ?? 0)));
  return { at: smooth(skin.beside, mixed(skin, table, of.length), of.length, ROUNDS), columns: of.length };
}

/** The layer's corners by side; the same object twice where both sides are alike. */
export function laid(skin: Skin, layer: Zones | Density): Record<Side, Corners> {
  const side = (of: Side): Corners => {
    const { at, columns } = values(skin, layer, of);
    return corners(skin, at, columns);
  };
  const left = side('left');
  return { left, right: symmetrical(layer) ? left : side('right') };
}

/** The owner of every vertex of the left half: the zone that is strongest there, or -1. */
export function owners(skin: Skin, layer: Zones): Int16Array {
  const { at, columns } = values(skin, layer, 'left');
  const owner = new Int16Array(skin.positions.length / 3).fill(-1);
  for (let v = 0; v < owner.length; v++) {
    let best = layer.least;
    for (let c = 0; c < columns; c++) if (at[v * columns + c]! > best) [best, owner[v]] = [at[v * columns + c]!, c];
  }
  return owner;
}

/** A quantity by `site|side`, as the page's other parts hold it, as a layer. */
export function densityOf(label: string, found: Map<string, number>, colour: string): Density {
  const by = (side: Side): BySite => Object.fromEntries([...found].filter(([k]) => k.endsWith(`|${side}`)).map(([k, x]) => [k.slice(0, k.lastIndexOf('|')), x]));
  return { kind: 'density', label, note: '', colour, levels: [0.15, 0.3, 0.45, 0.6, 0.75], values: { left: by('left'), right: by('right') } };
}
