import { expect, test } from 'vitest';
import { contentDisposition } from '../../lib/store/content-disposition.ts';

test.each([
  ['2026-11-20 transactions.csv', 'attachment; filename="2026-11-20 transactions.csv"'],
  ["it's (a) *.csv", `attachment; filename="it's (a) *.csv"`],
  [
    'größe 大.csv',
    `attachment; filename="gr__e _.csv"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%E5%A4%A7.csv`,
  ],
  ["ä'(*)", `attachment; filename="_'(*)"; filename*=UTF-8''%C3%A4%27%28%2A%29`],
  ['a".csv', `attachment; filename="a_.csv"; filename*=UTF-8''a%22.csv`],
  ['a\\b', `attachment; filename="a_b"; filename*=UTF-8''a%5Cb`],
  ['100%20', `attachment; filename="100_20"; filename*=UTF-8''100%2520`],
  [
    'a\r\nSet-Cookie: b',
    `attachment; filename="a__Set-Cookie: b"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b`,
  ],
])('a browser is told to save as %j, in no other words', (fileName, header) => {
  expect(contentDisposition(fileName)).toBe(header);
});
