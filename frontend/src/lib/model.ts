/** The case as the page holds it. Keys of findings are `id|side`; whatever is not in a map was not tested. */

export type Side = 'left' | 'right';
export const SIDES: readonly Side[] = ['right', 'left'];
export type CaseSide = '' | Side | 'bilateral';

export interface Power {
  grade: string;
  past?: boolean;
  filled?: boolean;
}
export interface Sense {
  finding: string;
  source: 'tested' | 'reported';
  past?: boolean;
  filled?: boolean;
}
export interface Found {
  finding: string;
  past?: boolean;
  angle?: number;
}
export interface Told {
  text: string;
  absent: boolean;
  past?: boolean;
}
export interface Kept {
  section: string;
  entry: unknown;
}

export interface CaseState {
  side: CaseSide;
  age: string;
  sex: '' | 'F' | 'M';
  onset: string;
  course: string;
  setting: string;
  power: Record<string, Power>;
  sense: Record<string, Sense>;
  pain: Record<string, Found>;
  reflexes: Record<string, Found>;
  tests: Record<string, Found>;
  sphincter: Record<string, string>;
  history: Told[];
  /** Parts of an opened case file that no control of this page shows; they are sent and saved as they stand. */
  kept: Kept[];
  /** What was done about each warning. */
  acknowledged: Record<string, string>;
}

export function emptyCase(): CaseState {
  return {
    side: '', age: '', sex: '', onset: '', course: '', setting: '',
    power: {}, sense: {}, pain: {}, reflexes: {}, tests: {}, sphincter: {}, history: [], kept: [], acknowledged: {},
  };
}

export const key = (id: string, side: Side | ''): string => `${id}|${side}`;

export function parts(of: string): [string, Side | ''] {
  const at = of.lastIndexOf('|');
  return [of.slice(0, at), of.slice(at + 1) as Side | ''];
}

export function countFindings(c: CaseState): number {
  const maps = [c.power, c.sense, c.pain, c.reflexes, c.tests, c.sphincter];
  return maps.reduce((n, m) => n + Object.keys(m).length, c.history.length + c.kept.length);
}

/** Enough to rank: power, and sensation or a reflex, were entered. Before that a single leader would only anchor. */
export function enoughToRank(c: CaseState): boolean {
  const stated = (section: string): boolean => c.kept.some((k) => k.section === section);
  const power = Object.keys(c.power).length > 0 || stated('power');
  const second = Object.keys(c.sense).length > 0 || Object.keys(c.reflexes).length > 0 || stated('sensory') || stated('reflexes');
  return power && second;
}

/** What would make the case ready to rank, in words. */
export function stillNeeded(c: CaseState): string[] {
  const needed: string[] = [];
  if (!Object.keys(c.power).length) needed.push('power of at least one movement');
  if (!Object.keys(c.sense).length && !Object.keys(c.reflexes).length) needed.push('one place of sensation, or a reflex');
  return needed;
}
