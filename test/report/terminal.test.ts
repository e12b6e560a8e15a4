import { describe, expect, test } from 'vitest';
import { summarize } from '../../lib/report/summarize.ts';
import { reportText } from '../../lib/report/terminal.ts';
import { complaints } from './complaints.ts';
import { hostile } from './hostile.ts';
import { merchant } from './merchant.ts';

const TEXT = reportText(summarize(merchant()));

describe('the terminal', () => {
  test('begins with the verdict and shows the same figures as the page', () => {
    expect(TEXT).toMatch(/^Friday, 20 November 2026 does not tie out: 28 discrepancies wait/);
    expect(TEXT).toContain('USD       275,614.02   8,816.44  266,797.58');
    expect(TEXT).toContain('KWD          889.271  1,097.394    -208.123');
    expect(TEXT).toContain('critical         5     1         3             1');
  });

  test('shows the ten worst with rule, difference, age, record and the id to acknowledge', () => {
    expect(TEXT.match(/^ {10}\S/gm)).toHaveLength(10);
    expect(TEXT).toContain(
      [
        'critical  memo-exceeds-transaction                          44.625 KWD   11 days',
        '          transaction txn_0YAEGYZZAZS2CDVTWVKW00090V  d0009f3a97c2b41e0',
      ].join('\n'),
    );
    expect(TEXT).toContain('and 18 more, in discrepancies.csv and report.html');
  });

  test.each([
    ['a common night', TEXT],
    ['a night of thousands', reportText(summarize(merchant({ discrepancies: complaints(9_000) })))],
    [
      'long ids',
      reportText(
        summarize(
          merchant({
            discrepancies: complaints().map((one) => ({ ...one, recordId: 'x'.repeat(50) })),
          }),
        ),
      ),
    ],
  ])('never writes past 80 columns: %s', (_, text) => {
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('of a night without findings is short', () => {
    const quiet = merchant({ discrepancies: [], outcomes: [], remarks: [] });
    expect(reportText(summarize(quiet))).toContain('ties out: nothing differs.');
    expect(reportText(summarize(quiet))).not.toContain('critical');
  });

  test('is not moved by what an id holds', () => {
    const moving = complaints().map((one) => ({ ...one, recordId: '\u001b[2J\u202etxn' }));
    const text = reportText(hostile(summarize(merchant({ discrepancies: moving }))));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});
