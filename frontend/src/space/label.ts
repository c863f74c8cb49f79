/** Words on the body: they always face the reader, and show only where the skin that they name is seen and no other word stands. */

import { CanvasTexture, PerspectiveCamera, Sprite, SpriteMaterial, SRGBColorSpace, Vector3, type Group } from 'three';

/** Height of a label with its rim, in the page's pixels. */
const HEIGHT = 20;
const FACING = 0.15;
const CANVAS = 64;

interface Words { shape: number; out: Vector3 | undefined }

/** A label at a place; `out` is the direction of the skin there, and a label without one shows unless it is crowded out. */
export function label(words: string, at: Vector3, out?: Vector3, look = { ink: '#101418', paper: '#ffffff' }): Sprite {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  const font = '700 44px system-ui, sans-serif';
  if (context) {
    context.font = font;
    canvas.width = Math.ceil(context.measureText(words).width) + 20;
    canvas.height = CANVAS;
    context.font = font;
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 9;
    context.strokeStyle = look.paper;
    context.fillStyle = look.ink;
    context.strokeText(words, 10, 33);
    context.fillText(words, 10, 33);
  }
  const map = new CanvasTexture(canvas);
  map.colorSpace = SRGBColorSpace;
  const sprite = new Sprite(new SpriteMaterial({ map, sizeAttenuation: false, transparent: true, depthTest: false }));
  sprite.position.copy(at);
  sprite.userData = { shape: canvas.width / canvas.height, out } satisfies Words;
  return sprite;
}

/** Shows the labels that have room in a picture of so many pixels' height. `hidden` says whether skin lies between a place and the camera. */
export function arrange(groups: Group[], camera: PerspectiveCamera, pixels: number, hidden: (place: Vector3) => boolean): void {
  const taken: { x: number; y: number; width: number }[] = [];
  const half = HEIGHT / pixels;
  // A label that does not shrink with distance is as high as its scale says at one unit from the camera.
  const scale = 2 * half * Math.tan((camera.fov * Math.PI) / 360);
  const toward = new Vector3();
  const ranked: { sprite: Sprite; facing: number }[] = [];
  for (const group of groups) {
    for (const sprite of group.children) {
      if (!(sprite instanceof Sprite)) continue;
      const { out } = sprite.userData as Words;
      const facing = out ? toward.copy(camera.position).sub(sprite.position).normalize().dot(out) : 1;
      sprite.visible = facing > FACING;
      if (sprite.visible) ranked.push({ sprite, facing });
    }
  }
  for (const { sprite } of ranked.sort((a, b) => b.facing - a.facing)) {
    const { shape, out } = sprite.userData as Words;
    sprite.scale.set(scale * shape, scale, 1);
    const p = sprite.position.clone().project(camera);
    const width = (half * shape) / camera.aspect;
    const clash = taken.some((t) => Math.abs(t.x - p.x) < width + t.width && Math.abs(t.y - p.y) < 1.7 * half);
    sprite.visible = !clash && Math.abs(p.x) < 1 && Math.abs(p.y) < 1 && !hidden(out ? sprite.position.clone().addScaledVector(out, 0.4) : sprite.position);
    if (sprite.visible) taken.push({ x: p.x, y: p.y, width });
  }
}
