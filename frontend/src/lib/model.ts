/** The case as the page holds it. Keys of findings are `id|side`; whatever is not in a map was not tested. */

export type Side = 'left' | 'right';
export const SIDES: readonly Side[] = ['right', 'left'];
export type CaseSide = '' | Side | 'bilateral';

/** What every finding may carry: that it is old, and the finding of the note that it was taken from. */
export interface Finding {
  past?: boolean;
  note?: string;
}
export interface Power extends Finding {
  grade: string;
  filled?: boolean;
}
export interface Sense extends Finding {
  finding: string;
  /** Empty where nobody said whether it was tested or told. */
  source: 'tested' | 'reported' | '';
}
export interface Found extends Finding {
  finding: string;
  angle?: number;
}
export interface Told extends Finding {
  text: string;
  absent: boolean;
}
export interface Kept {
  section: string;
  entry: unknown;
  note?: string;
}

export interface CaseState {
  side: CaseSide;
  age: string;
  sex: '' | 'F' | 'M';
  onset: string;
  course: string;
  setting: string;
  power: Record<string, Power>;
  /** Keys are `sites|side`, or `sites|side|modalities` where it is known how the skin was tested. */
  sense: Record<string, Sense>;
  pain: Record<string, Found>;
  reflexes: Record<string, Found>;
  tests: Record<string, Found>;
  sphincter: Record<string, Found>;
  history: Told[];
  /** Parts of an opened case file that no control of this page shows; they are sent and saved as they stand. */
  kept: Kept[];
  /** What was done about each warning. */
  acknowledged: Record<string, string>;
  /** Findings of the note that were confirmed or struck, by key. */
  marks: Record<string, 'yes' | 'no'>;
}

export type MapName = 'power' | 'sense' | 'pain' | 'reflexes' | 'tests' | 'sphincter';
export const MAPS: readonly MapName[] = ['power', 'sense', 'pain', 'reflexes', 'tests', 'sphincter'];

export function emptyCase(): CaseState {
  return {
    side: '', age: '', sex: '', onset: '', course: '', setting: '',
    power: {}, sense: {}, pain: {}, reflexes: {}, tests: {}, sphincter: {}, history: [], kept: [], acknowledged: {}, marks: {},
  };
}

export const key = (id: string, side: Side | '', modality = ''): string => (modality ? `${id}|${side}|${modality}` : `${id}|${side}`);

/** The parts of a key: what, which side, and for sensation how it was tested. */
export function parts(of: string): [string, Side | '', string] {
  const [id = '', side = '', modality = ''] = of.split('|');
  return [id, side as Side | '', modality];
}

export const MODALITIES = ['light touch', 'pin prick', 'temperature', 'vibration', 'position'] as const;
export const modalitiesOf = (modality: string): string[] => (modality ? modality.split(' + ') : []);

/** What of a case file's other sections counts as a finding. */
const ABOUT = new Set(['id', 'text', 'gold', 'meta']);
export const keptFindings = (c: CaseState): Kept[] => c.kept.filter((k) => !ABOUT.has(k.section));

export function countFindings(c: CaseState): number {
  return MAPS.reduce((n, m) => n + Object.keys(c[m]).length, c.history.length + keptFindings(c).length);
}

/** Enough to rank: power, and sensation or a reflex, were entered. Before that a single leader would only anchor. */
export function enoughToRank(c: CaseState): boolean {
  return stillNeeded(c).length === 0;
}

/** What would make the case ready to rank, in words. */
export function stillNeeded(c: CaseState): string[] {
  const stated = (...sections: string[]): boolean => c.kept.some((k) => sections.includes(k.section));
  const needed: string[] = [];
  if (!Object.keys(c.power).length && !stated('power')) needed.push('power of at least one movement');
  if (!Object.keys(c.sense).length && !Object.keys(c.reflexes).length && !stated('sensory', 'reflexes')) needed.push('one place of sensation, or a reflex');
  return needed;
}
