/** Between the page's case and a case file. Names that no control shows are kept and sent as they stand. */

import { emptyCase, key, MODALITIES, modalitiesOf, parts, type CaseSide, type CaseState, type Finding, type Sense, type Side } from './model';

type Data = Record<string, unknown>;
type Lookup = (kind: 'movement' | 'site' | 'pain' | 'reflex' | 'test', name: string) => string | undefined;

function sided(of: string, rest: Data): Data {
  const [, side, modality] = parts(of);
  if (modality) rest = { ...rest, modality: modalitiesOf(modality) };
  return side ? { ...rest, side } : { ...rest, side: null };
}

function flags(one: Finding): Data {
  return one.past ? { past: true } : {};
}

const entries = <T>(map: Record<string, T>): [string, T][] => Object.entries(map).sort(([a], [b]) => a.localeCompare(b));

export type { Lookup };

export function toCaseFile(c: CaseState): Data {
  const data: Data = { format: 1 };
  if (c.age !== '' && !Number.isNaN(Number(c.age))) data.age = Number(c.age);
  for (const k of ['sex', 'side', 'onset', 'course', 'setting'] as const) if (c[k]) data[k] = c[k];
  const kept = (section: string): unknown[] => c.kept.filter((k) => k.section === section).map((k) => k.entry);
  const lists: Record<string, unknown[]> = {
    history: [...c.history.map((h) => line(h)), ...kept('history')],
    pain: [
      ...entries(c.pain).map(([k, p]) => sided(k, { site: parts(k)[0], ...(p.finding && p.finding !== 'present' ? { severity: p.finding } : {}), ...flags(p) })),
      ...kept('pain'),
    ],
    sensory: [...entries(c.sense).map(([k, s]) => sided(k, { site: parts(k)[0], finding: s.finding, ...(s.source ? { source: s.source } : {}), ...flags(s) })), ...kept('sensory')],
    power: [...entries(c.power).map(([k, p]) => sided(k, { movement: parts(k)[0], grade: p.grade, ...flags(p) })), ...kept('power')],
    reflexes: [...entries(c.reflexes).map(([k, r]) => sided(k, { reflex: parts(k)[0], finding: r.finding, ...flags(r) })), ...kept('reflexes')],
    tests: [
      ...entries(c.tests).map(([k, t]) => sided(k, { test: parts(k)[0], result: t.finding, ...(t.angle === undefined ? {} : { angle: t.angle }), ...flags(t) })),
      ...kept('tests'),
    ],
    investigations: kept('investigations'),
  };
  for (const [name, list] of Object.entries(lists)) if (list.length) data[name] = name === 'history' || name === 'investigations' ? list : bothAsOne(list);
  const sphincter = sphincters(c);
  if (Object.keys(sphincter).length) data.sphincter = sphincter;
  for (const k of c.kept) if (['id', 'text', 'gold', 'meta'].includes(k.section)) data[k.section] = k.entry;
  return data;
}

/** The same of left and right is one statement about both: what lies in the midline is not two findings. */
function bothAsOne(list: unknown[]): unknown[] {
  const out: unknown[] = [];
  const left = new Map<string, Data>();
  for (const entry of list) {
    const { side, ...rest } = entry as Data;
    const same = JSON.stringify(rest);
    const other = side === 'right' ? left.get(same) : undefined;
    if (other) {
      other.side = 'bilateral';
      left.delete(same);
      continue;
    }
    const own = { ...(entry as Data) };
    if (side === 'left') left.set(same, own);
    out.push(own);
  }
  return out;
}

function line(told: { text: string; absent: boolean } & Finding): unknown {
  const text = told.absent ? `no ${told.text}` : told.text;
  return told.past ? { told: text, past: true } : text;
}

/** What the controls and the rest of the case say of each part, together. */
function sphincters(c: CaseState): Data {
  const said: Data = {};
  for (const [part, found] of entries(c.sphincter)) said[part] = found.past ? { finding: found.finding, past: true } : found.finding;
  for (const k of c.kept.filter((one) => one.section === 'sphincter')) {
    for (const [part, value] of Object.entries(k.entry as Data)) said[part] = part in said && part !== 'post_void_residual_ml' ? [said[part], value].flat() : value;
  }
  return said;
}

const GRADES = new Set(['0', '1', '2', '3-', '3', '3+', '4-', '4', '4+', '5-', '5', 'weak', 'limited by pain', 'give-way']);
const NUMBERS: Record<string, string> = { '4.75': '5-', '4.5': '4+', '3.75': '4-', '3.5': '3+', '2.75': '3-' };

export function gradeOf(raw: unknown): string | undefined {
  const text = String(raw ?? '').trim().toLowerCase().replace(/\/5$/, '');
  if (text === 'normal' || text === 'full') return '5';
  if (GRADES.has(text)) return text;
  return NUMBERS[text];
}

function sidesOf(entry: Data, fallback: CaseSide): (Side | '')[] | undefined {
  const side = 'side' in entry ? entry.side : fallback || null;
  if (side === 'bilateral' || side === 'both') return ['left', 'right'];
  if (side === 'left' || side === 'right') return [side];
  return side === null ? [''] : undefined;
}

const SPHINCTER = ['bladder', 'bowel', 'anal_tone', 'saddle_sensation', 'sexual_function'];
const LISTS = ['history', 'pain', 'sensory', 'power', 'reflexes', 'tests', 'investigations'] as const;

