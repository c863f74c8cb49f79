import { expect, test } from 'vitest';
import { KEPT, mixed, NONE, rivals, share, slopes, smooth } from './field';
import { densityOf, owners, symmetrical, woven, type Zones } from './layer';
import { siteOf, unpack, type Skin } from './skin';
import { areaOf, Stroke, type Hit } from './stroke';
import { bearings } from './views';
import { weave } from './weave';

const SIZE = 6;

/** A flat sheet of SIZE x SIZE vertices a centimetre apart, 5 to 10 cm from the midline, facing forwards: site "low" below, "high" above. */
function sheet(): ArrayBuffer {
  const n = SIZE * SIZE;
  const header = new TextEncoder().encode(JSON.stringify({ sites: ['low', 'high'] }));
  const at = Array.from({ length: n }, (_, v) => [500 + 100 * (v % SIZE), 0, 100 * Math.floor(v / SIZE)] as const);
  const plane = (c: 0 | 1 | 2): number[] => at.map((p, v) => p[c] - (v ? at[v - 1]![c] : 0));
  const faces: number[] = [];
  for (let r = 0; r + 1 < SIZE; r++) for (let c = 0; c + 1 < SIZE; c++) {
    const v = r * SIZE + c;
    faces.push(v, v + 1, v + SIZE, v + 1, v + SIZE + 1, v + SIZE);
  }
  const steps = faces.map((v, k) => (v - (k ? faces[k - 1]! : 0)) & 0xffff);
  const site = (v: number): number => (v < n / 2 ? 0 : 1);
  const none = Array<number>(3 * n).fill(0);
  const bytes = [
    ...new TextEncoder().encode('LASEGUE2'),
    ...new Uint8Array(Uint32Array.from([header.length, n, faces.length / 3, 2, 100]).buffer),
    ...header,
    ...new Uint8Array(Int16Array.from([...plane(0), ...plane(1), ...plane(2)]).buffer),
    ...Array<number>(n).fill(0), 127, ...Array<number>(n - 1).fill(0), ...Array<number>(n).fill(0),
    ...at.map((_, v) => site(v)), ...none,
    ...Array<number>(n).fill(255), ...none,
    ...steps.map((s) => s & 255), ...steps.map((s) => s >> 8),
  ];
  return Uint8Array.from(bytes).buffer;
}

const skin: Skin = unpack(sheet());
const hit = (x: number, y: number): Hit => ({ side: 'left', vertex: 0, point: [x, y, 0], normal: [0, 0, 1] });

test('the surface is read as it was sent: centimetres, outward triangles, shares that sum to one', () => {
  expect([...skin.positions.slice(0, 6)]).toEqual([5, 0, 0, 6, 0, 0]);
  expect([...skin.positions.slice(-3)]).toEqual([10, 5, 0]);
  expect([...skin.normals.slice(0, 3)]).toEqual([0, 0, 1]);
  expect(skin.areas.reduce((a, b) => a + b, 0)).toBeCloseTo(25);
  for (let v = 0; v < SIZE * SIZE; v++) expect(skin.shares.slice(KEPT * v, KEPT * v + KEPT).reduce((a, b) => a + b, 0)).toBeCloseTo(1);
  expect([siteOf(skin, 0), siteOf(skin, SIZE * SIZE - 1)]).toEqual(['low', 'high']);
  expect(() => unpack(new ArrayBuffer(40))).toThrow('another version');
});

test('a triangle knows its rivals, and its vertices hold what the skin holds of them', () => {
  const found = rivals(skin, skin.faces);
  const both = (0 | (1 << 8) | (NONE << 16) | (NONE << 24)) >>> 0;
  const one = (id: number): number => (id | (NONE << 8) | (NONE << 16) | (NONE << 24)) >>> 0;
  expect([found[0], found.at(-1)]).toEqual([one(0), one(1)]);
  expect(new Set(found)).toEqual(new Set([one(0), one(1), both]));
  const made = weave(skin, undefined);
  expect(made.index.length).toBe(skin.faces.length);
  made.index.forEach((at, i) => expect(made.origin[at]).toBe(skin.faces[i]));
  expect(made.origin.length).toBeGreaterThan(SIZE * SIZE);
  expect(made.origin.length).toBeLessThan(skin.faces.length / 2);
  made.origin.forEach((v, at) => {
    for (let p = 0; p < 4; p++) {
      const id = made.siteIds[4 * at + p]!;
      expect(made.siteShares[4 * at + p]).toBe(id === NONE ? 0 : share(skin, v, id));
    }
  });
  for (let i = 0; i < made.index.length; i += 3) {
    const quads = [0, 1, 2].map((k) => made.siteIds.slice(4 * made.index[i + k]!, 4 * made.index[i + k]! + 4).join());
    expect(new Set(quads).size).toBe(1);
  }
});

