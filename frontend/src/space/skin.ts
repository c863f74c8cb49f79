/** The left half of the body as it comes from the server: vertices, triangles, and the sites that share each vertex. */

/** Sites that share a vertex as they are sent, and as they are kept once evened out. */
const SENT = 4;
export const KEPT = 6;
const ROUNDS = 2;

export interface Skin {
  sites: string[];
  /** Centimetres, three to a vertex: to the patient's left, up, forward. */
  positions: Float32Array;
  normals: Float32Array;
  faces: Uint32Array;
  /** KEPT to a vertex; shares sum to 1. A number past the last site is skin of no site. */
  ids: Uint8Array;
  shares: Float32Array;
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

export interface Neighbours { from: Uint32Array; list: Uint32Array }

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
function evened(sent: Uint8Array, weights: Uint8Array, beside: Neighbours, sites: number): { ids: Uint8Array; shares: Float32Array } {
  const n = sent.length / SENT;
  let ids = new Uint8Array(KEPT * n).fill(sites);
  let shares = new Float32Array(KEPT * n);
  for (let i = 0; i < sent.length; i++) {
    const to = KEPT * Math.floor(i / SENT) + (i % SENT);
    [ids[to], shares[to]] = [Math.min(sites, sent[i]!), weights[i]! / 255];
  }
  const row = new Float32Array(sites + 1);
  for (let round = 0; round < ROUNDS; round++) {
    const [nextIds, nextShares] = [new Uint8Array(KEPT * n), new Float32Array(KEPT * n)];
    for (let v = 0; v < n; v++) {
      row.fill(0);
      const [begin, end] = [beside.from[v]!, beside.from[v + 1]!];
      for (let p = KEPT * v; p < KEPT * v + KEPT; p++) row[ids[p]!]! += shares[p]! * (end - begin);
      for (let k = begin; k < end; k++) {
        const w = KEPT * beside.list[k]!;
        for (let p = w; p < w + KEPT; p++) row[ids[p]!]! += shares[p]!;
      }
      strongest(row, nextIds, nextShares, KEPT * v);
    }
    [ids, shares] = [nextIds, nextShares];
  }
  return { ids, shares };
}

/** Puts the KEPT largest numbers of a row at a place, scaled to sum to 1. */
function strongest(row: Float32Array, ids: Uint8Array, shares: Float32Array, at: number): void {
  for (let site = 0; site < row.length; site++) {
    let [share, id] = [row[site]!, site];
    for (let p = at; p < at + KEPT && share > 0; p++) {
      if (share <= shares[p]!) continue;
      [share, shares[p], id, ids[p]] = [shares[p]!, share, ids[p]!, id];
    }
  }
  let total = 0;
  for (let p = at; p < at + KEPT; p++) total += shares[p]!;
  for (let p = at; p < at + KEPT; p++) shares[p]! /= total || 1;
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
