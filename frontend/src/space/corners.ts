/** Quantities of the vertices as what a triangle needs to find, at each of its points, which one is the strongest. */

import { KEPT, neighbours, type Skin } from './skin';

/** How many quantities a triangle tells apart. */
export const PLANES = 4;

export interface Corners {
  /** The four quantities that matter in the triangle, the same at its three corners. */
  ids: Uint8Array;
  /** How much of each stands at the corner. */
  shares: Float32Array;
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

/** The four columns that are strongest anywhere on each triangle. */
export function corners(faces: Uint32Array, values: Float32Array, columns: number): Corners {
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
  return { ids, shares };
}

/** The sites themselves, so that a triangle finds whose skin each of its points is. */
export function siteCorners(skin: Skin): Corners {
  const columns = skin.sites.length + 1;
  const identity = new Float32Array(columns ** 2);
  for (let k = 0; k < columns; k++) identity[k * (columns + 1)] = 1;
  return corners(skin.faces, mixed(skin, identity, columns), columns);
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
export function inland(faces: Uint32Array, owner: Int16Array): Uint16Array {
  const beside = neighbours(faces, owner.length);
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
