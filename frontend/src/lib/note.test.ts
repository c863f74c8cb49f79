import { expect, test } from 'vitest';
import { emptyCase } from './model';
import { byHand, enter, keyOf, landing, pieces, stands, tell, withdraw, type NoteFinding, type Reading } from './note';

const names: Record<string, string> = { df: 'ankle_dorsiflexion', 'dorsum of foot': 'dorsum', 'ankle jerk': 'ankle' };
const lookup = (_: string, name: string): string | undefined => names[name.toLowerCase()] ?? (Object.values(names).includes(name) ? name : undefined);
const whole = (id: string): string[] => (id === 'dorsum' ? ['dorsum_medial', 'dorsum_lateral'] : [id]);
const finding = (kind: string, entry: unknown, span: [number, number], targets: string[] = []): NoteFinding => ({ kind, path: '', span, text: '', entry, targets });
const power = finding('power', { movement: 'DF', grade: 2, side: 'left' }, [5, 11], ['ankle_dorsiflexion']);

test('the note is cut where findings begin and end, by characters', () => {
  const reading: Reading = { case: {}, findings: [power], contradictions: [], unused: [{ span: [13, 18], text: 'blorf', why: 'not understood' }] };
  const cut = pieces('🦶eft DF 2/5, blorf.', reading);
  expect(cut.map((p) => p.text)).toEqual(['🦶eft ', 'DF 2/5', ', ', 'blorf', '.']);
  expect(cut[1]?.keys).toEqual([keyOf(power)]);
  expect(cut[3]?.why).toBe('not understood');
});

test('a finding lands in its cell, marked, and is taken out again', () => {
  const c = emptyCase();
  const at = landing(power, '', lookup);
  enter(c, power, at, whole);
  expect(c.power).toEqual({ 'ankle_dorsiflexion|left': { grade: '2', note: keyOf(power) } });
  expect(stands(c, keyOf(power))).toBe(true);
  withdraw(c, keyOf(power));
  expect(c.power).toEqual({});
});

test('what a hand entered stays, also where it names a part of the same skin', () => {
  const c = emptyCase();
  c.power['ankle_dorsiflexion|left'] = { grade: '4' };
  enter(c, power, landing(power, '', lookup), whole);
  expect(c.power['ankle_dorsiflexion|left']).toEqual({ grade: '4' });
  c.sense['dorsum_medial|left'] = { finding: 'normal', source: 'tested' };
  const numb = finding('sensory', { site: 'dorsum of foot', finding: 'reduced', side: 'left', source: 'reported' }, [0, 3], ['dorsum_medial', 'dorsum_lateral']);
  expect(byHand(c, landing(numb, '', lookup), numb, whole).map((p) => p.key)).toEqual(['dorsum_medial|left']);
  enter(c, numb, landing(numb, '', lookup), whole);
  expect(Object.keys(c.sense)).toEqual(['dorsum_medial|left']);
});

test('what no control shows is kept as it stands, with the side of the case', () => {
  const c = emptyCase();
  const rest = finding('power', { movement: 'all other muscles', grade: 'normal' }, [0, 3], ['rest']);
  enter(c, rest, landing(rest, 'left', lookup), whole);
  expect(c.kept).toEqual([{ section: 'power', entry: { movement: 'all other muscles', grade: 'normal', side: 'left' }, note: keyOf(rest) }]);
});

test('findings are told in the words of the page', () => {
  expect(tell(power, landing(power, '', lookup), (_, id) => id)).toBe('ankle_dorsiflexion 2/5, left');
  const bladder = finding('sphincter', { bladder: 'normal' }, [0, 3]);
  expect(tell(bladder, landing(bladder, '', lookup), (_, id) => id)).toBe('Bladder normal');
});
