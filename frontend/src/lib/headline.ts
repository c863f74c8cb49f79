/** The first lines of an answer: the action, then the site. */

import type { Answer, Lesion, Ranked } from './api';
import { ACTIONS, inTen, sideWord, TIERS } from './words';

export interface Headline { tone: 'emergency' | 'same_day' | 'urgent' | 'calm'; action: string; site: string; detail: string }

const SACRAL = /^(cauda_equina|conus_medullaris)/;

function named(row: Ranked): string {
  const side = sideWord(row.side);
  return side ? `${row.label}, ${side}` : row.label;
}

/** Cauda and conus are one emergency: said together first, then split. */
function sacral(ranking: Ranked[]): { total: number; detail: string } {
  const cauda = ranking.filter((r) => r.lesion === 'cauda_equina').reduce((n, r) => n + r.probability, 0);
  const conus = ranking.filter((r) => r.lesion.startsWith('conus')).reduce((n, r) => n + r.probability, 0);
  return { total: cauda + conus, detail: `Cauda equina ${inTen(cauda)}, conus ${inTen(conus)}: the same emergency.` };
}

export function headline(answer: Answer, lesions: Map<string, Lesion>, ranked: boolean): Headline {
  const worst = (['emergency', 'same_day', 'urgent'] as const).find((u) => answer.red_flags.some((f) => f.urgency === u));
  const top = answer.ranking[0];
  const own = ranked && top ? lesions.get(top.lesion)?.action : undefined;
  const tone = worst ?? (own === 'emergency' ? 'emergency' : own === 'urgent' ? 'urgent' : 'calm');
  const action = worst === 'emergency' ? 'Emergency now' : worst === 'same_day' ? 'Discuss with a specialist today' : own ? (ACTIONS[own] ?? '') : worst ? (TIERS[worst] ?? '') : 'Not enough to advise yet';
  if (!ranked || !top) return { tone, action: ranked ? action : worst ? action : 'Keep examining', site: '', detail: '' };
  if (SACRAL.test(top.lesion)) {
    const both = sacral(answer.ranking);
    return { tone, action, site: `Cauda equina or conus, ${inTen(both.total)}`, detail: both.detail };
  }
  const note = answer.cannot_separate ?? (top.lesion.startsWith('root.') ? rootNote(answer) : top.lesion === 'functional' ? 'Positive signs of functional weakness; it can coexist with disease.' : '');
  const said = top.lesion === 'motor_neuron_disease' ? 'needs a neurology assessment' : inTen(top.probability);
  return { tone, action, site: `${named(top)}: ${said}`, detail: note };
}

function rootNote(answer: Answer): string {
  const second = answer.ranking.slice(1).find((r) => r.lesion.startsWith('root.') && !r.lesion.includes('+') && r.lesion !== answer.ranking[0]?.lesion);
  const level = answer.ranking[0]?.lesion.replace('root.', '') ?? '';
  return second ? `Fits ${level} more than ${second.lesion.replace('root.', '')}; not a surgical level.` : 'A clinical level, not a surgical level.';
}

/** What the three rows shown leave: other single lesions, pairs, and what the model does not hold. */
export function elsewhere(answer: Answer, shown: number): number {
  return Math.max(0, 1 - answer.ranking.slice(0, shown).reduce((n, r) => n + r.probability, 0));
}
