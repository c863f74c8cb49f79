/** The one case of the page, its answer, and undo. Every change goes through `edit`, so every change can be undone. */

import { tick } from 'svelte';
import { ApiError, get, post, type Answer, type Fault, type More, type Vocabulary } from './api';
import { fromCaseFile, gradeOf, toCaseFile } from './casefile';
import { emptyCase, enoughToRank, key, MAPS, SIDES, type CaseState, type Finding, type Kept, type MapName, type Side } from './model';
import { Lexicon } from './vocabulary';
import { gradeWord } from './words';

export type Reader = 'clinician' | 'student' | 'patient';

const LONGEST_UNDO = 200;

class Store {
  case = $state<CaseState>(emptyCase());
  answer = $state.raw<Answer | null>(null);
  more = $state.raw<More | null>(null);
  busy = $state(false);
  /** Whether the case that the answer answers held enough to rank. */
  enough = $state(false);
  trouble = $state('');
  faults = $state.raw<Fault[]>([]);
  reader = $state<Reader>('clinician');
  lexicon = $state.raw<Lexicon | null>(null);
  said = $state('');
  anyway = $state(false);
  complaint = $state('');
  /** Counts up with each case opened or begun: what belongs to the one before is not carried over. */
  patient = $state(0);
  /** A part of the consultation that was asked for, and the place in it to show. */
  wanted = $state.raw<{ tab: string; at: string } | null>(null);
  undone = $state.raw<string[]>([]);
  past = $state.raw<{ before: string; what: string }[]>([]);
  /** Whether `more` belongs to the answer that is shown. */
  fresh = $state(false);

  /** Pictures that are still being drawn. */
  private drawn = 0;
  /** The moment for which the page to print is made; nothing until somebody prints. */
  printed = $state.raw<Date | null>(null);

  /** Draw the page to print; done when its pictures are there. */
  async preparePrint(when: Date): Promise<void> {
    this.printed = when;
    await tick();
    for (let n = 0; n < 100 && (n < 2 || this.drawn > 0); n++) await new Promise((done) => setTimeout(done, 50));
  }

  private sent: Record<string, unknown> = {};
  /** The case that was answered, as text. */
  private answered = '';
  /** When the case was changed last, on the page's clock; zero once that was asked. */
  private changed = 0;
  private asking = false;
  private later: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | undefined;

  async open(): Promise<void> {
    try {
      this.lexicon = new Lexicon(await get<Vocabulary>('vocabulary'));
    } catch {
      this.trouble = 'The names could not be loaded. Reload the page.';
    }
    this.ask();
  }

  /** Change the case. `what` names the change for undo and for the screen reader. */
  edit(what: string, change: (c: CaseState) => void): void {
    this.past = [...this.past.slice(1 - LONGEST_UNDO), { before: JSON.stringify(this.case), what }];
    this.undone = [];
    change(this.case);
    this.said = what;
    this.ask();
  }

  undo(): void {
    const last = this.past.at(-1);
    if (!last) return;
    this.undone = [...this.undone, JSON.stringify(this.case)];
    this.past = this.past.slice(0, -1);
    this.case = JSON.parse(last.before) as CaseState;
    this.said = `Undone: ${last.what}`;
    this.ask();
  }

  redo(): void {
    const next = this.undone.at(-1);
    if (!next) return;
    this.undone = this.undone.slice(0, -1);
    this.past = [...this.past, { before: JSON.stringify(this.case), what: 'change' }];
    this.case = JSON.parse(next) as CaseState;
    this.said = 'Done again';
    this.ask();
  }

  replace(what: string, next: CaseState): void {
    this.anyway = false;
    this.patient += 1;
    this.edit(what, () => (this.case = next));
  }

  read(data: Record<string, unknown>, what: string): void {
    const lexicon = this.lexicon;
    this.replace(what, fromCaseFile(data, (kind, name) => lexicon?.lookup(kind, name)));
  }

  /** Open a part of the consultation at a place, as `map:key`. */
  goTo(tab: string, at = ''): void {
    this.wanted = { tab, at };
  }

  /** One question is on its way at a time; what changes meanwhile is asked as soon as it is answered, so that questions never pile up. */
  private ask(): void {
    clearTimeout(this.later);
    this.running?.abort();
    this.changed = performance.now();
    this.busy = true;
    if (this.asking) return;
    this.asking = true;
    setTimeout(() => void this.localise());
  }

