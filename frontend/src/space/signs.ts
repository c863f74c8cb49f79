/** What stands on the skin beside its colours: labels of zones, key points, axial lines, the names of the sides. */

import { CatmullRomCurve3, Group, Mesh, MeshBasicMaterial, SphereGeometry, Sprite, TubeGeometry, Vector3 } from 'three';
import type { Side } from '../lib/model';
import { inland } from './field';
import { label } from './label';
import { owners, type Lines, type Points, type Zones } from './layer';
import type { Skin } from './skin';

const LABELS_OF_A_ZONE = 5;
const LEAST_ROOM = 3;
const APART = 17;

const mirrored = (p: Vector3, side: Side): Vector3 => (side === 'left' ? p : new Vector3(-p.x, p.y, p.z));
const vector = (of: Float32Array, v: number): Vector3 => new Vector3(of[3 * v], of[3 * v + 1], of[3 * v + 2]);

/** The places of a zone that lie furthest from its border, well apart or facing different ways. */
export function spots(skin: Skin, owner: Int16Array, far: Uint16Array, zone: number): number[] {
  const order = Array.from(owner.keys()).filter((v) => owner[v] === zone && far[v]! >= LEAST_ROOM && far[v]! < 65535);
  order.sort((a, b) => far[b]! - far[a]!);
  const chosen: number[] = [];
  for (const v of order) {
    const p = vector(skin.positions, v);
    const out = vector(skin.normals, v);
    if (chosen.some((w) => vector(skin.positions, w).distanceTo(p) < APART && vector(skin.normals, w).dot(out) > -0.3)) continue;
    chosen.push(v);
    if (chosen.length === LABELS_OF_A_ZONE) break;
  }
  return chosen;
}

/** The direction of the skin nearest to a place (to the side, forward, up). */
function normalNear(skin: Skin, [x, z, y]: [number, number, number]): Vector3 {
  let [best, near] = [0, Infinity];
  for (let v = 0, i = 0; i < skin.positions.length; v++, i += 3) {
    const gap = (skin.positions[i]! - x) ** 2 + (skin.positions[i + 1]! - y) ** 2 + (skin.positions[i + 2]! - z) ** 2;
    if (gap < near) [best, near] = [v, gap];
  }
  return vector(skin.normals, best);
}

function zoneLabels(skin: Skin, layer: Zones): Sprite[] {
  const owner = owners(skin, layer);
  const far = inland(skin.beside, owner);
  const words = layer.zones.map((z, k) => (z.key.length <= 3 ? z.key : String(k + 1)));
  return layer.zones.flatMap((_, k) =>
    spots(skin, owner, far, k).flatMap((v) => {
      const [at, out] = [vector(skin.positions, v), vector(skin.normals, v)];
      return (['left', 'right'] as const).map((side) => label(words[k] ?? '', mirrored(at, side), mirrored(out, side)));
    }),
  );
}

function points(skin: Skin, layer: Points): (Mesh | Sprite)[] {
  const ball = new SphereGeometry(0.6, 16, 12);
  const paint = new MeshBasicMaterial({ color: layer.colour });
  return layer.points.flatMap((p) =>
    p.sides.flatMap((side) => {
      const at = mirrored(new Vector3(p.place[0], p.place[2], p.place[1]), side);
      const mesh = new Mesh(ball, paint);
      mesh.position.copy(at);
      return [mesh, label(p.text, at.clone().add(new Vector3(0, 1.6, 0)), mirrored(normalNear(skin, p.place), side))];
    }),
  );
}

/** Dashes of three steps with one left out between them. */
function lines(layer: Lines): Mesh[] {
  const paint = new MeshBasicMaterial({ color: layer.colour });
  return layer.sides.flatMap((side) =>
    layer.lines.flatMap((line) => {
      const dashes: Mesh[] = [];
      for (let k = 0; k + 1 < line.length; k += 4) {
        const run = line.slice(k, k + 4).map(([x, y, z]) => mirrored(new Vector3(x, z, y), side));
        if (run.length > 1) dashes.push(new Mesh(new TubeGeometry(new CatmullRomCurve3(run), 8, 0.2, 6), paint));
      }
      return dashes;
    }),
  );
}

/** Everything that a layer puts on the skin besides colour. */
export function signs(skin: Skin, layer: Zones | Points | Lines): Group {
  const group = new Group();
  const found = layer.kind === 'zones' ? zoneLabels(skin, layer) : layer.kind === 'points' ? points(skin, layer) : lines(layer);
  for (const one of found) group.add(one);
  return group;
}

/** The names of the sides above the hips and under the feet. */
export function sideNames(dark: boolean): Group {
  const group = new Group();
  const look = dark ? { ink: '#eef1f4', paper: '#182127' } : { ink: '#51606b', paper: '#ffffff' };
  for (const [words, x] of [['left', 1], ['right', -1]] as const) {
    for (const y of [110.5, -3]) group.add(label(words, new Vector3(11 * x, y, 0), undefined, look));
  }
  return group;
}

export function discard(group: Group): void {
  group.removeFromParent();
  group.traverse((one) => {
    if (one instanceof Sprite) {
      one.material.map?.dispose();
      one.material.dispose();
    } else if (one instanceof Mesh) {
      one.geometry.dispose();
      (one.material as MeshBasicMaterial).dispose();
    }
  });
}
