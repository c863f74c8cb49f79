/** Several quantities over the skin: at every vertex the strongest few, the strongest first. */

import type { Skin } from './skin';

/** Quantities kept at a vertex. */
export const KEPT = 6;
/** Quantities that a triangle tells apart. */
export const PLANES = 4;
/** The number that stands for no quantity. */
export const NONE = 255;
/** What holds less than this share of the strongest can neither win nor come near it within a triangle. */
const RIVAL = 0.6;
/** A slope along edges of every direction is this much less than the slope itself (the mean of |cos| is 2/π). */
const STEEPER = Math.PI / 2;

export interface Field {
  /** KEPT to a vertex. */
  ids: Uint8Array;
  shares: Float32Array;
}

export interface Neighbours { from: Uint32Array; list: Uint32Array }

/** Puts the KEPT largest numbers of a row at a place of a field that holds none yet. */
export function strongest(row: ArrayLike<number>, field: Field, at: number): void {
  const { ids, shares } = field;
  for (let k = 0; k < row.length; k++) {
    let [share, id] = [row[k]!, k];
    for (let p = at; p < at + KEPT && share > 0; p++) {
      if (share <= shares[p]!) continue;
      [share, shares[p], id, ids[p]] = [shares[p]!, share, ids[p]!, id];
    }
  }
}

export const empty = (vertices: number): Field => ({ ids: new Uint8Array(KEPT * vertices).fill(NONE), shares: new Float32Array(KEPT * vertices) });

/** Rows of a table by site mixed at every vertex and averaged with the neighbours' a number of times, so that borders do not follow the triangles. */
export function mixed(skin: Skin, table: Float32Array, columns: number, rounds: number): Field {
  const n = skin.positions.length / 3;
  const rows = new Float32Array(n * columns);
  for (let i = 0; i < KEPT * n; i++) {
    const share = skin.shares[i]!;
    if (!share) continue;
    const from = skin.ids[i]! * columns;
    const to = Math.floor(i / KEPT) * columns;
    for (let c = 0; c < columns; c++) rows[to + c]! += share * table[from + c]!;
  }
  const even = smooth(skin.beside, rows, columns, rounds);
  const field = empty(n);
  for (let v = 0; v < n; v++) strongest(even.subarray(v * columns, (v + 1) * columns), field, KEPT * v);
  return field;
}

export function smooth(beside: Neighbours, rows: Float32Array, columns: number, rounds: number): Float32Array {
  let from = rows;
  for (let round = 0; round < rounds; round++) {
    const to = new Float32Array(from.length);
    for (let v = 0; v + 1 < beside.from.length; v++) {
      const [begin, end] = [beside.from[v]!, beside.from[v + 1]!];
      const half = 0.5 / Math.max(1, end - begin);
      const here = v * columns;
      for (let c = 0; c < columns; c++) to[here + c] = from[here + c]! / 2;
      for (let k = begin; k < end; k++) {
        const there = beside.list[k]! * columns;
        for (let c = 0; c < columns; c++) to[here + c]! += half * from[there + c]!;
      }
    }
    from = to;
  }
  return from;
}

/** How much of a quantity a vertex holds. */
export function share(field: Field, vertex: number, id: number): number {
  for (let p = KEPT * vertex; p < KEPT * vertex + KEPT; p++) if (field.ids[p] === id) return field.shares[p]!;
  return 0;
}

/** For each triangle the quantities that may be the strongest on it, PLANES of them in order of number, as one number to the triangle. */
export function rivals(field: Field, faces: Uint32Array): Uint32Array {
  const result = new Uint32Array(faces.length / 3);
  const found: number[] = [];
  for (let f = 0; f < faces.length; f += 3) {
    found.length = 0;
    for (let rank = 0; rank < KEPT && found.length < PLANES; rank++) {
      for (let k = 0; k < 3; k++) {
        const at = KEPT * faces[f + k]!;
        const id = field.ids[at + rank]!;
        if (field.shares[at + rank]! > 0 && field.shares[at + rank]! >= RIVAL * field.shares[at]! && !found.includes(id) && found.length < PLANES) found.push(id);
      }
    }
    found.sort((a, b) => a - b);
    result[f / 3] = ((found[0] ?? NONE) | ((found[1] ?? NONE) << 8) | ((found[2] ?? NONE) << 16) | ((found[3] ?? NONE) << 24)) >>> 0;
  }
  return result;
}

/** How fast, to the centimetre, the strongest gains on the next: with it borders are drawn equally thick. The triangles' own slopes are of no
    use, for some triangles are slivers. */
export function slopes(field: Field, skin: Skin): Float32Array {
  const { beside, positions: p } = skin;
  const found = new Float32Array(p.length / 3);
  for (let v = 0; v < found.length; v++) {
    const [first, second] = [field.ids[KEPT * v]!, field.ids[KEPT * v + 1]!];
    const here = field.shares[KEPT * v]! - field.shares[KEPT * v + 1]!;
    let [rise, run] = [0, 1e-6];
    for (let k = beside.from[v]!; k < beside.from[v + 1]!; k++) {
      const w = beside.list[k]!;
      rise += Math.abs(share(field, w, first) - (second === NONE ? 0 : share(field, w, second)) - here);
      run += Math.hypot(p[3 * w]! - p[3 * v]!, p[3 * w + 1]! - p[3 * v + 1]!, p[3 * w + 2]! - p[3 * v + 2]!);
    }
    found[v] = (STEEPER * rise) / run;
  }
  return smooth(beside, found, 1, 6);
}

/** How many edges each vertex lies from another owner's skin; 65535 where it never meets any. */
export function inland(beside: Neighbours, owner: Int16Array): Uint16Array {
  const around = (v: number): Uint32Array => beside.list.subarray(beside.from[v], beside.from[v + 1]);
  const far = new Uint16Array(owner.length).fill(65535);
  let edge: number[] = [];
  for (let v = 0; v < owner.length; v++) if (around(v).some((w) => owner[w] !== owner[v])) edge.push(v);
  for (const v of edge) far[v] = 0;
  for (let step = 1; edge.length; step++) {
    const next: number[] = [];
    for (const v of edge) for (const w of around(v)) if (far[w]! > step && owner[w] === owner[v]) {
      far[w] = step;
      next.push(w);
    }
    edge = next;
  }
  return far;
}
