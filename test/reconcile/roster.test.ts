import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHAPTERS, ROSTER } from '../../lib/reconcile/roster.ts';
import { gracesInForce } from '../../lib/reconcile/settings.ts';

/** The catalogue, pinned: a rule that is lost, renamed or softened is seen here. */
const PINNED = `
flagged-by-gateway high mismatch event
refund-exceeds-parent critical mismatch state
refund-currency-differs high mismatch state
parent-missing high mismatch state
parent-status-stale medium mismatch state
child-link-broken medium mismatch state
capture-exceeds-authorization critical mismatch state
authorization-expiring medium timing state graceDays=5 lapseDays=30
duplicate-charge high mismatch state withinMinutes=10
duplicate-request-id high mismatch state withinHours=24
duplicate-gateway-reference critical mismatch state
outcome-unknown high timing state cardDays=1 otherDays=7
status-contradicts-result medium mismatch state
unreconciled medium timing state graceDays=3
unsettled medium timing state graceDays=7
settled-before-processed medium mismatch state toleranceDays=1
amount-adjusted medium mismatch state
dcc-inconsistent medium mismatch state
disputed-and-refunded critical mismatch state
dispute-response-needed high mismatch state
amount-precision medium mismatch state
currency-missing medium mismatch state
report-rate-outlier low mismatch state percent=5 leastRows=5
unapplied-payment low mismatch state sharePercent=80
memo-total medium mismatch state
memo-tax medium mismatch state
memo-unused critical mismatch state
memo-over-allocated critical mismatch state
memo-status medium mismatch state
memo-voided-in-use high mismatch state
memo-allocation-currency high mismatch state
memo-number-gap low mismatch state
memo-transaction-missing high mismatch state
memo-transaction-wrong-kind high mismatch state graceDays=7
memo-exceeds-transaction critical mismatch state
compensated-twice high mismatch state
chargeback-memo-without-dispute medium mismatch state
restated high mismatch event
vanished critical mismatch event
appeared high mismatch event
revision-went-back medium mismatch event
volume-outlier medium mismatch event leastPercent=20`;

test('the roster is the catalogue', () => {
  const lines = ROSTER.map(({ id, severity, class: kind, nature, thresholds }) => {
    const numbers = Object.entries(thresholds).map(([name, { value }]) => `${name}=${value}`);
    return [id, severity, kind, nature, ...numbers].join(' ');
  });
  expect(lines).toEqual(PINNED.trim().split('\n'));
  expect(Object.values(CHAPTERS).map((rules) => rules.length)).toEqual([24, 8, 5, 5]);
});

test('every file of a rule is in the roster, under its name', () => {
  const folder = join(import.meta.dirname, '../../lib/reconcile/rules');
  const files = readdirSync(folder).map((name) => name.replace('.ts', ''));
  expect(ROSTER.map(({ id }) => id).sort()).toEqual(files.sort());
});

test('business days come of age at these ages', () => {
  expect(gracesInForce({})).toEqual([1, 3, 5, 7, 30]);
  expect(gracesInForce({ unreconciled: { graceDays: 4 }, unsettled: { enabled: false } })).toEqual([
    1, 4, 5, 7, 30,
  ]);
});

test('sentences name only what there is', () => {
  for (const { id, expected, found, action, thresholds, question } of ROSTER) {
    const numbers = Object.entries(thresholds).map(([name, { value }]) => [name, value] as const);
    const sql = question(Object.fromEntries(numbers));
    const names = [expected, found, action].join(' ').matchAll(/\{(\w+)\}/g);
    for (const [, name] of names) {
      const isKnown = name! in thresholds || new RegExp(`\\b${name}\\b`).test(sql);
      expect(isKnown, `${id}: {${name}}`).toBe(true);
    }
  }
});
