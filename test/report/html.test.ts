import { describe, expect, test } from 'vitest';
import { reportHtml } from '../../lib/report/html.ts';
import { summarize } from '../../lib/report/summarize.ts';
import { complaints } from './complaints.ts';
import { hostile } from './hostile.ts';
import { merchant } from './merchant.ts';

const PAGE = reportHtml(summarize(merchant()));

/** The text between the tags, as a person reads it. */
function textOf(page: string): string {
  const body = page.slice(page.indexOf('<body>')).replaceAll('<', ' <');
  return body.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');
}

describe('the page', () => {
  test('is the same bytes for the same summary, also after a trip through JSON', () => {
    const summary = JSON.parse(JSON.stringify(summarize(merchant())));
    expect(reportHtml(summary)).toBe(PAGE);
  });

  test('goes from the verdict to its reasons', () => {
    const headings = [...PAGE.matchAll(/<h2 [^>]*>([^<]+)/g)].map(([, heading]) => heading);
    expect(headings).toEqual([
      'Completeness',
      'Money moved',
      'Discrepancies',
      'Restatements',
      'Readiness',
      'Last 30 days',
      'Gateway accounts',
      'Control totals',
      'Remarks',
    ]);
    expect(PAGE.indexOf('<h1')).toBeLessThan(PAGE.indexOf('<h2'));
  });

  test('skips no level of headings', () => {
    const levels = [...PAGE.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    levels.reduce((above, level) => {
      expect(level).toBeLessThanOrEqual(above + 1);
      return level;
    }, 0);
  });

  test('needs no script, no network and no file beside it', () => {
    expect(PAGE).not.toMatch(/<(script|img|iframe|link|object|embed|form|base)\b/);
    expect(PAGE).not.toMatch(/\b(src|srcset|action|background)=|url\(|@import|javascript:/);
    expect(PAGE).toContain(`content="default-src &#39;none&#39;;`);
    expect(PAGE.length).toBeLessThan(150_000);
  });

  test.each([
    ['the verdict', 'does not tie out: 28 discrepancies wait for you, 6 critical, 15 new'],
    ['the zone of its times', 'Time zone Europe/Vienna'],
    ['the period in that zone', 'From 2026-11-20 00:00:00 (UTC+1)'],
    ['the rows', '4,404 transactions and 20 credit memos'],
    ['an amount in dollars', 'In 2,549 275,614.02'],
    ['an amount in yen, without decimals', 'In 211 22,871,210'],
    ['an amount in dinar, with three', 'Net \u2212208.123'],
    ['a difference with its currency', 'Difference 44.625 KWD'],
    ['what to do', 'To do Ask the gateway which refund was paid out; void the other one.'],
    ['since when', 'open since 9 Nov · 11 days'],
    ['why more rows were received than kept', 'A row on the edge of two lanes'],
    ['a correction', '1,200.00 → 1,020.00'],
    ['a corrected time in the zone of the books', '2026-11-19 05:00:00 (UTC+1) → nothing'],
    ['its effect', '\u2212180.00 USD'],
    ['why a period is provisional', '15 outcomes unknown beyond their grace'],
    ['the night without snapshot', 'No snapshot: 8 Nov.'],
    ['a broken link of the chain', 'SNAPSHOT_DAMAGED'],
    ['a rule that failed', 'The rule memo-tax failed'],
    ['what was left empty', '1 cell is empty'],
  ])('tells %s', (_, text) => {
    expect(textOf(PAGE)).toContain(text);
  });

  test('leads to each record in the application', () => {
    const id = 'txn_0YAEGYZZAZS2CDVTWVKW00000V';
    expect(PAGE).toContain(`href="https://app.rebilly.com/org_northwind/transactions/${id}"`);
    const without = reportHtml(summarize(merchant({ linkTemplate: '' })));
    expect(without).toContain(id);
    expect(without).not.toContain('href="https:');
  });

  test('shows the first of thousands and says where the others are', () => {
    const summary = summarize(merchant({ discrepancies: complaints(6_000) }));
    const page = reportHtml(summary);
    const { counts, active } = summary.discrepancies[0]!;
    const left = (counts.new + counts.open - active.length).toLocaleString('en');
    const [told] = /And [\d,]+ [^.]*\.csv/.exec(textOf(page)) ?? [];
    expect(told).toBe(`And ${left} more: discrepancies.csv`);
    expect(page.length).toBeLessThan(600_000);
  });

  test('of a day with missing rows says so before any figure', () => {
    const { manifest } = merchant();
    const proof = manifest.proof.map((lane) => ({ ...lane, countedAfter: lane.received + 1 }));
    const text = textOf(reportHtml(summarize(merchant({ manifest: { ...manifest, proof } }))));
    expect(text).toContain('is not proven complete');
    expect(text).toContain('Rows are missing or too many');
    expect(text).not.toContain('Every row was read');
  });

  test('of an empty night says so and does not fail', () => {
    const empty = merchant({
      totals: [],
      discrepancies: [],
      restatements: [],
      readiness: [],
      outcomes: [],
      days: [],
      remarks: [],
    });
    const text = textOf(reportHtml(summarize(empty)));
    expect(text).toContain('ties out: nothing differs.');
    expect(text).toContain('No money moved.');
    expect(text).toContain('No rule found anything that differs.');
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });
});

describe('texts from outside', () => {
  test('stay text wherever they stand', () => {
    const page = reportHtml(hostile(summarize(merchant())));
    const tags = (text: string) => text.match(/<[a-z!/][^\s>]*/gi) ?? [];
    const known = new Set(tags(PAGE));
    expect(tags(page).filter((tag) => !known.has(tag))).toEqual([]);
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u202e');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});
