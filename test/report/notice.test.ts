import { describe, expect, test } from 'vitest';
import { failureNotice, publishedNotice } from '../../lib/report/notice.ts';
import { summarize } from '../../lib/report/summarize.ts';
import { hostile } from './hostile.ts';
import { giant, merchant } from './merchant.ts';

const ADDRESS = 's3://books/organization=org_1/period=2026-11-20/run=20261121T061500Z';

describe('the notice of a run', () => {
  const { subject, text } = publishedNotice(summarize(merchant()), ADDRESS);

  test('names the organization, the day and what waits in its subject', () => {
    expect(subject).toMatch(/^Tieout \S+ 2026-11-20: 28 discrepancies$/);
  });

  test('says what the verdict is, what came in, what is new and resolved, and where it lies', () => {
    expect(text).toMatch(/^Friday, 20 November 2026 does not tie out/);
    expect(text).toContain('proven complete');
    expect(text).toContain('USD: 275,614.02 in, 8,816.44 out, 266,797.58 net');
    expect(text).toContain('critical: 5 new, 1 open, 3 resolved');
    expect(text).toContain('May still change by itself:');
    expect(text).toContain(`  ${ADDRESS}/report.html`);
  });

  test('is short, however much was found', () => {
    expect(publishedNotice(summarize(giant()), ADDRESS).text.length).toBeLessThan(8_000);
  });

  test('has no link that dies', () => {
    expect(text).not.toMatch(/X-Amz-|https?:/);
  });

  test('has a subject that the topic takes, whatever the books hold', () => {
    const told = publishedNotice(hostile(summarize(merchant())), ADDRESS);
    expect(told.subject).toMatch(/^[\x20-\x7e]{1,99}$/);
  });
});

test('the notice of a failure says what failed, what is untouched and what to do', () => {
  const { subject, text } = failureNotice({
    organizationId: 'org_1',
    period: { firstDay: '2026-11-20', lastDay: '2026-11-20' },
    fault: { code: 'KEY_REFUSED', message: 'The API refused the key.', remedy: 'Put a valid one.' },
    again: 'the next night makes up for it by itself.',
  });
  expect(subject).toBe('Tieout org_1 2026-11-20 FAILED: KEY_REFUSED');
  expect(text).toContain('KEY_REFUSED: The API refused the key.');
  expect(text).toContain('every earlier snapshot is as it was');
  expect(text).toContain('Put a valid one.');
  expect(text).toContain('the next night makes up for it by itself.');
});

test.each<[string | undefined, string, string]>([
  ['org_1', 'Tieout org_1 FAILED: CONFIG_INVALID', 'No night of org_1 was begun.'],
  [undefined, 'Tieout FAILED: CONFIG_INVALID', 'No night was begun.'],
])(
  'a failure of %s before any night was begun is told as that',
  (organizationId, subject, text) => {
    const fault = { code: 'CONFIG_INVALID', message: 'It is not set.', remedy: 'Set it.' } as const;
    const again = 'the next night makes up for those that are missing.';
    const notice = failureNotice({ organizationId, fault, again });
    expect(notice.subject).toBe(subject);
    expect(notice.text.split('\n')[0]).toBe(text);
  },
);
