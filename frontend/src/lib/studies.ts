/** Investigations as the form offers them, and what a click puts into the case. */

import type { Named, Study } from './api';
import { fold } from './vocabulary';

export interface Told { side: string; level: string; zone: string; muscle: string }

export const LEVELS = ['L1-L2', 'L2-L3', 'L3-L4', 'L4-L5', 'L5-S1'] as const;
export const ZONES = ['central', 'paracentral', 'foraminal', 'extraforaminal'] as const;
/** Kinds of study that are of one leg or one side; blood, fluids and the bladder have none. */
export const SIDED: ReadonlySet<string> = new Set(['imaging', 'nerve_conduction', 'needle_emg', 'vascular']);
/** The study whose number a case file holds among the sphincters. */
export const RESIDUAL = 'post_void_residual';

export const wordOf = (result: string): string => result.replaceAll('_', ' ').replace(/ at level$/, '');
const NEEDS_LEVEL = /_at_level$/;

/** The results that can be said of what is known so far: those of a level once the level is named, in place of their general ones. */
export function offered(study: Study, told: Told): string[] {
  const named = !!told.level;
  return study.results.filter((r) => (NEEDS_LEVEL.test(r) ? named : !(named && r === 'disc_herniation' && study.results.includes('disc_at_level'))));
}

export function entryOf(study: Study, told: Told, result: string | undefined, value: number | undefined): Record<string, unknown> {
  const place = result !== undefined && study.levelled.includes(result) ? [told.level, told.level && told.zone].filter(Boolean) : [];
  return {
    test: study.id,
    ...(result === undefined ? { value } : { result: [...place, result.replaceAll('_', ' ')].join(' ') }),
    ...(told.muscle && study.id === 'needle_emg' ? { muscle: told.muscle } : {}),
    ...(told.side ? { side: told.side } : {}),
  };
}

/** The name of a record by its id or by any of its names; else the words as they stand. */
export function nameOf(records: readonly Named[], word: string): string {
  return (records.find((r) => r.id === word) ?? records.find((r) => r.names.some((n) => fold(n) === fold(word))))?.name ?? word;
}
