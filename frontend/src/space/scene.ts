/** The body in a canvas: camera, light, both halves, and what lies under a point of the picture. Draws only when something changed. */

import { BufferAttribute, BufferGeometry, DoubleSide, Group, Mesh, MeshBasicMaterial, PerspectiveCamera, Ray, Raycaster, Scene as World, Vector2, Vector3, WebGLRenderer } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { MeshBVH } from 'three-mesh-bvh';
import type { Side } from '../lib/model';
import type { Tint } from '../lib/plates';
import { Cloth, Half } from './half';
import { arrange } from './label';
import { woven, type Density, type Layer, type Zones } from './layer';
import { LOOKS } from './shading';
import { discard, sideNames, signs } from './signs';
import type { Skin } from './skin';
import type { Hit } from './stroke';
import { VIEWS, type ViewName } from './views';

const FIELD = 26;
const TURN_TIME = 380;
const NEAREST = 16;
const FURTHEST = 420;
const CUT = { light: '#d9cfc7', dark: '#6f665f' };
const RADIANS = Math.PI / 180;

export class Scene {
  readonly controls: OrbitControls;
  private readonly renderer: WebGLRenderer;
  private readonly camera = new PerspectiveCamera(FIELD, 1, 1, 1000);
  private readonly world = new World();
  private readonly halves: Record<Side, Half>;
  private readonly tree: MeshBVH;
  private readonly cap: Mesh;
  private readonly ray = new Raycaster();
  private groups: Group[] = [];
  private names: Group | undefined;
  private pending = 0;
  private moving = 0;

  /** `turned` is told of every change of the camera. */
  constructor(private readonly canvas: HTMLCanvasElement, context: WebGL2RenderingContext, private readonly skin: Skin, private readonly turned: () => void) {
    this.renderer = new WebGLRenderer({ canvas, context, alpha: true });
    this.renderer.setClearAlpha(0);
    this.halves = { left: new Half('left', skin), right: new Half('right', skin) };
    const plain = new BufferGeometry();
    plain.setAttribute('position', new BufferAttribute(skin.positions, 3));
    plain.setIndex(new BufferAttribute(skin.faces, 1));
    this.tree = new MeshBVH(plain, { indirect: true });
    this.cap = lid(skin);
    this.world.add(this.halves.left.mesh, this.halves.right.mesh, this.cap);
    canvas.addEventListener('webglcontextrestored', this.redraw);
    this.controls = new OrbitControls(this.camera, canvas);
    Object.assign(this.controls, { minDistance: NEAREST, maxDistance: FURTHEST, zoomToCursor: true, rotateSpeed: 0.8, screenSpacePanning: true });
    this.controls.addEventListener('change', () => {
      this.controls.target.clamp(new Vector3(-25, -2, -20), new Vector3(25, 110, 22));
      this.draw();
      this.turned();
    });
  }

  /** A browser may take the drawing away and give it back. */
  private readonly redraw = (): void => this.draw();

  get turn(): number {
    return this.controls.getAzimuthalAngle() / RADIANS;
  }

  get tilt(): number {
    return 90 - this.controls.getPolarAngle() / RADIANS;
  }

