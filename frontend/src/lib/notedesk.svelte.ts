/** The note on the page: read by this server, kept nowhere, each finding confirmed or struck by a person before it counts. */

import { ApiError, post } from './api';
import type { CaseSide } from './model';
import { aboutPatient, byHand, enter, keyOf, KINDS, landing, pieces, stands, tell, withdraw, own, type Landing, type NoteFinding, type Place, type Piece, type Reading } from './note';
import { store } from './store.svelte';
import { gradeWord } from './words';

/** open: waits for a person. counts: in the case. struck: said not to count. hand: an entry by hand stands instead. gone: taken out again. */
export type Status = 'open' | 'counts' | 'struck' | 'hand' | 'gone';
export interface Row { key: string; finding: NoteFinding; at: Landing; told: string; status: Status; hand: string; group: number }

class NoteDesk {
  private said = $state.raw<{ text: string; reading: Reading; patient: number } | null>(null);
  busy = $state(false);
  trouble = $state('');
  /** The finding that was chosen last, here or from its place in the case. */
  chosen = $state('');

  /** A note is of one patient: with another case it is gone. */
  private readonly here = $derived(this.said?.patient === store.patient ? this.said : null);
  readonly text = $derived(this.here?.text ?? '');
  readonly reading = $derived(this.here?.reading ?? null);
  readonly rows = $derived.by<Row[]>(() => (this.reading ? this.listed(this.reading) : []));
  readonly byKey = $derived(new Map(this.rows.map((r) => [r.key, r])));
  readonly pieces = $derived<Piece[]>(this.reading ? pieces(this.text, this.reading) : []);
  readonly open = $derived(this.rows.filter((r) => r.status === 'open' && r.group < 0));

  async read(text: string): Promise<void> {
    this.busy = true;
    this.trouble = '';
    try {
      const reading = await post<Reading>('read', { text });
      this.said = { text, reading, patient: store.patient };
      this.chosen = '';
      this.forget(reading);
      store.said = `Note read: ${this.rows.length} findings to confirm or strike`;
    } catch (error) {
      this.trouble = error instanceof ApiError ? error.message : 'The server does not answer. Is it still running?';
    }
    this.busy = false;
  }

  /** What came from an earlier reading and is no longer in the note is taken out of the case. */
  private forget(reading: Reading): void {
    const known = new Set([...reading.findings, ...reading.contradictions.flat(), ...aboutPatient(reading)].map(keyOf));
    const gone = Object.keys(store.case.marks).filter((k) => !known.has(k));
    if (!gone.length) return;
    store.edit('Note read again: what it no longer says was taken out', (c) => {
      for (const k of gone) {
        withdraw(c, k);
        delete c.marks[k];
      }
    });
  }

  /** Forget the note; what was confirmed stays, as if entered by hand. */
  remove(): void {
    store.edit('Note removed; what was confirmed stays', own);
    this.said = null;
  }

  private listed(reading: Reading): Row[] {
    const side = store.case.side || (String(reading.case.side ?? '') as CaseSide);
    const groups = new Map(reading.contradictions.flatMap((group, n) => group.map((f) => [f, n] as const)));
    const every = [...aboutPatient(reading), ...reading.findings, ...reading.contradictions.flat()];
    const seen = new Set<string>();
    return every.map((f) => this.row(f, side, groups.get(f) ?? -1)).filter((r) => !seen.has(r.key) && seen.add(r.key));
  }

  private row(f: NoteFinding, side: CaseSide, group: number): Row {
    const at = landing(f, side, (kind, name) => store.lexicon?.lookup(kind, name));
    const k = keyOf(f);
    const hand = this.hand(f, at);
    const mark = store.case.marks[k];
    const inCase = f.kind === 'person' ? mark === 'yes' && !hand && this.person(f) !== '' : stands(store.case, k);
    const status: Status = mark === 'no' ? 'struck' : inCase ? 'counts' : hand ? 'hand' : mark === 'yes' ? 'gone' : 'open';
    return { key: k, finding: f, at, told: tell(f, at, (kind, id) => store.name(kind, id)), status, hand, group };
  }

  private person(f: NoteFinding): string {
    const [part = ''] = Object.keys(f.entry as object);
    return String((store.case as unknown as Record<string, unknown>)[part] ?? '');
  }

  /** What a hand entered about the same thing, in words; empty where nothing was. */
  private hand(f: NoteFinding, at: Landing): string {
    if (f.kind === 'person') {
      const [value] = Object.values(f.entry as Record<string, unknown>);
      const mine = this.person(f);
      return mine && (mine !== String(value) || !store.case.marks[keyOf(f)]) ? mine : '';
    }
    const line = at.history.find((h) => store.case.history.some((x) => x.note === undefined && x.text === h.text));
    if (line) return store.case.history.find((x) => x.text === line.text)?.absent ? 'no' : 'yes';
    const volume = f.kind === 'sphincter' && at.kept.length ? store.case.kept.find((x) => x.section === 'sphincter' && x.note === undefined && same(x.entry, at.kept[0]?.entry)) : undefined;
    if (volume) return `${Object.values(volume.entry as object).join(' ')} ml`;
    return byHand(store.case, at, f, store.whole).map((p) => handWord(p)).filter((x, n, all) => all.indexOf(x) === n).join(', ');
  }

  /** Findings begin to count, save where a hand was first; of findings that exclude each other the others are struck. */
  confirm(rows: Row[]): void {
    if (!rows.length) return;
    store.edit(rows.length === 1 ? `Confirmed: ${rows[0]?.told ?? ''}` : `${rows.length} findings of the note confirmed`, (c) => {
      const side = rows.find((r) => r.finding.path === 'side');
      for (const r of side ? [side, ...rows] : rows) {
        c.marks[r.key] = 'yes';
        for (const other of this.rows.filter((o) => r.group >= 0 && o.group === r.group && o.key !== r.key)) {
          c.marks[other.key] = 'no';
          withdraw(c, other.key);
        }
        withdraw(c, r.key);
        enter(c, r.finding, r.at, store.whole);
      }
    });
  }

  /** Said not to count. */
  strike(r: Row): void {
    this.withdrawn(`Struck: ${r.told}`, r, 'no');
  }

  /** Neither confirmed nor struck any more. */
  reopen(r: Row): void {
    this.withdrawn(`To confirm again: ${r.told}`, r, undefined);
  }

  private withdrawn(what: string, r: Row, mark: 'no' | undefined): void {
    store.edit(what, (c) => {
      const own = r.finding.kind === 'person' && r.status === 'counts' ? Object.keys(r.finding.entry as object) : [];
      for (const part of own) (c as unknown as Record<string, string>)[part] = '';
      withdraw(c, r.key);
      if (mark) c.marks[r.key] = mark;
      else delete c.marks[r.key];
    });
  }

  /** Go to where a finding stands in the case, or would. */
  show(r: Row): void {
    this.chosen = r.key;
    const place = r.at.places[0];
    const tab = KINDS[r.finding.kind]?.tab ?? 'start';
    store.goTo(tab, place ? `${place.map}:${place.key}` : `note:${r.key}`);
  }

  /** Back from a place in the case to the words of the note. */
  source(note: string | undefined): Row | undefined {
    return note === undefined ? undefined : this.byKey.get(note);
  }
}

const same = (a: unknown, b: unknown): boolean => Object.keys((a ?? {}) as object).join() === Object.keys((b ?? {}) as object).join();

function handWord(p: Place): string {
  const value = p.value as { grade?: string; finding?: string };
  return value.grade === undefined ? (value.finding ?? '') : gradeWord(value.grade);
}

export const desk = new NoteDesk();
