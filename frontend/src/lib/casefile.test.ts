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
  expect(c.kept.map((k) => k.section)).toEqual(['sensory', 'power', 'investigations', 'sphincter']);
});

test('a case written out reads back to the same case', () => {
  const c = fromCaseFile(file, lookup);
  const again = fromCaseFile(toCaseFile(c), lookup);
  expect(toCaseFile(again)).toEqual(toCaseFile(c));
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
