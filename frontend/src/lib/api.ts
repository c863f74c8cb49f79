/** The server's answers, and the calls. Addresses are relative: the page may stand under any path. */

export interface Ranked { lesion: string; label: string; side: string | null; probability: number; interval: [number, number] | null }
export interface Pair { parts: { lesion: string; side: string | null }[]; probability: number }
export interface Because { finding: string; path: string | null; side: string | null; weight: number; for: string; against: string; sources: string[] }
export interface Misfit { finding: string; side: string | null; expected: number }
export interface Flag { id: string; urgency: 'emergency' | 'same_day' | 'urgent' | 'routine'; text: string; because: string[]; sources: string[] }
export interface Ask { finding: string; why: string; how: string }
export interface Unused { path: string; text: string; why: string }
export interface Answer {
  model_version: string; knowledge_version: string; prior: string;
  scope: { id: string; text: string }[];
  ranking: Ranked[]; pairs: Pair[]; rest: number;
  families: { family: string; probability: number }[];
  roots: Record<string, Record<string, number>>;
  discs: { level: string; zone: string; probability: number }[];
  causes: { cause: string; probability: number }[];
  fit: { explained: boolean; surprise: number; misfits: Misfit[] } | null;
  because: Because[]; must_ask: Ask[]; cannot_separate: string | null;
  red_flags: Flag[]; red_flags_not_asked: string[]; unused: Unused[]; limits: string;
}
export interface Change { result: string; chance: number; lesion: string; side: string | null; probability: number }
export interface Next {
  id: string; test: string; side: string | null; kind: string; bits: number; cost_minutes: number;
  how: string; why: string; note: string; changes: Change[];
  enter: { result: string; part: string; entry: unknown }[];
}
export interface WouldChange { path: string; finding: string; side: string | null; was: string; instead: string | null; lesion: string; lesion_side: string | null; probability: number }
export interface More {
  intervals: { lesion: string; side: string | null; interval: [number, number] }[];
  next_tests: Next[];
  would_change: WouldChange | null;
}

export interface Named { id: string; name: string; names: string[] }
export interface Movement extends Named { how: string; usual_screen: boolean; in_limb: boolean }
export interface Site extends Named { region: string; view: string; midline: boolean }
export interface SiteGroup extends Named { kind: string; sites: Record<string, number> }
export interface Reflex extends Named { kind: string; how: string; midline: boolean }
export interface Test extends Named { kind: string; how: string; sided: boolean; measure: string | null }
export interface Sphincter extends Named { part: string; word: string; abnormal: boolean }
export interface Study extends Named { kind: string; how: string; results: string[]; levelled: string[]; measure: { unit: string; positive: 'above' | 'below'; bound: number } | null }
export interface Lesion extends Named { action: string; family: string; sides: string[] }
export interface Source { cite: string; year: number | null; doi: string | null; pmid: string | null }
export interface Vocabulary {
  knowledge_version: string; model_version: string;
  movements: Movement[]; sites: Site[]; site_groups: SiteGroup[]; reflexes: Reflex[]; tests: Test[];
  sphincter: Sphincter[]; history: Named[]; investigations: Study[]; muscles: Named[]; pain_regions: Named[]; lesions: Lesion[]; nerves: Named[]; skin_branches: Named[]; roots: Named[];
  sources: Record<string, Source>;
}

export interface Fault { path: string; word: string; message: string; nearest: string[] }

export class ApiError extends Error {
  constructor(readonly code: string, message: string, readonly faults: Fault[]) {
    super(message);
  }
}

async function answer<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const told = (body as { error?: { code: string; message: string; faults?: Fault[] } } | null)?.error;
  throw new ApiError(told?.code ?? 'unreachable', told?.message ?? `The server answered ${response.status}.`, told?.faults ?? []);
}

export async function get<T>(path: string): Promise<T> {
  return answer<T>(await fetch(`api/${path}`));
}

export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return answer<T>(await fetch(`api/${path}`, signal ? { ...init, signal } : init));
}

export async function text(path: string): Promise<string> {
  const response = await fetch(`api/${path}`);
  if (!response.ok) await answer<never>(response);
  return response.text();
}