  private async localise(): Promise<void> {
    while (this.changed) {
      const began = this.changed;
      this.changed = 0;
      const enough = enoughToRank(this.case);
      const data = toCaseFile(this.case);
      const text = JSON.stringify(data);
      try {
        if (text !== this.answered) {
          this.answer = await post<Answer>('localize', { case: data, lenient: true });
          [this.sent, this.answered, this.fresh] = [data, text, false];
        }
        this.enough = enough;
        [this.trouble, this.faults] = ['', []];
        await tick();
        performance.measure('change to ranking', { start: began, end: performance.now() });
      } catch (error) {
        [this.answered, this.more] = ['', null];
        this.trouble = error instanceof ApiError ? error.message : 'The server does not answer. Is it still running?';
        this.faults = error instanceof ApiError ? error.faults : [];
      }
    }
    [this.asking, this.busy] = [false, false];
    if (this.answered && !this.fresh) this.later = setTimeout(() => void this.askMore(), 200);
  }

  private async askMore(): Promise<void> {
    const control = new AbortController();
    this.running = control;
    try {
      const more = await post<More>('localize/more', { case: this.sent, lenient: true }, control.signal);
      if (!control.signal.aborted) [this.more, this.fresh] = [more, true];
    } catch {
      if (!control.signal.aborted) this.more = null;
    }
  }

  name(kind: string, id: string): string {
    return this.lexicon?.name(kind, id) ?? id;
  }

  /** A finding by its place in the case that was answered, with the name its control has; else the server's own words. */
  label(path: string | null, words: string): string {
    const [, section = '', n = ''] = /^(power|sensory|reflexes|tests)\[(\d+)\]$/.exec(path ?? '') ?? [];
    const entry = (this.sent[section] as Record<string, unknown>[] | undefined)?.[Number(n)];
    const id = entry?.movement ?? entry?.site ?? entry?.reflex ?? entry?.test;
    if (!entry || typeof id !== 'string') return this.pretty(words);
    const kind = { power: 'movement', sensory: 'site', reflexes: 'reflex', tests: 'test' }[section] ?? '';
    const value = section === 'power' ? gradeWord(gradeOf(entry.grade) ?? String(entry.grade)) : String(entry.finding ?? entry.result);
    return `${this.name(kind, this.lexicon?.lookup(kind, id) ?? id)} ${value}`;
  }

  /** The server's words with any id in them put into its name. */
  pretty(words: string): string {
    return words.replace(/[a-z0-9]+(?:_[a-z0-9]+)+/g, (id) => {
      for (const kind of ['movement', 'site', 'reflex', 'test', 'pain']) if (this.lexicon?.lookup(kind, id)) return this.name(kind, id).toLowerCase();
      return id.replaceAll('_', ' ');
    });
  }

  /** Say that a picture is being drawn; call the answer when it is. */
  drawing(): () => void {
    let over = false;
    this.drawn += 1;
    return () => {
      if (!over) this.drawn -= 1;
      over = true;
    };
  }

  /** The sites of a group; a site by itself. */
  whole = (id: string): string[] => {
    const group = this.lexicon?.all.site_groups.find((g) => g.id === id);
    return group ? Object.keys(group.sites) : [id];
  };

  source(id: string): string {
    return this.lexicon?.all.sources[id]?.cite ?? (id === 'judgement' ? 'The project’s own judgement' : id);
  }

  sides(): Side[] {
    return this.case.side === 'bilateral' ? [...SIDES] : this.case.side ? [this.case.side] : [];
  }

  /** Put an entry of a case file into the case, as the next test's result does. */
  enter(what: string, section: string, entry: unknown): void {
    const lexicon = this.lexicon;
    const file = section === 'sphincter' ? { sphincter: entry } : { side: this.case.side || undefined, [section]: [entry] };
    const one = fromCaseFile(file as Record<string, unknown>, (kind, name) => lexicon?.lookup(kind, name));
    this.edit(what, (c) => {
      for (const map of MAPS) Object.assign(c[map], one[map]);
      c.history.push(...one.history);
      c.kept.push(...one.kept);
    });
  }

  setPower(id: string, side: Side, grade: string | undefined, past?: boolean): void {
    const k = key(id, side);
    const name = `${this.name('movement', id)}, ${side}`;
    this.edit(grade === undefined ? `${name}: not tested` : `${name}: ${grade}`, (c) => {
      if (grade === undefined) delete c.power[k];
      else c.power[k] = { grade, ...((past ?? c.power[k]?.past) ? { past: true } : {}) };
    });
  }

