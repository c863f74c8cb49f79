import { expect, test } from 'vitest';
import { emptyCase } from './model';
import { apply, bySite } from './paint';
import { paragraph } from './paragraph';
import { Stroke, unpack, siteAt } from './raster';
import { decode, encode } from './share';
import { search } from './vocabulary';
import { inTen, list } from './words';

const alone = (id: string): string[] => (id === 'sole' ? ['heel', 'arch'] : [id]);

test('numbers are told round', () => {
  expect([0.97, 0.61, 0.12, 0.04, 0.001].map(inTen)).toEqual(['more than 9 in 10', 'about 6 in 10', 'about 1 in 10', 'about 4 in 100', 'less than 1 in 100']);
  expect(list(['a', 'b', 'c'])).toBe('a, b and c');
});

test('strokes of one finding and side join to one patch, and erasing takes sites out of it', () => {
  const c = emptyCase();
  apply(c, [{ site: 'web1', side: 'left' }, { site: 'web2', side: 'left' }], { brush: 'reduced', source: 'tested', modality: '' }, alone);
  apply(c, [{ site: 'web3', side: 'left' }, { site: 'web1', side: 'right' }], { brush: 'reduced', source: 'tested', modality: '' }, alone);
  expect(Object.keys(c.sense).sort()).toEqual(['web1, web2, web3|left', 'web1|right']);
  apply(c, [{ site: 'web2', side: 'left' }], { brush: 'erase', source: 'tested', modality: '' }, alone);
  expect([...bySite(c.sense, alone).keys()].sort()).toEqual(['web1|left', 'web1|right', 'web3|left']);
});

test('erasing part of a named group leaves its other sites', () => {
  const c = emptyCase();
  c.sense['sole|left'] = { finding: 'reduced', source: 'tested' };
  apply(c, [{ site: 'heel', side: 'left' }], { brush: 'erase', source: 'tested', modality: '' }, alone);
  expect(Object.keys(c.sense)).toEqual(['arch|left']);
});

test('a stroke finds the sites under it, by the patient’s side', () => {
  const view = { view: 'x', label: 'x', width: 4, height: 2, planes: 1, left: 0, top: 0, step: 1, data: '' };
  const bytes = Uint8Array.from([0, 0, 1, 255, 0, 0, 1, 255, ...Array<number>(8).fill(255), 0, 0, 1, 1, 0, 0, 1, 1]);
  const r = unpack(view, ['a', 'b'], bytes);
  expect(siteAt(r, 2.5, 0.5)).toEqual({ site: 'b', side: 'left' });
  const stroke = new Stroke(r, 0.8);
  stroke.to(0, 0);
  stroke.to(1, 0);
  expect(stroke.sites()).toEqual([{ site: 'a', side: 'right' }]);
});

test('a case goes into the address and back; anything else is refused', async () => {
  const c = emptyCase();
  c.power['ankle_dorsiflexion|left'] = { grade: '2' };
  const fragment = await encode(c);
  expect(fragment.length).toBeLessThan(120);
  expect(await decode(fragment)).toEqual(c);
  expect(await decode('#c=nonsense')).toBeUndefined();
});

test('the paragraph tells findings, old ones, and what was not tested', () => {
  const c = emptyCase();
  c.side = 'left';
  c.power['df|left'] = { grade: '2', past: true };
  c.reflexes['ankle|left'] = { finding: 'normal' };
  c.reflexes['ankle|right'] = { finding: 'normal' };
  const text = paragraph(c, (_, id) => id, null, new Date(2026, 0, 2, 3, 4));
  expect(text).toContain('Power (MRC): left df 2/5 (known, old).');
  expect(text).toContain('both sides, ankle normal');
  expect(text).toContain('Not tested or not asked: sensation.');
  expect(text).toContain('2026-01-02 03:04');
});

test('search prefers a name that begins with what is typed', () => {
  const records = [{ id: 'a', name: 'Sitting with crossed legs', names: ['leg crossing'] }, { id: 'b', name: 'Leg pain', names: [] }];
  expect(search(records, 'leg').map((h) => h.record.id)).toEqual(['b', 'a']);
  expect(search(records, 'crossed').map((h) => h.record.id)).toEqual(['a']);
});