export function fromCaseFile(data: Data, lookup: Lookup): CaseState {
  const c = emptyCase();
  if (data.age !== undefined && data.age !== null) c.age = String(data.age);
  if (data.sex === 'F' || data.sex === 'M') c.sex = data.sex;
  if (data.side === 'left' || data.side === 'right' || data.side === 'bilateral') c.side = data.side;
  for (const k of ['onset', 'course', 'setting'] as const) if (typeof data[k] === 'string') c[k] = data[k];
  for (const section of LISTS) {
    const list = Array.isArray(data[section]) ? data[section] : [];
    for (const entry of list) if (!take(c, section, entry, lookup)) c.kept.push({ section, entry: section === 'investigations' ? entry : withSide(entry, c.side) });
  }
  takeSphincter(c, (data.sphincter ?? {}) as Data);
  for (const k of ['id', 'text', 'gold', 'meta']) if (data[k] !== undefined) c.kept.push({ section: k, entry: data[k] });
  return c;
}

/** A finding that took the case's side keeps it, should the case's side be changed later; a scan has none to take. */
function withSide(entry: unknown, side: CaseSide): unknown {
  if (typeof entry !== 'object' || entry === null || 'side' in entry || !side) return entry;
  return { ...entry, side };
}

function takeSphincter(c: CaseState, given: Data): void {
  for (const [part, value] of Object.entries(given)) {
    const one = (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { finding: value }) as Data;
    const plain = typeof one.finding === 'string' && Object.keys(one).every((k) => k === 'finding' || k === 'past');
    if (SPHINCTER.includes(part) && plain && !(part in c.sphincter)) c.sphincter[part] = { finding: String(one.finding), ...(one.past ? { past: true } : {}) };
    else c.kept.push({ section: 'sphincter', entry: { [part]: value } });
  }
}

const READ: Record<string, Set<string>> = {
  power: new Set(['movement', 'side', 'grade', 'past']),
  sensory: new Set(['site', 'side', 'finding', 'source', 'modality', 'past']),
  reflexes: new Set(['reflex', 'side', 'finding', 'past']),
  tests: new Set(['test', 'side', 'result', 'angle', 'past']),
  pain: new Set(['site', 'region', 'side', 'severity', 'past']),
};
const SENSES = new Set(['normal', 'reduced', 'absent', 'paraesthesia', 'hyperalgesia']);
const REFLEXES = new Set(['normal', 'reduced', 'absent', 'brisk', 'upgoing', 'mute', 'clonus']);
const RESULTS = new Set(['positive', 'negative', 'equivocal']);

/** Take one entry into its control; false when no control says exactly the same. */
function take(c: CaseState, section: string, raw: unknown, lookup: Lookup): boolean {
  if (section === 'history') return takeHistory(c, raw);
  const known = READ[section];
  if (!known || typeof raw !== 'object' || raw === null) return false;
  const entry = raw as Data;
  if (Object.keys(entry).some((k) => !known.has(k))) return false;
  const sides = sidesOf(entry, c.side);
  if (!sides) return false;
  const past = entry.past ? { past: true } : {};
  /** A place that something else was said of already is not overwritten. */
  const put = <T>(map: Record<string, T>, id: string | undefined, value: T | undefined, modality = ''): boolean => {
    if (id === undefined || value === undefined) return false;
    const keys = sides.map((side) => key(id, side, modality));
    if (keys.some((k) => k in map && JSON.stringify(map[k]) !== JSON.stringify(value))) return false;
    for (const k of keys) map[k] = value;
    return true;
  };
  if (section === 'power') {
    const grade = gradeOf(entry.grade);
    return put(c.power, lookup('movement', String(entry.movement)), grade === undefined ? undefined : { grade, ...past });
  }
  if (section === 'sensory') {
    const finding = String(entry.finding);
    const modality = modalityOf(entry.modality);
    const source = entry.source ?? (finding === 'paraesthesia' || finding === 'hyperalgesia' ? 'reported' : modality ? 'tested' : '');
    const fits = SENSES.has(finding) && modality !== undefined && (source === 'tested' || source === 'reported' || source === '');
    return put(c.sense, lookup('site', String(entry.site)), fits ? { finding, source: source as Sense['source'], ...past } : undefined, modality);
  }
  if (section === 'reflexes') {
    const finding = String(entry.finding);
    return put(c.reflexes, lookup('reflex', String(entry.reflex)), REFLEXES.has(finding) ? { finding, ...past } : undefined);
  }
  if (section === 'tests') {
    const finding = String(entry.result);
    const angle = typeof entry.angle === 'number' ? { angle: entry.angle } : {};
    return put(c.tests, lookup('test', String(entry.test)), RESULTS.has(finding) ? { finding, ...angle, ...past } : undefined);
  }
  const severity = entry.severity === undefined ? 'present' : String(entry.severity);
  return put(c.pain, lookup('pain', String(entry.site ?? entry.region)), { finding: severity, ...past });
}

const KNOWN: ReadonlySet<string> = new Set(MODALITIES);
/** The modalities of an entry as a part of a key; undefined where one is not known here. */
function modalityOf(raw: unknown): string | undefined {
  const given = raw === undefined || raw === null ? [] : [raw].flat().map((one) => String(one).toLowerCase());
  return given.every((one) => KNOWN.has(one)) ? MODALITIES.filter((one) => given.includes(one)).join(' + ') : undefined;
}

function takeHistory(c: CaseState, raw: unknown): boolean {
  const set = typeof raw === 'object' && raw !== null ? (raw as Data) : { told: raw };
  const told = set.told;
  if (typeof told !== 'string' || Object.keys(set).some((k) => k !== 'told' && k !== 'past')) return false;
  const absent = told.toLowerCase().startsWith('no ');
  c.history.push({ text: absent ? told.slice(3) : told, absent, ...(set.past ? { past: true } : {}) });
  return true;
}
