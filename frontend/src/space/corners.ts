/** Quantities of the vertices as what a triangle needs to find, at each of its points, which one is the strongest. */

import { KEPT, type Neighbours, type Skin } from './skin';

/** How many quantities a triangle tells apart. */
export const PLANES = 4;
/** A slope along edges of every direction is this much less than the slope itself (the mean of |cos| is 2/π). */
const STEEPER = Math.PI / 2;

export interface Corners {
  /** The four quantities that matter in the triangle, the same at its three corners. */
  ids: Uint8Array;
  /** How much of each stands at the corner. */
  shares: Float32Array;
  /** How fast, to the centimetre, the strongest gains on the next there: with it borders are drawn equally thick everywhere. */
  slopes: Float32Array;
}

/** Rows of a table by site, mixed at every vertex: `columns` numbers to a vertex. `table` has a row for skin of no site too. */
export function mixed(skin: Skin, table: Float32Array, columns: number): Float32Array {
  const n = skin.positions.length / 3;
  const result = new Float32Array(n * columns);
  for (let i = 0; i < KEPT * n; i++) {
    const share = skin.shares[i]!;
    if (!share) continue;
    const from = skin.ids[i]! * columns;
    const to = Math.floor(i / KEPT) * columns;
    for (let c = 0; c < columns; c++) result[to + c]! += share * table[from + c]!;
  }
  return result;
}

/** Rows averaged with the neighbours' a number of times, so that borders do not follow the triangles. */
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

/** The four columns that are strongest anywhere on each triangle. */
export function corners(skin: Skin, values: Float32Array, columns: number): Corners {
  const { faces } = skin;
  const ids = new Uint8Array(faces.length * PLANES);
  const shares = new Float32Array(faces.length * PLANES);
  const best = new Float32Array(PLANES);
  const who = new Uint8Array(PLANES);
  for (let f = 0; f < faces.length; f += 3) {
    const rows = [faces[f]! * columns, faces[f + 1]! * columns, faces[f + 2]! * columns] as const;
    best.fill(0);
    who.fill(255);
    for (let c = 0; c < columns; c++) {
      let here = Math.max(values[rows[0] + c]!, values[rows[1] + c]!, values[rows[2] + c]!);
      let k = c;
      for (let p = 0; p < PLANES && here > 0; p++) {
        if (here <= best[p]!) continue;
        [here, best[p], k, who[p]] = [best[p]!, here, who[p]!, k];
      }
    }
    for (let corner = 0; corner < 3; corner++) {
      for (let p = 0; p < PLANES; p++) {
        const at = (f + corner) * PLANES + p;
        ids[at] = who[p]!;
        shares[at] = who[p] === 255 ? 0 : values[rows[corner]! + who[p]!]!;
      }
    }
  }
  const slope = slopes(skin, values, columns);
  return { ids, shares, slopes: Float32Array.from(faces, (v) => slope[v]!) };
}

/** Differences between the two strongest columns along the edges, averaged. The triangles' own slopes are of no use: some are slivers. */
function slopes(skin: Skin, values: Float32Array, columns: number): Float32Array {
  const { beside, positions: p } = skin;
  const n = p.length / 3;
  const found = new Float32Array(n);
  for (let v = 0; v < n; v++) {
    const here = v * columns;
    let [first, second] = [0, columns > 1 ? 1 : 0];
    if (values[here + second]! > values[here + first]!) [first, second] = [second, first];
    for (let c = 2; c < columns; c++) {
      if (values[here + c]! > values[here + first]!) [first, second] = [c, first];
      else if (values[here + c]! > values[here + second]!) second = c;
    }
    const gap = (row: number): number => values[row + first]! - (columns > 1 ? values[row + second]! : 0);
    let [rise, run] = [0, 1e-6];
    for (let k = beside.from[v]!; k < beside.from[v + 1]!; k++) {
      const w = beside.list[k]!;
      rise += Math.abs(gap(w * columns) - gap(here));
      run += Math.hypot(p[3 * w]! - p[3 * v]!, p[3 * w + 1]! - p[3 * v + 1]!, p[3 * w + 2]! - p[3 * v + 2]!);
    }
    found[v] = (STEEPER * rise) / run;
  }
  return smooth(beside, found, 1, 6);
}

/** The sites themselves, so that a triangle finds whose skin each of its points is. */
export function siteCorners(skin: Skin): Corners {
  const columns = skin.sites.length + 1;
  const identity = new Float32Array(columns ** 2);
  for (let k = 0; k < columns; k++) identity[k * (columns + 1)] = 1;
  return corners(skin, mixed(skin, identity, columns), columns);
}

/** Three numbers of every vertex, repeated at every corner. */
export function spread(faces: Uint32Array, vectors: Float32Array): Float32Array {
  const result = new Float32Array(3 * faces.length);
  for (let i = 0; i < faces.length; i++) result.set(vectors.subarray(3 * faces[i]!, 3 * faces[i]! + 3), 3 * i);
  return result;
}

/** For each vertex, where it stands among the corners: the corners of vertex v are `list` from `from[v]` to `from[v + 1]`. */
export function where(faces: Uint32Array, vertices: number): { from: Uint32Array; list: Uint32Array } {
  const from = new Uint32Array(vertices + 1);
  for (const v of faces) from[v + 1]!++;
  for (let v = 0; v < vertices; v++) from[v + 1]! += from[v]!;
  const next = from.slice();
  const list = new Uint32Array(faces.length);
  for (let i = 0; i < faces.length; i++) list[next[faces[i]!]!++] = i;
  return { from, list };
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
