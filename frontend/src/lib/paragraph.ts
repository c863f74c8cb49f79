/** The examination as a paragraph for the record: findings, normals, warnings asked and denied, what was not tested, version. */

import type { Answer } from './api';
import { keptFindings, parts, type CaseState } from './model';
import { gradeWord, list, sentence, sideWord } from './words';

type Name = (kind: string, id: string) => string;
const at = (name: string, side: string): string => (side ? `${side} ${name}` : name);
const old = (one: { past?: boolean }): string => (one.past ? ' (known, old)' : '');
const SOURCES: Record<string, string> = { tested: ' (tested)', reported: ' (as told)' };
const how = (modality: string, source: string | undefined): string => (modality ? ` (${modality})` : (SOURCES[source ?? ''] ?? ''));
const lower = (s: string): string => (/^[A-Z][A-Z0-9]|^[A-Z]\d/.test(s) ? s : s.charAt(0).toLowerCase() + s.slice(1));

/** What an entry that no control shows is called. */
export const KEPT: Record<string, string> = { investigations: 'Investigation', power: 'Power', sensory: 'Sensation', reflexes: 'Reflex', tests: 'Test', pain: 'Pain', sphincter: 'Sphincter', history: 'History' };

/** Pairs of the same words on both sides become one. */
function bothSides(lines: { name: string; side: string; value: string }[]): string[] {
  const seen = new Map<string, string[]>();
  for (const { name, side, value } of lines) seen.set(`${name}\n${value}`, [...(seen.get(`${name}\n${value}`) ?? []), side]);
  return [...seen].map(([k, sides]) => {
    const [name = '', value = ''] = k.split('\n');
    return `${at(name, sides.length > 1 ? 'both sides,' : (sides[0] ?? ''))} ${value}`.trim();
  });
}

function section(title: string, lines: { name: string; side: string; value: string }[]): string {
  return lines.length ? `${title}: ${bothSides(lines).join('; ')}.` : '';
}

/** Who it is and what was found, a line for each part of the examination. */
export function examination(c: CaseState, name: Name): string[] {
  const lines = (map: Record<string, { past?: boolean }>, kind: string, value: (k: string) => string) =>
    Object.entries(map).map(([k, one]) => ({ name: lower(name(kind, parts(k)[0])), side: sideWord(parts(k)[1]), value: value(k) + old(one) }));
  const who = [c.age && `aged ${c.age}`, c.sex === 'F' ? 'female' : c.sex === 'M' ? 'male' : '', c.side && `symptoms: ${sideWord(c.side)}`, c.onset && `onset: ${c.onset}`, c.course].filter(Boolean);
  const out = [
    who.length ? `${sentence(who.join(', '))}.` : '',
    c.history.length ? `History: ${c.history.map((h) => (h.absent ? `no ${h.text}` : h.text) + old(h)).join('; ')}.` : '',
    section('Pain', lines(c.pain, 'pain', (k) => (c.pain[k]?.finding === 'present' ? '' : (c.pain[k]?.finding ?? '')))),
    section('Power (MRC)', lines(c.power, 'movement', (k) => gradeWord(c.power[k]?.grade ?? ''))),
    section('Sensation', lines(c.sense, 'site', (k) => `${c.sense[k]?.finding ?? ''}${how(parts(k)[2], c.sense[k]?.source)}`)),
    section('Reflexes', lines(c.reflexes, 'reflex', (k) => c.reflexes[k]?.finding ?? '')),
    section('Tests', lines(c.tests, 'test', (k) => `${c.tests[k]?.finding ?? ''}${c.tests[k]?.angle === undefined ? '' : ` at ${c.tests[k]?.angle}°`}`)),
    Object.keys(c.sphincter).length ? `Sphincters: ${Object.entries(c.sphincter).map(([k, v]) => `${k.replaceAll('_', ' ')} ${v.finding}${old(v)}`).join('; ')}.` : '',
    ...keptFindings(c).map((k) => `${sentence(KEPT[k.section] ?? k.section)}: ${said(k.entry)}.`),
  ];
  return out.filter(Boolean);
}

export function paragraph(c: CaseState, name: Name, answer: Answer | null, when: Date): string {
  const out = [
    ...examination(c, name),
    flags(c, answer),
    notTested(c, answer),
    `Aid: Lasegue ${answer?.model_version ?? ''}, knowledge ${answer?.knowledge_version ?? ''}, ${stamp(when)}. It suggests where a lesion may be; it is not a medical device, and what was not tested was not taken as normal.`,
  ];
  return out.filter(Boolean).join('\n');
}

export function said(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return String(entry);
  return Object.values(entry).map((v) => (typeof v === 'object' ? said(v) : String(v))).join(' ');
}

function flags(c: CaseState, answer: Answer | null): string {
  if (!answer) return '';
  if (!answer.red_flags.length) return 'Red flags: none recorded.';
  return `Red flags: ${answer.red_flags.map((f) => f.text.replace(/\.$/, '') + (c.acknowledged[f.id] ? ` [done: ${c.acknowledged[f.id]}]` : '')).join('; ')}.`;
}

/** The warnings raised, the worst first, with what was done about each. */
export function flagLines(c: CaseState, answer: Answer): { id: string; urgency: string; text: string; done: string }[] {
  const order = ['emergency', 'same_day', 'urgent', 'routine'];
  return [...answer.red_flags].sort((a, b) => order.indexOf(a.urgency) - order.indexOf(b.urgency)).map((f) => ({ id: f.id, urgency: f.urgency, text: f.text, done: c.acknowledged[f.id] ?? '' }));
}

export function notTested(c: CaseState, answer: Answer | null): string {
  const parts: string[] = [];
  if (!Object.keys(c.power).length) parts.push('power');
  if (!Object.keys(c.sense).length) parts.push('sensation');
  if (!Object.keys(c.reflexes).length) parts.push('reflexes');
  const asked = answer?.red_flags_not_asked ?? [];
  const all = [...parts, ...asked.filter((x) => !parts.includes(x))];
  return all.length ? `Not tested or not asked: ${list(all)}.` : '';
}

export function stamp(when: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())} ${two(when.getHours())}:${two(when.getMinutes())}`;
}
