/** A layer of the atlas on the surface. */

import { get } from '../lib/api';
import type { Side } from '../lib/model';
import { KEPT, mixed, type Field } from './field';
import type { Skin } from './skin';
import { weave, type Woven } from './weave';

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

/** Whether left and right hold the same, so that one half does for both. */
export const symmetrical = (layer: Zones | Density): boolean => JSON.stringify(columnsOf(layer, 'left')) === JSON.stringify(columnsOf(layer, 'right'));

/** What the zones, or the one quantity, hold over a side's skin. */
export function fieldOf(skin: Skin, layer: Zones | Density, side: Side): Field {
  const of = columnsOf(layer, side).slice(0, MOST_ZONES);
  const table = new Float32Array((skin.sites.length + 1) * of.length);
  of.forEach((sites, c) => skin.sites.forEach((site, s) => (table[s * of.length + c] = sites[site] ?? 0)));
  return mixed(skin, table, of.length, ROUNDS);
}

/** The layer woven into the skin of each side; the same object twice where both sides are alike. */
export function woven(skin: Skin, layer: Zones | Density | undefined): Record<Side, Woven> {
  const left = weave(skin, layer && fieldOf(skin, layer, 'left'));
  return { left, right: !layer || symmetrical(layer) ? left : weave(skin, fieldOf(skin, layer, 'right')) };
}

/** The owner of every vertex of the left half: the zone that is strongest there, or -1. */
export function owners(skin: Skin, layer: Zones): Int16Array {
  const field = fieldOf(skin, layer, 'left');
  return Int16Array.from({ length: skin.positions.length / 3 }, (_, v) => (field.shares[KEPT * v]! > layer.least ? field.ids[KEPT * v]! : -1));
}

/** A quantity by `site|side`, as the page's other parts hold it, as a layer. */
export function densityOf(label: string, found: Map<string, number>, colour: string): Density {
  const by = (side: Side): BySite => Object.fromEntries([...found].filter(([k]) => k.endsWith(`|${side}`)).map(([k, x]) => [k.slice(0, k.lastIndexOf('|')), x]));
  return { kind: 'density', label, note: '', colour, levels: [0.15, 0.3, 0.45, 0.6, 0.75], values: { left: by('left'), right: by('right') } };
}
