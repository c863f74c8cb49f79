/** One side of the body as three.js draws it. The right side is the left one mirrored. */

import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Mesh } from 'three';
import type { Side } from '../lib/model';
import type { Tint } from '../lib/plates';
import { PLANES } from './field';
import type { Density, Zones } from './layer';
import { SkinMaterial } from './shading';
import type { Skin } from './skin';
import type { Woven } from './weave';

/** What is woven, as the graphics card takes it; both sides may wear one cloth. */
export class Cloth {
  readonly index: BufferAttribute;
  readonly attributes: Record<string, BufferAttribute>;
  /** Where each vertex of the skin stands among those of the cloth. */
  readonly places = new Map<number, number[]>();

  constructor(woven: Woven) {
    this.index = new BufferAttribute(woven.index, 1);
    this.attributes = {
      position: new BufferAttribute(woven.positions, 3), normal: new BufferAttribute(woven.normals, 3), slope: new BufferAttribute(woven.slopes, 2),
      siteId: new BufferAttribute(woven.siteIds, PLANES), siteShare: new BufferAttribute(woven.siteShares, PLANES),
      layerId: new BufferAttribute(woven.layerIds, PLANES), layerShare: new BufferAttribute(woven.layerShares, PLANES),
    };
    woven.origin.forEach((v, i) => {
      const there = this.places.get(v);
      if (there) there.push(i);
      else this.places.set(v, [i]);
    });
  }
}

export class Half {
  readonly material = new SkinMaterial();
  readonly mesh = new Mesh(new BufferGeometry(), this.material);
  private cloth: Cloth | undefined;
  private trail: BufferAttribute | undefined;

  constructor(readonly side: Side, private readonly skin: Skin) {
    this.mesh.scale.x = side === 'left' ? 1 : -1;
    this.mesh.frustumCulled = false;
  }

  show(layer: Zones | Density | undefined, cloth: Cloth): void {
    const geometry = new BufferGeometry();
    geometry.setIndex(cloth.index);
    for (const [name, attribute] of Object.entries(cloth.attributes)) geometry.setAttribute(name, attribute);
    this.trail = new BufferAttribute(new Uint8Array(cloth.attributes.position!.count), 1, true);
    this.trail.setUsage(DynamicDrawUsage);
    geometry.setAttribute('trail', this.trail);
    this.mesh.geometry.dispose();
    this.mesh.geometry = geometry;
    this.cloth = cloth;
    this.material.show(layer);
  }

  tint(found: Map<string, Tint>): void {
    this.material.tint(this.skin.sites, (site) => found.get(`${site}|${this.side}`));
  }

  /** Marks vertices of the skin as painted over by the brush. */
  mark(vertices: number[]): void {
    if (!this.trail || !vertices.length) return;
    for (const v of vertices) for (const i of this.cloth?.places.get(v) ?? []) this.trail.array[i] = 255;
    this.trail.needsUpdate = true;
  }

  unmark(): void {
    if (!this.trail) return;
    (this.trail.array as Uint8Array).fill(0);
    this.trail.needsUpdate = true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.material.dispose();
  }
}
