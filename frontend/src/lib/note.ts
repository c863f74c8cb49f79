/** A note as it was read: its findings with their places in the text, and the text in pieces that a page can show. */

import { fromCaseFile, gradeOf, type Lookup } from './casefile';
import { MAPS, modalitiesOf, parts, type CaseSide, type CaseState, type MapName } from './model';
import { gradeWord, plain, sentence } from './words';

export interface NoteFinding { kind: string; path: string; span: [number, number]; text: string; entry: unknown; targets: string[] }
export interface Unread { span: [number, number]; text: string; why: string }
export interface Reading {
  case: Record<string, unknown>;
  findings: NoteFinding[];
  contradictions: NoteFinding[][];
  unused: Unread[];
}

/** What a finding of the note is by: its kind and what it says, so that a note read again keeps what was decided. */
export const keyOf = (f: NoteFinding): string => `${f.kind} ${JSON.stringify(f.entry)}`;

export const KINDS: Record<string, { letter: string; name: string; tab: string }> = {
  person: { letter: 'A', name: 'About the patient', tab: 'patient' },
  history: { letter: 'H', name: 'History', tab: 'history' },
  pain: { letter: 'L', name: 'Pain', tab: 'history' },
  power: { letter: 'P', name: 'Power', tab: 'power' },
  sensory: { letter: 'S', name: 'Sensation', tab: 'sensation' },
  reflexes: { letter: 'R', name: 'Reflexes', tab: 'reflexes' },
  tests: { letter: 'T', name: 'Tests and signs', tab: 'tests' },
  sphincter: { letter: 'B', name: 'Bladder, bowel, saddle', tab: 'sphincters' },
  investigations: { letter: 'I', name: 'Investigations', tab: 'studies' },
};

/** Age, sex and side, which the reader gives without a place, as findings of their own. */
export function aboutPatient(reading: Reading): NoteFinding[] {
  const found: NoteFinding[] = [];
  for (const part of ['age', 'sex', 'side']) {
    const value = reading.case[part];
    if (value !== undefined && value !== null) found.push({ kind: 'person', path: part, span: [0, 0], text: '', entry: { [part]: value }, targets: [] });
  }
  return found;
}

export interface Place { map: MapName; key: string; value: object }
/** Where a finding would stand in the case: cells of controls, and whatever no control shows. */
export interface Landing { places: Place[]; history: CaseState['history']; kept: CaseState['kept'] }

export function landing(f: NoteFinding, side: CaseSide, lookup: Lookup): Landing {
  if (f.kind === 'person') return { places: [], history: [], kept: [] };
  const only = f.targets.length === 1 ? f.targets[0] : undefined;
  const find: Lookup = (kind, name) => lookup(kind, name) ?? (only === undefined ? undefined : lookup(kind, only.replace(/:$/, '')));
  const file = f.kind === 'sphincter' ? { sphincter: f.entry } : { side: side || undefined, [f.kind]: [f.entry] };
  const made = fromCaseFile(file as Record<string, unknown>, find);
  const places = MAPS.flatMap((map) => Object.entries(made[map]).map(([k, value]) => ({ map, key: k, value: value as object })));
  return { places, history: made.history, kept: made.kept };
}

/** The cells that speak of the same thing as a place, entered by hand: the same cell, or for skin one that shares a site. */
export function byHand(c: CaseState, at: Landing, f: NoteFinding, whole: (id: string) => string[]): Place[] {
  const found: Place[] = [];
  for (const place of at.places) {
    const [, side, modality] = parts(place.key);
    const sites = new Set(place.map === 'sense' ? [...f.targets, ...parts(place.key)[0].split(', ').flatMap(whole)] : []);
    for (const [k, value] of Object.entries<{ note?: string }>(c[place.map])) {
      if (value.note !== undefined) continue;
      const [id, other, how] = parts(k);
      const shared = modalitiesOf(how).some((one) => modalitiesOf(modality).includes(one)) || !how || !modality;
      const same = k === place.key || (place.map === 'sense' && other === side && shared && id.split(', ').flatMap(whole).some((s) => sites.has(s)));
      if (same) found.push({ map: place.map, key: k, value });
    }
  }
  return found;
}

/** One stretch of the note: plain, unread, or the source of findings. */
export interface Piece { text: string; keys: string[]; kind: string; why: string; start: number }

/** Put a stretch at the end; blanks at its edges are plain. */
function put(out: Piece[], letters: string[], said: Omit<Piece, 'text' | 'start'>, start: number): void {
  const first = letters.findIndex((x) => x.trim());
  const last = letters.findLastIndex((x) => x.trim());
  const plain = { keys: [], kind: '', why: '' };
  const cut: [number, number, Omit<Piece, 'text' | 'start'>][] = first < 0 ? [[0, letters.length, plain]] : [[0, first, plain], [first, last + 1, said], [last + 1, letters.length, plain]];
  for (const [from, to, as] of cut) {
    const before = out.at(-1);
    const text = letters.slice(from, to).join('');
    if (!text) continue;
    if (before && before.keys.join() === as.keys.join() && before.why === as.why) before.text += text;
    else out.push({ text, ...as, start: start + from });
  }
}