  set(map: 'reflexes' | 'tests' | 'pain', kind: string, id: string, sides: (Side | '')[], finding: string | undefined): void {
    const name = this.name(kind, id);
    this.edit(`${name}: ${finding ?? 'not tested'}`, (c) => {
      for (const side of sides) {
        const k = key(id, side);
        if (finding === undefined) delete c[map][k];
        else c[map][k] = { ...c[map][k], finding, note: undefined };
      }
    });
  }

  setSense(id: string, sides: Side[], finding: string | undefined, source: 'tested' | 'reported', modality = ''): void {
    this.edit(`${this.name('site', id)}: ${finding ?? 'not tested'}`, (c) => {
      for (const side of sides) {
        const k = key(id, side, modality);
        if (finding === undefined) delete c.sense[k];
        else c.sense[k] = { finding, source, ...(c.sense[k]?.past ? { past: true } : {}) };
      }
    });
  }

  toggleOld(map: MapName, k: string): void {
    this.old((c) => c[map][k]);
  }

  /** Old is said of a line of the history as of any finding: it was over before this complaint began. */
  toggleOldLine(text: string): void {
    this.old((c) => c.history.find((h) => h.text === text));
  }

  private old(of: (c: CaseState) => Finding | undefined): void {
    const one = of(this.case);
    if (!one) return;
    this.edit(one.past ? 'Marked as new' : 'Marked as known to be old', (c) => {
      const here = of(c);
      if (here?.past) delete here.past;
      else if (here) here.past = true;
    });
  }

  /** Normal for the movements not yet graded, marked as filled so that one click takes it back. */
  restNormal(ids: string[], sides: Side[]): void {
    this.edit(`Rest normal: ${ids.length * sides.length} cells looked at`, (c) => {
      for (const id of ids) for (const side of sides) c.power[key(id, side)] ??= { grade: '5', filled: true };
    });
  }

  unfill(): void {
    this.edit('Filled normals taken back', (c) => {
      for (const [k, p] of Object.entries(c.power)) if (p.filled) delete c.power[k];
    });
  }

  setHistory(text: string, absent: boolean | undefined): void {
    this.edit(absent === undefined ? `${text}: taken out` : absent ? `no ${text}` : text, (c) => {
      c.history = c.history.filter((h) => h.text !== text);
      if (absent !== undefined) c.history.push({ text, absent });
    });
  }

  setSphincter(part: string, word: string | undefined): void {
    this.edit(`${part.replaceAll('_', ' ')}: ${word ?? 'not asked'}`, (c) => {
      if (word === undefined) delete c.sphincter[part];
      else c.sphincter[part] = { finding: word, ...(c.sphincter[part]?.past ? { past: true } : {}) };
    });
  }

  isResidual = (k: Kept): boolean => k.section === 'sphincter' && 'post_void_residual_ml' in (k.entry as object);

  /** The residual after voiding in millilitres, which a case file holds among the sphincters. */
  residual(): number | undefined {
    return this.case.kept.filter(this.isResidual).map((k) => (k.entry as { post_void_residual_ml: number }).post_void_residual_ml)[0];
  }

  setResidual(volume: number | undefined): void {
    this.edit(volume === undefined ? 'Residual volume taken out' : `Residual volume: ${volume} ml`, (c) => {
      c.kept = c.kept.filter((k) => !this.isResidual(k));
      if (volume !== undefined) c.kept.push({ section: 'sphincter', entry: { post_void_residual_ml: volume } });
    });
  }

  addStudy(what: string, entry: Record<string, unknown>): void {
    this.edit(what, (c) => {
      if (!c.kept.some((k) => JSON.stringify(k.entry) === JSON.stringify(entry))) c.kept.push({ section: 'investigations', entry });
    });
  }

  toggleOldKept(at: number): void {
    this.edit('Marked as old, or new again', (c) => {
      const one = c.kept[at];
      if (!one) return;
      const { past, ...rest } = one.entry as Record<string, unknown>;
      one.entry = past ? rest : { ...rest, past: true };
    });
  }

  acknowledge(id: string, action: string): void {
    this.edit(`Warning noted: ${action}`, (c) => {
      if (action) c.acknowledged[id] = action;
      else delete c.acknowledged[id];
    });
  }
}

export const store = new Store();
