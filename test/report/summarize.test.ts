import { describe, expect, test } from 'vitest';
import { SEVERITIES } from '../../lib/model/discrepancy.ts';
import { summarize } from '../../lib/report/summarize.ts';
import { verdict } from '../../lib/report/verdict.ts';
import { complaints } from './complaints.ts';
import { merchant } from './merchant.ts';

const QUIET = { discrepancies: [], outcomes: [] };

describe('a summary', () => {
  test('is plain JSON', () => {
    const summary = summarize(merchant());
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  test('holds nothing of a rule that differs from run to run', () => {
    const outcomes = merchant().outcomes.map((one) => ({ ...one, elapsedMs: 17 }));
    expect(JSON.stringify(summarize(merchant({ outcomes })))).not.toContain('elapsed');
  });

  test('counts every discrepancy once, by severity and status', () => {
    const { discrepancies } = summarize(merchant());
    expect(discrepancies.map(({ severity }) => severity)).toEqual(SEVERITIES);
    const counts = discrepancies.flatMap((group) => Object.values(group.counts));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
    for (const { active, atRest, counts: own } of discrepancies) {
      expect(active).toHaveLength(own.new + own.open);
      expect(atRest).toHaveLength(own.resolved + own.acknowledged);
    }
  });

  test('stays small however many discrepancies there are, and keeps their order', () => {
    const all = complaints(5_000);
    const { discrepancies } = summarize(merchant({ discrepancies: all }));
    expect(discrepancies.every(({ active }) => active.length <= 50)).toBe(true);
    expect(discrepancies.every(({ atRest }) => atRest.length <= 20)).toBe(true);
    const waiting = all.filter(({ status }) => status === 'new' || status === 'open');
    expect(discrepancies[0]!.active).toEqual(
      waiting.filter(({ severity }) => severity === 'critical').slice(0, 50),
    );
  });

  test('shows corrections and counts what is normal life', () => {
    const { restatements } = summarize(merchant());
    expect(restatements).toMatchObject({ correctionCount: 3, lifecycleCount: 1 });
    expect(restatements.corrections.every(({ kind }) => kind === 'correction')).toBe(true);
  });

  test('has the last thirty days in order', () => {
    const { days } = merchant();
    const older = { ...days[0]!, day: '2026-10-01' };
    const summary = summarize(merchant({ days: [...days.toReversed(), older] }));
    expect(summary.days).toEqual(days);
  });

  test('tells lanes that agree from lanes that do not', () => {
    const { manifest } = merchant();
    expect(summarize(merchant()).completeness).toEqual([
      {
        collection: 'transactions',
        rowCount: 4404,
        countedRows: 4405,
        receivedRows: 4405,
        agrees: true,
        laneCount: 2,
        requestCount: 6,
      },
      {
        collection: 'credit-memos',
        rowCount: 20,
        countedRows: 20,
        receivedRows: 20,
        agrees: true,
        laneCount: 1,
        requestCount: 3,
      },
    ]);
    const [first, ...others] = manifest.proof;
    const proof = [{ ...first!, countedBefore: 2199 }, ...others];
    const { completeness } = summarize(merchant({ manifest: { ...manifest, proof } }));
    expect(completeness.map(({ agrees }) => agrees)).toEqual([false, true]);
  });
});

describe('the verdict', () => {
  const of = (...[changes]: Parameters<typeof merchant>) => verdict(summarize(merchant(changes)));
  const only = (severity: string, count: number) =>
    complaints(400)
      .filter((one) => one.severity === severity && one.status === 'new')
      .slice(0, count);

  test.each([
    ['nothing differs', [], 'ties', 'Friday, 20 November 2026 ties out: nothing differs.'],
    [
      'small matters',
      only('low', 2),
      'ties',
      'Friday, 20 November 2026 ties out, with 2 matters worth a look.',
    ],
    [
      'one discrepancy',
      only('medium', 1),
      'differs',
      'Friday, 20 November 2026 does not tie out: 1 discrepancy waits for you, none critical, 1 new.',
    ],
    [
      'several, of which one is small',
      [...only('critical', 3), ...only('low', 1)],
      'differs',
      'Friday, 20 November 2026 does not tie out: 4 discrepancies wait for you, 3 critical, 4 new.',
    ],
    [
      'all of them acknowledged',
      only('critical', 3).map((one) => ({ ...one, status: 'acknowledged' as const })),
      'ties',
      'Friday, 20 November 2026 ties out: nothing differs.',
    ],
  ])('with %s', (_, discrepancies, outcome, sentence) => {
    expect(of({ ...QUIET, discrepancies })).toEqual({ outcome, sentence });
  });

  test('is withheld where a rule failed', () => {
    const outcomes = merchant().outcomes.filter(({ error }) => error !== undefined);
    expect(of({ ...QUIET, outcomes }).outcome).toBe('unproven');
  });

  test('is withheld where one lane lacks a row, whatever else is found', () => {
    const { manifest } = merchant();
    const [first, ...others] = manifest.proof;
    const proof = [{ ...first!, countedAfter: first!.received + 1 }, ...others];
    expect(of({ manifest: { ...manifest, proof } }).outcome).toBe('unproven');
  });
});
