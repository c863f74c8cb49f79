import { expect, test } from 'vitest';
import { fromCaseFile, gradeOf, toCaseFile } from './casefile';
import { emptyCase, enoughToRank, stillNeeded } from './model';

const names: Record<string, string> = { 'great toe extension': 'great_toe_extension', 'dorsum of foot': 'dorsum', slr: 'slr', ankle: 'ankle' };
const lookup = (_: string, name: string): string | undefined => names[name.toLowerCase()] ?? (Object.values(names).includes(name) ? name : undefined);

const file = {
  age: 52, side: 'left', history: ['leg crossing', 'no diabetes'],
  power: [{ movement: 'great toe extension', grade: 4.5 }, { movement: 'all other muscles', side: 'bilateral', grade: 'normal' }],
  sensory: [{ site: 'dorsum of foot', finding: 'reduced', source: 'tested' }, { site: 'dorsum of foot', finding: 'reduced', modality: 'pin prick' }],
  reflexes: [{ reflex: 'ankle', side: 'bilateral', finding: 'normal' }],
  tests: [{ test: 'SLR', result: 'positive', angle: 40 }],
  sphincter: { bladder: 'normal', post_void_residual_ml: 450 },
  investigations: [{ test: 'MRI lumbar', result: 'normal' }],
};

test('what a control shows is taken, what none shows is kept as it stands', () => {
  const c = fromCaseFile(file, lookup);
  expect(c.power['great_toe_extension|left']).toEqual({ grade: '4+' });
  expect(c.reflexes['ankle|right']).toEqual({ finding: 'normal' });
  expect(c.history).toEqual([{ text: 'leg crossing', absent: false }, { text: 'diabetes', absent: true }]);
  expect(c.sense['dorsum|left|pin prick']).toEqual({ finding: 'reduced', source: 'tested' });
  expect(c.kept.map((k) => k.section)).toEqual(['power', 'investigations', 'sphincter']);
});

test('a case written out reads back to the same case', () => {
  const c = fromCaseFile(file, lookup);
  const again = fromCaseFile(toCaseFile(c), lookup);
  expect(toCaseFile(again)).toEqual(toCaseFile(c));
});

test('old is said of a line of the history and of a sphincter, and written out', () => {
  const c = fromCaseFile({ history: [{ told: 'no back pain', past: true }], sphincter: { bladder: { finding: 'retention', past: true }, bowel: ['normal'] } }, lookup);
  expect(c.history).toEqual([{ text: 'back pain', absent: true, past: true }]);
  expect(c.sphincter).toEqual({ bladder: { finding: 'retention', past: true } });
  expect(toCaseFile(c)).toMatchObject({ history: [{ told: 'no back pain', past: true }], sphincter: { bladder: { finding: 'retention', past: true }, bowel: ['normal'] } });
});

test('a second statement about one place is kept, not overwritten', () => {
  const c = fromCaseFile({ side: 'left', sensory: [{ site: 'dorsum', finding: 'reduced', source: 'tested' }, { site: 'dorsum', finding: 'paraesthesia' }] }, lookup);
  expect(c.sense['dorsum|left']?.finding).toBe('reduced');
  expect(c.kept).toEqual([{ section: 'sensory', entry: { site: 'dorsum', finding: 'paraesthesia', side: 'left' } }]);
  expect((toCaseFile(c).sensory as unknown[])).toHaveLength(2);
});

test('the same on both sides is written as one finding of both', () => {
  const c = fromCaseFile({ side: 'left', reflexes: [{ reflex: 'ankle', side: 'bilateral', finding: 'normal' }], investigations: [{ test: 'MRI', result: 'normal' }] }, lookup);
  expect(toCaseFile(c)).toMatchObject({ reflexes: [{ reflex: 'ankle', finding: 'normal', side: 'bilateral' }], investigations: [{ test: 'MRI', result: 'normal' }] });
});

test('nothing untested is written', () => {
  expect(toCaseFile(emptyCase())).toEqual({ format: 1 });
});

test.each([[5, '5'], ['4/5', '4'], [4.5, '4+'], ['normal', '5'], ['give-way', 'give-way'], ['not tested', undefined]])('grade %s', (raw, grade) => {
  expect(gradeOf(raw)).toBe(grade);
});

test('power and a second kind of finding are needed to rank', () => {
  const c = emptyCase();
  expect(stillNeeded(c)).toHaveLength(2);
  c.power['x|left'] = { grade: '2' };
  expect(enoughToRank(c)).toBe(false);
  c.reflexes['ankle|left'] = { finding: 'normal' };
  expect(enoughToRank(c)).toBe(true);
});
