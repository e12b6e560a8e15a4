import { describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { readRateSigns } from '../../lib/rebilly/rate-signs.ts';

/** 2026-11-21T00:00:00Z, and the same moment on a server whose clock is 90 s ahead. */
const NOW = Date.UTC(2026, 10, 21) as Instant;
const SERVER_DATE = new Date(NOW + 90_000).toUTCString();
const IN_FIVE_MINUTES = NOW / 1000 + 300;

describe('the reset is told by the size and shape of its value', () => {
  test.each([
    ['integer epoch seconds, as documented', 'x-ratelimit-retry-after', `${IN_FIVE_MINUTES}`, 300],
    ['epoch milliseconds', 'x-ratelimit-retry-after', `${IN_FIVE_MINUTES * 1000}`, 300],
    ['a small delta in seconds', 'x-ratelimit-retry-after', '120', 120],
    ['a fraction of a second', 'x-ratelimit-retry-after', '0.5', 0.5],
    ['ISO 8601', 'x-ratelimit-retry-after', '2026-11-21T00:05:00Z', 300],
    ['an HTTP date', 'x-ratelimit-retry-after', 'Sat, 21 Nov 2026 00:05:00 GMT', 300],
    ['plain Retry-After in seconds', 'retry-after', '45', 45],
    ['plain Retry-After as an HTTP date', 'retry-after', 'Sat, 21 Nov 2026 00:01:00 GMT', 60],
  ])('%s', (_, name, value, waitS) => {
    const { resetAt } = readRateSigns({ [name]: value }, NOW);
    expect((resetAt! - NOW) / 1000).toBe(waitS);
  });

  test.each([
    ['nothing', {}],
    ['an empty value', { 'x-ratelimit-retry-after': ' ' }],
    ['a word', { 'x-ratelimit-retry-after': 'soon' }],
  ])('%s names no reset', (_, headers) => {
    expect(readRateSigns(headers, NOW).resetAt).toBeUndefined();
  });

  test('the API’s own header goes before the plain one', () => {
    const headers = { 'x-ratelimit-retry-after': `${IN_FIVE_MINUTES}`, 'retry-after': '1' };
    expect(readRateSigns(headers, NOW).resetAt).toBe(NOW + 300_000);
  });

  test('a reset in the past is now', () => {
    const past = { 'x-ratelimit-retry-after': `${NOW / 1000 - 50}` };
    expect(readRateSigns(past, NOW).resetAt).toBe(NOW);
  });
});

test('an absolute reset is measured against the Date of the same answer', () => {
  const headers = { 'x-ratelimit-retry-after': `${IN_FIVE_MINUTES}`, date: SERVER_DATE };
  expect(readRateSigns(headers, NOW).resetAt).toBe(NOW + 210_000);
});

test('a delta needs no Date', () => {
  const headers = { 'retry-after': '30', date: SERVER_DATE };
  expect(readRateSigns(headers, NOW).resetAt).toBe(NOW + 30_000);
});

test.each([
  ['prefixed', { 'x-ratelimit-limit': '3600', 'x-ratelimit-remaining': '12' }],
  [
    'unprefixed, as the PHP SDK reads them',
    { 'rate-limit-limit': '3600', 'rate-limit-remaining': '12' },
  ],
])('limit and remaining are read %s', (_, headers) => {
  expect(readRateSigns(headers, NOW)).toMatchObject({ limit: 3600, remaining: 12 });
});

test('a limit that is no whole number is none', () => {
  const signs = readRateSigns({ 'x-ratelimit-limit': '-1', 'x-ratelimit-remaining': 'many' }, NOW);
  expect(signs).toMatchObject({ limit: undefined, remaining: undefined });
});
