import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportHtml } from '../../lib/report/html.ts';
import { summarize } from '../../lib/report/summarize.ts';
import { open, type Sheet, startBrowser } from './browser.ts';
import { complaints } from './complaints.ts';
import { hostile } from './hostile.ts';
import { giant, merchant } from './merchant.ts';
import { complaintsOf, unfold } from './sight.ts';

const PHONE = { width: 360, height: 740, media: 'screen' } as const;
const LAPTOP = { width: 1366, height: 768, media: 'screen' } as const;
/** A4 less its margins of 15 mm, at CSS's 96 dots an inch. */
const PAPER = { width: 680, height: 992, media: 'print' } as const;

const SHEETS: readonly (readonly [string, Sheet])[] = [
  ['a phone', { ...PHONE, scheme: 'light' }],
  ['a phone in the dark', { ...PHONE, scheme: 'dark' }],
  ['a laptop', { ...LAPTOP, scheme: 'light' }],
  ['a laptop in the dark', { ...LAPTOP, scheme: 'dark' }],
  ['a tablet', { width: 768, height: 1024, media: 'screen', scheme: 'light' }],
  ['paper', { ...PAPER, scheme: 'light' }],
  ['paper, printed from a dark screen', { ...PAPER, scheme: 'dark' }],
];

/** 8 pt on paper, 11 px on a screen: below that a figure is guessed rather than read. */
const SMALLEST_PX = { screen: 11, print: 8.9 };

const PAGES: readonly (readonly [string, string])[] = [
  ['a common night', reportHtml(summarize(merchant()))],
  ['a night of giant figures and long ids', reportHtml(summarize(giant()))],
  ['a night of thousands', reportHtml(summarize(merchant({ discrepancies: complaints(4_000) })))],
  ['a quiet night', reportHtml(summarize(merchant({ discrepancies: [], outcomes: [], days: [] })))],
];

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

describe.each(SHEETS)('on %s', (_, sheet) => {
  test.each(PAGES)('everything of %s can be read, folded and unfolded', async (_night, html) => {
    const { page, requests } = await open(browser, html, sheet);
    expect(await complaintsOf(page, SMALLEST_PX[sheet.media])).toEqual([]);
    await unfold(page);
    expect(await complaintsOf(page, SMALLEST_PX[sheet.media])).toEqual([]);
    expect(requests).toEqual([]);
    await page.context().close();
  });

  test('axe finds nothing that hinders anybody', async () => {
    const { page } = await open(browser, PAGES[0]![1], sheet);
    await unfold(page);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.context().close();
  });
});

test.each([
  ['what is folded on the screen is printed', PAPER, true],
  ['and is folded on the screen', LAPTOP, false],
] as const)('%s', async (_, sheet, shown) => {
  const { page } = await open(browser, PAGES[0]![1], { ...sheet, scheme: 'light' });
  const seen = await page.evaluate<boolean[]>(
    `[...document.querySelectorAll('details > :last-child')].map((one) => one.checkVisibility())`,
  );
  expect(seen.length).toBeGreaterThan(10);
  expect(new Set(seen)).toEqual(new Set([shown]));
  await page.context().close();
});

test('a printed page is A4, and nobody has to carry a ream', async () => {
  const { page } = await open(browser, PAGES[0]![1], { ...PAPER, scheme: 'light' });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
  expect(boxes.length).toBeGreaterThan(2);
  expect(boxes.length).toBeLessThan(20);
  for (const [, width, height] of boxes) {
    expect(Number(width)).toBeCloseTo(595, -1);
    expect(Number(height)).toBeCloseTo(842, -1);
  }
  await page.context().close();
});

test('no text from outside becomes a script, a picture or a style', async () => {
  const html = reportHtml(hostile(summarize(merchant())));
  const { page, requests } = await open(browser, html, { ...LAPTOP, scheme: 'light' });
  const count = (selector: string) => page.locator(selector).count();
  expect(await count('script, img, iframe, [onerror], [onclick]')).toBe(0);
  expect(await count('style')).toBe(1);
  expect(await page.locator('h1').count()).toBe(1);
  expect(requests).toEqual([]);
  await page.context().close();
});