/** The note cut wherever a finding or an unread stretch begins or ends. Places count characters, not UTF-16 units. */
export function pieces(text: string, reading: Reading): Piece[] {
  const letters = Array.from(text);
  const found = [...reading.findings, ...reading.contradictions.flat()].filter((f) => f.span[1] > f.span[0]);
  const cuts = new Set([0, letters.length]);
  for (const one of [...found, ...reading.unused]) for (const at of one.span) cuts.add(Math.min(at, letters.length));
  const edges = [...cuts].sort((a, b) => a - b);
  const out: Piece[] = [];
  for (let n = 0; n + 1 < edges.length; n++) {
    const [start, end] = [edges[n] ?? 0, edges[n + 1] ?? 0];
    const here = found.filter((f) => f.span[0] <= start && f.span[1] >= end);
    const unread = here.length ? undefined : reading.unused.find((u) => u.span[0] <= start && u.span[1] >= end);
    put(out, letters.slice(start, end), { keys: [...new Set(here.map(keyOf))], kind: here[0]?.kind ?? '', why: unread?.why ?? '' }, start);
  }
  return out;
}

type Name = (kind: string, id: string) => string;
/** A finding of the note in the words of the page's own controls where it has one, else in its own. */
export function tell(f: NoteFinding, at: Landing, name: Name): string {
  const e = (typeof f.entry === 'object' && f.entry !== null ? f.entry : { told: f.entry }) as Record<string, unknown>;
  if (f.kind === 'history') return sentence(String(e.told));
  if (f.kind === 'person') return Object.entries(e).map(([k, v]) => `${sentence(k)} ${v === 'F' ? 'female' : v === 'M' ? 'male' : String(v)}`).join(', ');
  if (f.kind === 'sphincter') return Object.entries(e).map(([k, v]) => (k === 'post_void_residual_ml' ? `Residual after voiding ${String(v)} ml` : `${sentence(plain(k))} ${String(v)}`)).join(', ');
  const kinds: Record<string, [string, string]> = { power: ['movement', 'movement'], sensory: ['site', 'site'], reflexes: ['reflex', 'reflex'], tests: ['test', 'test'], pain: ['pain', 'site'], investigations: ['', 'test'] };
  const [kind = '', field = ''] = kinds[f.kind] ?? [];
  const first = at.places[0];
  const what = first ? name(kind, parts(first.key)[0]) : sentence(String(e[field] ?? ''));
  const grade = e.grade === undefined ? '' : gradeWord(gradeOf(e.grade) ?? String(e.grade));
  const value = grade || String(e.finding ?? e.result ?? e.severity ?? '');
  const more = [e.side === 'bilateral' ? 'both sides' : e.side, e.modality ? [e.modality].flat().join(' and ') : '', e.muscle, e.angle === undefined ? '' : `${String(e.angle)}°`, e.past ? 'old' : ''];
  return [`${what}${value ? ` ${value}` : ''}`, ...more.filter(Boolean).map(String)].join(', ');
}

/** Put a landing into a case, marked as taken from the note; a cell that a hand filled stays as it is. */
export function enter(c: CaseState, f: NoteFinding, at: Landing, whole: (id: string) => string[]): void {
  const note = keyOf(f);
  if (f.kind === 'person') {
    for (const [k, v] of Object.entries(f.entry as Record<string, unknown>)) if (k in c && !(c as unknown as Record<string, unknown>)[k]) (c as unknown as Record<string, string>)[k] = String(v);
    return;
  }
  if (byHand(c, at, f, whole).length) return;
  for (const place of at.places) (c[place.map] as Record<string, object>)[place.key] ??= { ...place.value, note };
  for (const told of at.history) if (!c.history.some((h) => h.text === told.text)) c.history.push({ ...told, note });
  for (const kept of at.kept) if (kept.section !== 'text') c.kept.push({ ...kept, note });
}

/** Take everything out again that came from one finding of the note. */
export function withdraw(c: CaseState, note: string): void {
  for (const map of MAPS) for (const [k, one] of Object.entries<{ note?: string }>(c[map])) if (one.note === note) delete c[map][k];
  c.history = c.history.filter((h) => h.note !== note);
  c.kept = c.kept.filter((k) => k.note !== note);
}

/** What was taken from a note becomes the case's own. */
export function own(c: CaseState): void {
  for (const one of [...MAPS.flatMap((m) => Object.values<{ note?: string }>(c[m])), ...c.history, ...c.kept]) delete one.note;
  c.marks = {};
}

export const stands = (c: CaseState, note: string): boolean =>
  MAPS.some((map) => Object.values<{ note?: string }>(c[map]).some((one) => one.note === note)) || c.history.some((h) => h.note === note) || c.kept.some((k) => k.note === note);
