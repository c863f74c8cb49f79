/** The left half of the body as it comes from the server: vertices, triangles, and the sites that share each vertex. */

import { empty, KEPT, strongest, type Field, type Neighbours } from './field';

/** Sites that share a vertex as they are sent. */
const SENT = 4;
const ROUNDS = 2;

/** The half, and how much of every vertex belongs to which sites: the shares of a vertex sum to 1, and a number past the last site is skin of no site. */
export interface Skin extends Field {
  sites: string[];
  /** Centimetres, three to a vertex: to the patient's left, up, forward. */
  positions: Float32Array;
  normals: Float32Array;
  faces: Uint32Array;
  /** Square centimetres that belong to each vertex. */
  areas: Float32Array;
  beside: Neighbours;
}

/** Reads the server's binary; see `lasegue.atlas.mesh` for its layout. Throws where it is something else. */
export function unpack(data: ArrayBuffer): Skin {
  if (new TextDecoder('latin1').decode(data.slice(0, 8)) !== 'LASEGUE2') throw new Error('The surface is of another version. Reload the page.');
  const view = new DataView(data);
  const [header = 0, n = 0, triangles = 0, , units = 1] = [8, 12, 16, 20, 24].map((at) => view.getUint32(at, true));
  const told = JSON.parse(new TextDecoder().decode(data.slice(28, 28 + header))) as { sites: string[] };
  let at = 28 + header;
  const take = (bytes: number): ArrayBuffer => data.slice(at, (at += bytes));
  const positions = summed(new Int16Array(take(6 * n)), n, 1 / units);
  const normals = summed(new Int8Array(take(3 * n)), n, 1 / 127);
  const ids = interleaved(new Uint8Array(take(SENT * n)), n);
  const weights = interleaved(new Uint8Array(take(SENT * n)), n);
  const bytes = new Uint8Array(take(6 * triangles));
  const faces = new Uint32Array(3 * triangles);
  for (let i = 0, corner = 0; i < faces.length; i++) {
    corner = (corner + (bytes[i] ?? 0) + 256 * (bytes[faces.length + i] ?? 0)) & 0xffff;
    faces[i] = corner;
  }
  turn(positions, normals, faces);
  const beside = neighbours(faces, n);
  close(positions, faces);
  return { sites: told.sites, positions, normals, faces, ...evened(ids, weights, beside, told.sites.length), areas: areasOf(positions, faces), beside };
}

/** Three planes of differences as vectors. The sums wrap round as the numbers' own size does. */
function summed(planes: Int16Array | Int8Array, n: number, scale: number): Float32Array {
  const result = new Float32Array(3 * n);
  const bits = 32 - 8 * planes.BYTES_PER_ELEMENT;
  for (let c = 0; c < 3; c++) {
    for (let i = 0, sum = 0; i < n; i++) {
      sum = ((sum + (planes[c * n + i] ?? 0)) << bits) >> bits;
      result[3 * i + c] = sum * scale;
    }
  }
  return result;
}

function interleaved(planes: Uint8Array, n: number): Uint8Array {
  const result = new Uint8Array(planes.length);
  for (let p = 0; p < SENT; p++) for (let i = 0; i < n; i++) result[SENT * i + p] = planes[p * n + i] ?? 0;
  return result;
}

/** The vertices that share a triangle with each: those of v are `list` from `from[v]` to `from[v + 1]`, inner ones twice. */
export function neighbours(faces: Uint32Array, n: number): Neighbours {
  const from = new Uint32Array(n + 1);
  for (const v of faces) from[v + 1]! += 2;
  for (let v = 0; v < n; v++) from[v + 1]! += from[v]!;
  const next = from.slice();
  const list = new Uint32Array(2 * faces.length);
  for (let f = 0; f < faces.length; f += 3) {
    for (let k = 0; k < 3; k++) {
      const v = faces[f + k]!;
      list[next[v]!++] = faces[f + ((k + 1) % 3)]!;
      list[next[v]!++] = faces[f + ((k + 2) % 3)]!;
    }
  }
  return { from, list };
}

