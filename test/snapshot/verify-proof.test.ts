import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../lib/contract.ts';
import { manifestIn, problemsOf, seal, smallSnapshot } from './small-snapshot.ts';

const whole = await smallSnapshot();

describe('a proof that contradicts itself is found:', () => {
  const lanes = manifestIn(whole).proof;
  const last = lanes.length - 1;

  test.each<[string, Manifest['proof'], string]>([
    ['counts differ', lanes.with(0, { ...lanes[0]!, countedAfter: 9 }), 'counted 2 and 9 rows'],
    ['counts differ from before', lanes.with(0, { ...lanes[0]!, countedBefore: 9 }), 'counted 9'],
    ['rows were not received', lanes.with(0, { ...lanes[0]!, received: 1 }), 'and received 1'],
    [
      'lanes leave a gap',
      lanes.with(1, { ...lanes[1]!, from: '2026-11-20T01:16:00Z' }),
      'begins at',
    ],
    ['the first begins late', lanes.with(0, { ...lanes[0]!, from: lanes[0]!.to }), 'begins at'],
    ['the last ends early', lanes.with(last, { ...lanes[last]!, to: lanes[last]!.from }), 'end at'],
    ['a lane is missing', lanes.slice(1), 'begins at'],
    ['a collection has none', lanes.slice(0, 2), 'credit-memos'],
    [
      'more was kept than received',
      lanes.with(0, { ...lanes[0]!, kept: 3 }),
      'kept 3 rows of the 2',
    ],
    ['fewer were kept than stand there', lanes.with(0, { ...lanes[0]!, kept: 1 }), 'kept 6 rows'],
  ])('%s', async (_fact, proof, text) => {
    const files = new Map(whole);
    seal(files, { ...manifestIn(files), proof });
    expect((await problemsOf(files)).join('\n')).toContain(text);
  });

  test('lanes may be named in any order', async () => {
    const files = new Map(whole);
    seal(files, { ...manifestIn(files), proof: lanes.toReversed() });
    expect(await problemsOf(files)).toEqual([]);
  });

  test('memos alone are a snapshot of memos', async () => {
    const files = new Map(whole);
    const manifest = manifestIn(files);
    seal(files, { ...manifest, scope: { ...manifest.scope, collections: ['credit-memos'] } });
    // Its totals still hold the transactions: that is the only thing wrong with it.
    const problems = await problemsOf(files);
    expect(problems.every((problem) => problem.startsWith('control-totals.csv'))).toBe(true);
  });
});