  /** Takes the canvas's size as the page laid it out; keeps what is shown in the frame. */
  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !height) return;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.draw();
  }

  draw(): void {
    this.pending ||= requestAnimationFrame(() => {
      this.pending = 0;
      this.camera.updateMatrixWorld();
      arrange([...(this.names ? [this.names] : []), ...this.groups], this.camera, this.canvas.clientHeight || 1, (place) => this.hidden(place));
      this.renderer.render(this.world, this.camera);
    });
  }

  private hidden(place: Vector3): boolean {
    const toward = this.camera.position.clone().sub(place);
    const far = toward.length();
    return (['left', 'right'] as const).some((side) => (this.cast(side, place, toward.clone().normalize())?.distance ?? Infinity) < far);
  }

  /** The first skin of a side that a ray meets, in the coordinates of the left half. */
  private cast(side: Side, origin: Vector3, direction: Vector3): ReturnType<MeshBVH['raycastFirst']> {
    const mirror = new Vector3(side === 'left' ? 1 : -1, 1, 1);
    return this.tree.raycastFirst(new Ray(origin.clone().multiply(mirror), direction.clone().multiply(mirror)), DoubleSide);
  }

  private place(turn: number, tilt: number, target: readonly number[], distance: number): void {
    const [a, b] = [turn * RADIANS, Math.max(-89, Math.min(89, tilt)) * RADIANS];
    this.controls.target.fromArray(target);
    this.camera.position.set(Math.sin(a) * Math.cos(b), Math.sin(b), Math.cos(a) * Math.cos(b)).multiplyScalar(distance).add(this.controls.target);
    this.controls.update();
    this.draw();
  }

  private distanceFor(height: number, width: number): number {
    return Math.max(height, width / this.camera.aspect) / (2 * Math.tan((FIELD / 2) * RADIANS));
  }

  /** Goes to a named view, in one step or as a short turn. */
  look(name: ViewName, still: boolean): void {
    const to = VIEWS[name];
    const goal = this.distanceFor(to.height, to.width);
    cancelAnimationFrame(this.moving);
    if (still) return this.place(to.turn, to.tilt, to.target, goal);
    const from = { turn: this.turn, tilt: this.tilt, target: this.controls.target.toArray(), distance: this.controls.getDistance() };
    const round = ((((to.turn - from.turn) % 360) + 540) % 360) - 180;
    const began = performance.now();
    const step = (): void => {
      const t = Math.min(1, (performance.now() - began) / TURN_TIME);
      const s = t * t * (3 - 2 * t);
      const between = (a: number, b: number): number => a + (b - a) * s;
      this.place(from.turn + round * s, between(from.tilt, to.tilt), from.target.map((x, i) => between(x, to.target[i]!)), between(from.distance, goal));
      if (t < 1) this.moving = requestAnimationFrame(step);
    };
    step();
  }

  turnBy(turn: number, tilt: number): void {
    this.place(this.turn + turn, this.tilt + tilt, this.controls.target.toArray(), this.controls.getDistance());
  }

  /** Moves the picture by shares of its height. */
  moveBy(right: number, up: number): void {
    const size = this.controls.getDistance() * 2 * Math.tan((FIELD / 2) * RADIANS);
    const along = new Vector3(right * size, up * size, 0).applyQuaternion(this.camera.quaternion);
    this.place(this.turn, this.tilt, this.controls.target.clone().add(along).toArray(), this.controls.getDistance());
  }

  zoomBy(factor: number): void {
    this.place(this.turn, this.tilt, this.controls.target.toArray(), Math.max(NEAREST, Math.min(FURTHEST, this.controls.getDistance() / factor)));
  }

  /** The skin under a place of the picture (-1 to 1 to the right and up), in the coordinates of the patient's own left half or its mirror. */
  pick(x: number, y: number): Hit | undefined {
    this.camera.updateMatrixWorld();
    this.ray.setFromCamera(new Vector2(x, y), this.camera);
    let best: { hit: Hit; distance: number } | undefined;
    for (const side of ['left', 'right'] as const) {
      const found = this.cast(side, this.ray.ray.origin, this.ray.ray.direction);
      if (!found?.face || (best && found.distance >= best.distance)) continue;
      const { a, b, c, normal } = found.face;
      const point = found.point.toArray();
      const far = (v: number): number => Math.hypot(...point.map((p, i) => p - this.skin.positions[3 * v + i]!));
      const vertex = [a, b, c].sort((v, w) => far(v) - far(w))[0]!;
      best = { hit: { side, vertex, point, normal: normal.toArray() }, distance: found.distance };
    }
    return best?.hit;
  }

  /** Draws the border of the site at a number of the skin's list on one side, or of none. */
  point(site: number, side: Side): void {
    for (const half of Object.values(this.halves)) half.material.point(half.side === side ? site : -1);
    this.draw();
  }

  show(layers: Layer[]): void {
    const ground = layers.find((l): l is Zones | Density => l.kind === 'zones' || l.kind === 'density');
    const found = woven(this.skin, ground);
    const left = new Cloth(found.left);
    this.halves.left.show(ground, left);
    this.halves.right.show(ground, found.right === found.left ? left : new Cloth(found.right));
    this.groups.forEach(discard);
    this.groups = layers.flatMap((l) => (l.kind === 'density' ? [] : [signs(this.skin, l)]));
    for (const group of this.groups) this.world.add(group);
    this.draw();
  }

  tint(found: Map<string, Tint>): void {
    for (const half of Object.values(this.halves)) half.tint(found);
    this.draw();
  }

  wear(dark: boolean): void {
    for (const half of Object.values(this.halves)) half.material.wear(LOOKS[dark ? 'dark' : 'light']);
    (this.cap.material as MeshBasicMaterial).color.setStyle(CUT[dark ? 'dark' : 'light']);
    if (this.names) discard(this.names);
    this.names = sideNames(dark);
    this.world.add(this.names);
    this.draw();
  }

  /** Shows vertices as covered by a brush of a colour. */
  mark(added: Record<Side, number[]>, colour: readonly [number, number, number]): void {
    for (const half of Object.values(this.halves)) {
      half.material.paintWith(colour);
      half.mark(added[half.side]);
    }
    this.draw();
  }

  unmark(): void {
    for (const half of Object.values(this.halves)) half.unmark();
    this.draw();
  }

  dispose(): void {
    cancelAnimationFrame(this.pending);
    cancelAnimationFrame(this.moving);
    this.canvas.removeEventListener('webglcontextrestored', this.redraw);
    this.controls.dispose();
    for (const half of Object.values(this.halves)) half.dispose();
    for (const group of [...this.groups, ...(this.names ? [this.names] : [])]) discard(group);
    this.cap.geometry.dispose();
    (this.cap.material as MeshBasicMaterial).dispose();
    this.renderer.dispose();
  }
}

/** The flat cut above the hips. */
function lid(skin: Skin): Mesh {
  const p = skin.positions;
  let top = 0;
  for (let i = 1; i < p.length; i += 3) top = Math.max(top, p[i]!);
  const rim: [number, number][] = [];
  for (let i = 0; i < p.length; i += 3) if (p[i + 1]! > top - 0.05) rim.push([p[i]!, p[i + 2]!], [-p[i]!, p[i + 2]!]);
  const middle = rim.reduce((sum, [, z]) => sum + z, 0) / rim.length;
  rim.sort((a, b) => Math.atan2(a[1] - middle, a[0]) - Math.atan2(b[1] - middle, b[0]));
  const corners = rim.flatMap(([x, z], k) => {
    const [nx, nz] = rim[(k + 1) % rim.length]!;
    return [0, top, middle, x, top, z, nx, top, nz];
  });
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(corners), 3));
  return new Mesh(geometry, new MeshBasicMaterial({ side: DoubleSide }));
}