test('slopes are those of the skin, in shares to the centimetre', () => {
  const found = slopes(skin, skin);
  expect(found[0]).toBeLessThan(found[2 * SIZE + 3]! / 1.5);
  expect(found[2 * SIZE + 3]).toBeGreaterThan(0.2);
});

test('evening out keeps what is even', () => {
  const ones = mixed(skin, Float32Array.from([1, 1, 1]), 1, 5);
  for (let v = 0; v < SIZE * SIZE; v++) expect([ones.ids[KEPT * v], ones.shares[KEPT * v]]).toEqual([0, expect.closeTo(1)]);
  for (const x of smooth(skin.beside, new Float32Array(SIZE * SIZE).fill(3), 1, 4)) expect(x).toBeCloseTo(3);
});

test('zones own the skin where they are strongest; sides that differ are laid one by one', () => {
  const both = (values: Record<string, number>): Record<'left' | 'right', Record<string, number>> => ({ left: values, right: values });
  const zone = (name: string, values: Record<string, number>): Zones['zones'][number] => ({ name, key: name, colour: '#000000', values: both(values) });
  const layer: Zones = { kind: 'zones', label: 'x', note: '', least: 0.05, zones: [zone('a', { low: 0.9, high: 0.2 }), zone('b', { low: 0.1, high: 0.8 })] };
  const owner = owners(skin, layer);
  expect([owner[0], owner[SIZE * SIZE - 1]]).toEqual([0, 1]);
  expect(symmetrical(layer)).toBe(true);
  const even = woven(skin, layer);
  expect(even.left).toBe(even.right);
  const one = densityOf('y', new Map([['low|left', 0.7], ['high|right', 0.4]]), '#123456');
  expect(one.values).toEqual({ left: { low: 0.7 }, right: { high: 0.4 } });
  const apart = woven(skin, one);
  expect(apart.left).not.toBe(apart.right);
});

test('a stroke means the sites that it covers, on the side where it runs', () => {
  expect([...areaOf(skin).keys()].sort()).toEqual(['high', 'low']);
  const dab = new Stroke(skin, 1.2);
  dab.stamp(hit(7, 1));
  expect(dab.sites()).toEqual([{ site: 'low', side: 'left' }]);
  const line = new Stroke(skin, 0.6);
  for (let y = 0; y <= 5; y += 0.5) line.stamp(hit(7, y));
  expect(line.sites().map((s) => s.site).sort()).toEqual(['high', 'low']);
  const behind = new Stroke(skin, 1.2);
  behind.stamp({ ...hit(7, 1), normal: [0, 0, -1] });
  expect(behind.sites()).toEqual([]);
  const right = new Stroke(skin, 1.2);
  right.stamp({ ...hit(7, 1), side: 'right' });
  expect(right.sites()).toEqual([{ site: 'low', side: 'right' }]);
});

test('the picture says which side is which from everywhere', () => {
  expect(bearings(0, 0)).toEqual({ left: 'patient’s right', right: 'patient’s left', facing: 'seen from the front' });
  expect(bearings(180, 0)).toMatchObject({ left: 'patient’s left', right: 'patient’s right' });
  expect(bearings(90, 0)).toEqual({ left: 'front', right: 'back', facing: 'seen from the patient’s left side' });
  expect(bearings(-90, 0)).toEqual({ left: 'back', right: 'front', facing: 'seen from the patient’s right side' });
  expect(bearings(0, -78).facing).toBe('seen from below');
});
