/** One side of the body as three.js draws it. The right side is the left one mirrored. */

import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Mesh } from 'three';
import type { Tint } from '../lib/painting';
import type { Side } from '../lib/model';
import { PLANES, spread, type Corners } from './corners';
import type { Density, Zones } from './layer';
import { SkinMaterial } from './shading';
import type { Skin } from './skin';

/** Attributes that both sides share. */
export class Common {
  readonly position: BufferAttribute;
  readonly normal: BufferAttribute;
  readonly siteId: BufferAttribute;
  readonly siteShare: BufferAttribute;
  readonly siteSlope: BufferAttribute;
  readonly none: BufferAttribute;
  readonly flat: BufferAttribute;

  constructor(skin: Skin, sites: Corners) {
    this.position = new BufferAttribute(spread(skin.faces, skin.positions), 3);
    this.normal = new BufferAttribute(spread(skin.faces, skin.normals), 3);
    this.siteId = new BufferAttribute(sites.ids, PLANES);
    this.siteShare = new BufferAttribute(sites.shares, PLANES);
    this.siteSlope = new BufferAttribute(sites.slopes, 1);
    this.flat = new BufferAttribute(new Uint8Array(skin.faces.length), 1);
    this.none = new BufferAttribute(new Uint8Array(PLANES * skin.faces.length), PLANES);
  }
}

export class Half {
  readonly material = new SkinMaterial();
  readonly mesh: Mesh;
  private readonly trail: BufferAttribute;

  constructor(readonly side: Side, private readonly skin: Skin, private readonly common: Common) {
    const geometry = new BufferGeometry();
    this.trail = new BufferAttribute(new Uint8Array(skin.faces.length), 1, true);
    this.trail.setUsage(DynamicDrawUsage);
    for (const name of ['position', 'normal', 'siteId', 'siteShare', 'siteSlope'] as const) geometry.setAttribute(name, common[name]);
    geometry.setAttribute('trail', this.trail);
    geometry.setAttribute('layerId', common.none);
    geometry.setAttribute('layerShare', common.none);
    geometry.setAttribute('layerSlope', common.flat);
    this.mesh = new Mesh(geometry, this.material);
    this.mesh.scale.x = side === 'left' ? 1 : -1;
  }

  show(layer: Zones | Density | undefined, corners: Corners | undefined): void {
    this.mesh.geometry.setAttribute('layerId', corners ? new BufferAttribute(corners.ids, PLANES) : this.common.none);
    this.mesh.geometry.setAttribute('layerShare', corners ? new BufferAttribute(corners.shares, PLANES) : this.common.none);
    this.mesh.geometry.setAttribute('layerSlope', corners ? new BufferAttribute(corners.slopes, 1) : this.common.flat);
    this.material.show(layer);
  }

  tint(found: Map<string, Tint>): void {
    this.material.tint(this.skin.sites, (site) => found.get(`${site}|${this.side}`));
  }

  /** Marks corners as painted over by the brush. */
  mark(corners: Iterable<number>): void {
    for (const c of corners) this.trail.array[c] = 255;
    this.trail.needsUpdate = true;
  }

  unmark(): void {
    (this.trail.array as Uint8Array).fill(0);
    this.trail.needsUpdate = true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.material.dispose();
  }
}
