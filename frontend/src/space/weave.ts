/** Vertices for the graphics card. A triangle must know its rivals, and the card knows only vertices: one that stands in triangles with
    different rivals is there several times. */

import { NONE, PLANES, rivals, share, slopes, type Field } from './field';
import type { Skin } from './skin';

export interface Woven {
  /** Which vertex of the skin each one is. */
  origin: Uint32Array;
  index: Uint32Array;
  positions: Float32Array;
  normals: Float32Array;
  siteIds: Uint8Array;
  siteShares: Float32Array;
  layerIds: Uint8Array;
  layerShares: Float32Array;
  /** Slopes of the sites and of the layer, two to a vertex. */
  slopes: Float32Array;
}

/** For every triangle, which combination of the two fields' rivals it has. */
function combinations(sites: Uint32Array, layer: Uint32Array | undefined): { of: Uint32Array; pairs: [number, number][] } {
  const known = new Map<number, Map<number, number>>();
  const pairs: [number, number][] = [];
  const of = new Uint32Array(sites.length);
  for (let f = 0; f < sites.length; f++) {
    const [a, b] = [sites[f]!, layer?.[f] ?? 0xffffffff];
    let second = known.get(a);
    if (!second) known.set(a, (second = new Map<number, number>()));
    let at = second.get(b);
    if (at === undefined) {
      at = pairs.push([a, b]) - 1;
      second.set(b, at);
    }
    of[f] = at;
  }
  return { of, pairs };
}

export function weave(skin: Skin, layer: Field | undefined): Woven {
  const { faces } = skin;
  const { of, pairs } = combinations(rivals(skin, faces), layer && rivals(layer, faces));
  const head = new Int32Array(skin.positions.length / 3).fill(-1);
  const origin: number[] = [];
  const pair: number[] = [];
  const next: number[] = [];
  const index = new Uint32Array(faces.length);
  for (let i = 0; i < faces.length; i++) {
    const [v, wanted] = [faces[i]!, of[Math.floor(i / 3)]!];
    let at = head[v]!;
    while (at >= 0 && pair[at] !== wanted) at = next[at]!;
    if (at < 0) {
      at = origin.push(v) - 1;
      pair.push(wanted);
      next.push(head[v]!);
      head[v] = at;
    }
    index[i] = at;
  }
  const slope = [slopes(skin, skin), layer && slopes(layer, skin)] as const;
  return {
    origin: Uint32Array.from(origin), index,
    positions: vectors(skin.positions, origin), normals: vectors(skin.normals, origin),
    ...named(origin, pair, pairs, skin, 0, 'siteIds', 'siteShares'),
    ...named(origin, pair, pairs, layer, 1, 'layerIds', 'layerShares'),
    slopes: Float32Array.from({ length: 2 * origin.length }, (_, i) => slope[i % 2]?.[origin[i >> 1]!] ?? 0),
  };
}

function vectors(of: Float32Array, origin: number[]): Float32Array {
  const result = new Float32Array(3 * origin.length);
  origin.forEach((v, i) => result.set(of.subarray(3 * v, 3 * v + 3), 3 * i));
  return result;
}

/** The rivals of every vertex by number, and what it holds of each. */
function named<I extends string, S extends string>(origin: number[], pair: number[], pairs: [number, number][], field: Field | undefined, which: 0 | 1, ids: I, shares: S): Record<I, Uint8Array> & Record<S, Float32Array> {
  const numbers = new Uint8Array(PLANES * origin.length).fill(NONE);
  const amounts = new Float32Array(PLANES * origin.length);
  origin.forEach((v, i) => {
    const quad = pairs[pair[i]!]![which];
    for (let p = 0; p < PLANES; p++) {
      const id = (quad >>> (8 * p)) & 255;
      if (id === NONE || !field) continue;
      numbers[PLANES * i + p] = id;
      amounts[PLANES * i + p] = share(field, v, id);
    }
  });
  return { [ids]: numbers, [shares]: amounts } as Record<I, Uint8Array> & Record<S, Float32Array>;
}
