/** The skin's material: soft light as on the flat plates, a layer under it, what was found upon it, and the brush's trail. */

import { Color, DataTexture, GLSL3, NearestFilter, RGBAFormat, ShaderMaterial, UnsignedByteType, Vector3 } from 'three';
import type { Tint } from '../lib/plates';
import { MOST_ZONES, type Density, type Zones } from './layer';

const SITES = 128;
const MOST_LEVELS = 8;

const VERTEX = `
in vec4 siteId; in vec4 siteShare; in vec4 layerId; in vec4 layerShare; in vec2 slope; in float trail;
flat out vec4 vSiteId; out vec4 vSiteShare; flat out vec4 vLayerId; out vec4 vLayerShare; out vec2 vSlope; out float vTrail; out vec3 vNormal; out vec3 vEye;
void main() {
  vSiteId = siteId; vSiteShare = siteShare; vLayerId = layerId; vLayerShare = layerShare; vTrail = trail; vSlope = slope;
  vNormal = normalMatrix * normal;
  vec4 eye = modelViewMatrix * vec4(position, 1.0);
  vEye = -eye.xyz;
  gl_Position = projectionMatrix * eye;
}`;

// Which of the four quantities is the strongest at this very point, by how much, and which one comes next: borders are as sharp as the
// screen, not as the triangles.
const FRAGMENT = `
precision highp float;
flat in vec4 vSiteId; in vec4 vSiteShare; flat in vec4 vLayerId; in vec4 vLayerShare; in vec2 vSlope; in float vTrail; in vec3 vNormal; in vec3 vEye;
uniform sampler2D tints; uniform vec3 skin; uniform vec3 shade; uniform vec3 line; uniform vec3 brush; uniform float hover; uniform bool marked;
uniform int kind; uniform float least; uniform vec3 palette[${MOST_ZONES}]; uniform float levels[${MOST_LEVELS}]; uniform int levelled; uniform float opacity;
out vec4 drawn;
struct Top { float first; float second; float most; float next; };
void offer(inout Top t, float id, float share) {
  if (share > t.most) { t.second = t.first; t.next = t.most; t.first = id; t.most = share; }
  else if (share > t.next) { t.second = id; t.next = share; }
}
Top top(vec4 id, vec4 share) {
  Top t = Top(255.0, 255.0, 0.0, 0.0);
  offer(t, id.x, share.x); offer(t, id.y, share.y); offer(t, id.z, share.z); offer(t, id.w, share.w);
  return t;
}
vec4 tint(float id) { return id > ${SITES - 1}.0 ? vec4(0.0) : texelFetch(tints, ivec2(int(id + 0.5), 0), 0); }
// A gap between two quantities as pixels from the border between them.
float pixels(float gap, float slope) { return gap / max(slope * min(length(dFdx(vEye)), length(dFdy(vEye))), 1e-5); }
vec3 zoned(vec3 ground) {
  Top t = top(vLayerId, vLayerShare);
  float inside = pixels(t.most - max(t.next, least), vSlope.y);
  if (t.most <= least || t.first > ${MOST_ZONES - 1}.0) return ground;
  vec3 found = mix(ground, palette[int(t.first + 0.5)], opacity);
  return mix(found, line, 0.45 * (1.0 - smoothstep(0.4, 1.4, inside)));
}
vec3 banded(vec3 ground) {
  float coats = 0.0, here = vLayerShare.x, soft = max(vSlope.y * min(length(dFdx(vEye)), length(dFdy(vEye))), 1e-4);
  for (int k = 0; k < ${MOST_LEVELS}; k++) if (k < levelled) coats += smoothstep(levels[k] - soft, levels[k] + soft, here);
  return mix(ground, palette[0], 1.0 - pow(1.0 - opacity, coats / float(levelled)));
}
vec3 found(vec3 paint) {
  Top site = top(vSiteId, vSiteShare);
  float inside = pixels(site.most - site.next, vSlope.x);
  vec4 here = tint(site.first), beside = tint(site.second);
  float side = smoothstep(-1.0, 1.0, inside);
  vec4 mark = vec4(mix(beside.rgb * beside.a, here.rgb * here.a, side), mix(beside.a, here.a, side));
  paint = paint * (1.0 - mark.a) + mark.rgb;
  if (here != beside) paint = mix(paint, line, 0.5 * (1.0 - smoothstep(0.5, 1.6, inside)));
  bool pointed = hover >= 0.0 && (site.first == hover || site.second == hover);
  return pointed ? mix(paint, line, 0.75 * (1.0 - smoothstep(0.8, 2.0, inside))) : paint;
}
void main() {
  vec3 paint = kind == 1 ? zoned(skin) : kind == 2 ? banded(skin) : skin;
  if (marked || hover >= 0.0) paint = found(paint);
  paint = mix(paint, brush, 0.75 * smoothstep(0.35, 0.6, vTrail));
  vec3 n = normalize(vNormal), eye = normalize(vEye);
  float lit = 0.5 + 0.5 * dot(n, normalize(vec3(-0.45, 0.55, 0.75)));
  float rim = 1.0 - max(dot(n, eye), 0.0);
  float depth = clamp(0.62 * pow(1.0 - lit, 1.1) + 0.42 * pow(rim, 3.0), 0.0, 0.8);
  drawn = vec4(mix(paint, shade, depth), 1.0);
  drawn.rgb += 0.05 * pow(max(lit, 0.0), 10.0);
}`;

