/** The case in the address: sites and grades, no strokes and no words of a note. Deflated JSON in base64url, behind `#c=`. */

import { emptyCase, type CaseState } from './model';
import { own } from './note';

const MARK = '#c=';

async function squeeze(bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(through);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export function slim(c: CaseState): Partial<CaseState> {
  const bare = JSON.parse(JSON.stringify({ ...c, kept: c.kept.filter((k) => k.section !== 'text') })) as CaseState;
  own(bare);
  const kept = Object.entries(bare).filter(([, v]) => v !== '' && !(typeof v === 'object' && Object.keys(v as object).length === 0));
  return Object.fromEntries(kept) as Partial<CaseState>;
}

export async function encode(c: CaseState): Promise<string> {
  const packed = await squeeze(new TextEncoder().encode(JSON.stringify(slim(c))), new CompressionStream('deflate-raw'));
  let binary = '';
  for (const byte of packed) binary += String.fromCharCode(byte);
  return MARK + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export async function decode(fragment: string): Promise<CaseState | undefined> {
  if (!fragment.startsWith(MARK)) return undefined;
  try {
    const binary = atob(fragment.slice(MARK.length).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (x) => x.charCodeAt(0));
    const data: unknown = JSON.parse(new TextDecoder().decode(await squeeze(bytes, new DecompressionStream('deflate-raw'))));
    return shaped(data);
  } catch {
    return undefined;
  }
}

/** Only keys of a case, each of the right shape: an address can hold anything. */
function shaped(data: unknown): CaseState | undefined {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  const base = emptyCase() as unknown as Record<string, unknown>;
  for (const [k, v] of Object.entries(data)) {
    if (!(k in base)) continue;
    const [was, is] = [base[k], v as unknown];
    if (typeof was === typeof is && Array.isArray(was) === Array.isArray(is) && is !== null) base[k] = is;
  }
  return base as unknown as CaseState;
}