/** Shares averaged with the neighbours' a few times: only the strongest four are sent, and where the fourth changes borders would be jagged. */
function evened(sent: Uint8Array, weights: Uint8Array, beside: Neighbours, sites: number): Field {
  const n = sent.length / SENT;
  let field = empty(n);
  for (let i = 0; i < sent.length; i++) {
    const to = KEPT * Math.floor(i / SENT) + (i % SENT);
    if (weights[i]) [field.ids[to], field.shares[to]] = [Math.min(sites, sent[i]!), weights[i]! / 255];
  }
  const row = new Float32Array(sites + 1);
  for (let round = 0; round < ROUNDS; round++) {
    const next = empty(n);
    const { ids, shares } = field;
    const add = (v: number, times: number): void => {
      for (let p = KEPT * v; p < KEPT * v + KEPT && shares[p]! > 0; p++) row[ids[p]!]! += times * shares[p]!;
    };
    for (let v = 0; v < n; v++) {
      row.fill(0);
      const [begin, end] = [beside.from[v]!, beside.from[v + 1]!];
      add(v, Math.max(1, end - begin));
      for (let k = begin; k < end; k++) add(beside.list[k]!, 1);
      strongest(row, next, KEPT * v);
      whole(next.shares.subarray(KEPT * v, KEPT * v + KEPT));
    }
    field = next;
  }
  return field;
}

function whole(shares: Float32Array): void {
  const total = shares.reduce((a, b) => a + b, 0) || 1;
  for (let p = 0; p < shares.length; p++) shares[p]! /= total;
}

/** Brings the rim of the half onto the midline, so that the two halves meet; the cut above the hips stays. */
function close(positions: Float32Array, faces: Uint32Array): void {
  const seen = new Map<number, number>();
  for (let f = 0; f < faces.length; f += 3) {
    for (let k = 0; k < 3; k++) {
      const [a, b] = [faces[f + k]!, faces[f + ((k + 1) % 3)]!];
      const edge = Math.min(a, b) * 65536 + Math.max(a, b);
      seen.set(edge, (seen.get(edge) ?? 0) + 1);
    }
  }
  for (const [edge, times] of seen) {
    if (times > 1) continue;
    for (const v of [edge % 65536, Math.floor(edge / 65536)]) if (positions[3 * v]! < 0.6) positions[3 * v] = 0;
  }
}

/** From side, forward, up to side, up, forward; and triangles so that their front faces outwards. */
function turn(positions: Float32Array, normals: Float32Array, faces: Uint32Array): void {
  for (const of of [positions, normals]) for (let i = 0; i < of.length; i += 3) [of[i + 1], of[i + 2]] = [of[i + 2]!, of[i + 1]!];
  let outwards = 0;
  for (let f = 0; f < faces.length; f += 3) {
    const out = cross(positions, faces, f);
    const v = 3 * faces[f]!;
    outwards += Math.sign(out[0] * normals[v]! + out[1] * normals[v + 1]! + out[2] * normals[v + 2]!);
  }
  if (outwards < 0) for (let f = 0; f < faces.length; f += 3) [faces[f + 1], faces[f + 2]] = [faces[f + 2]!, faces[f + 1]!];
}

function cross(p: Float32Array, faces: Uint32Array, f: number): [number, number, number] {
  const [a, b, c] = [3 * faces[f]!, 3 * faces[f + 1]!, 3 * faces[f + 2]!];
  const [ux, uy, uz] = [p[b]! - p[a]!, p[b + 1]! - p[a + 1]!, p[b + 2]! - p[a + 2]!];
  const [vx, vy, vz] = [p[c]! - p[a]!, p[c + 1]! - p[a + 1]!, p[c + 2]! - p[a + 2]!];
  return [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
}

function areasOf(positions: Float32Array, faces: Uint32Array): Float32Array {
  const areas = new Float32Array(positions.length / 3);
  for (let f = 0; f < faces.length; f += 3) {
    const third = Math.hypot(...cross(positions, faces, f)) / 6;
    for (let k = 0; k < 3; k++) areas[faces[f + k]!]! += third;
  }
  return areas;
}

/** The strongest site of a vertex, or undefined where the skin belongs to none. */
export const siteOf = (skin: Skin, vertex: number): string | undefined => skin.sites[skin.ids[KEPT * vertex]!];

let loading: Promise<Skin> | undefined;

export function skin(): Promise<Skin> {
  loading ??= (async () => {
    const response = await fetch('api/atlas/mesh');
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    return unpack(await response.arrayBuffer());
  })().catch((e: unknown) => {
    loading = undefined;
    throw e;
  });
  return loading;
}