/** A colour as it is written, for a shader that mixes colours as the flat plates do. */
export function rgb(hex: string): Vector3 {
  const c = new Color().setStyle(hex, '');
  return new Vector3(c.r, c.g, c.b);
}

export interface Look { skin: string; shade: string; line: string }
export const LOOKS: Record<'light' | 'dark', Look> = {
  light: { skin: '#f8ebdf', shade: '#83543f', line: '#4a352c' },
  dark: { skin: '#d9cdc3', shade: '#2c1c16', line: '#241813' },
};

export class SkinMaterial extends ShaderMaterial {
  private readonly texels = new Uint8Array(4 * SITES);
  private readonly texture = new DataTexture(this.texels, SITES, 1, RGBAFormat, UnsignedByteType);

  constructor() {
    super({ vertexShader: VERTEX, fragmentShader: FRAGMENT, glslVersion: GLSL3 });
    this.texture.minFilter = this.texture.magFilter = NearestFilter;
    this.uniforms = {
      tints: { value: this.texture }, skin: { value: rgb('#ffffff') }, shade: { value: rgb('#000000') }, line: { value: rgb('#000000') },
      brush: { value: new Vector3() }, hover: { value: -1 }, marked: { value: false }, kind: { value: 0 }, least: { value: 0 }, opacity: { value: 0.62 },
      palette: { value: Array.from({ length: MOST_ZONES }, () => new Vector3()) }, levels: { value: new Float32Array(MOST_LEVELS) }, levelled: { value: 0 },
    };
  }

  private set(name: string, value: unknown): void {
    this.uniforms[name]!.value = value;
  }

  wear(look: Look): void {
    for (const [name, hex] of Object.entries(look)) this.set(name, rgb(hex as string));
  }

  show(layer: Zones | Density | undefined): void {
    this.set('kind', layer ? (layer.kind === 'zones' ? 1 : 2) : 0);
    if (!layer) return;
    const paints = layer.kind === 'zones' ? layer.zones.map((z) => z.colour) : [layer.colour];
    paints.slice(0, MOST_ZONES).forEach((hex, k) => (this.uniforms.palette!.value as Vector3[])[k]!.copy(rgb(hex)));
    this.set('least', layer.kind === 'zones' ? layer.least : 0);
    this.set('opacity', layer.kind === 'zones' ? 0.62 : 0.8);
    if (layer.kind !== 'density') return;
    const levels = new Float32Array(MOST_LEVELS);
    levels.set(layer.levels.slice(0, MOST_LEVELS));
    this.set('levels', levels);
    this.set('levelled', Math.min(MOST_LEVELS, layer.levels.length));
  }

  tint(sites: string[], found: (site: string) => Tint | undefined): void {
    this.texels.fill(0);
    sites.forEach((site, k) => {
      const one = found(site);
      if (one && k < SITES) this.texels.set([...one.rgb, Math.round(255 * one.alpha)], 4 * k);
    });
    this.set('marked', this.texels.some((x) => x > 0));
    this.texture.needsUpdate = true;
  }

  /** The site whose border is drawn; -1 for none. */
  point(site: number): void {
    this.set('hover', site);
  }

  paintWith(colour: readonly [number, number, number]): void {
    this.set('brush', new Vector3(...colour.map((x) => x / 255)));
  }

  override dispose(): void {
    this.texture.dispose();
    super.dispose();
  }
}

