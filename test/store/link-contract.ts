import { describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { type S3LinkOptions, s3Link } from '../../lib/store/s3-link.ts';
import type { Store } from '../../lib/store/store.ts';
import { type Candidate, promised } from './promised.ts';

const MINUTE_MS = 60_000;

/** A link of a minute that began some minutes ago, to an object of the store. */
async function linkTo(
  store: Store,
  key: string,
  { minutesAgo = 0, ...options }: Partial<S3LinkOptions> & { readonly minutesAgo?: number } = {},
): Promise<string> {
  const { url } = await s3Link(store.locate(key), {
    fileName: '2026-11-20 a.csv',
    contentType: 'text/csv; charset=utf-8',
    from: (Date.now() - minutesAgo * MINUTE_MS) as Instant,
    lifeSeconds: 60,
    ...options,
  });
  return url;
}

/** What a link to an object of a bucket is good for, and what not. */
export function linkContract(name: string, candidate: Candidate): void {
  const { makeStore } = candidate;

  describe(`a link into ${name}`, () => {
    test.each([
      'organization=@~-.a_Z9/period=2026-11-20/a.csv',
      'with spaces & signs/100% a+b=(c)!.csv',
      'größe/大.csv',
    ])('downloads the bytes of %s without credentials', async (key) => {
      const store = await makeStore();
      await store.put(key, '\uFEFFbetrag\r\n1,50 €\r\n');
      const answer = await fetch(await linkTo(store, key));
      expect(answer.status).toBe(200);
      expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe('\uFEFFbetrag\r\n1,50 €\r\n');
    });

    test.each([
      ['2026-11-20 a.csv', 'text/csv; charset=utf-8', 'filename="2026-11-20 a.csv"'],
      [
        'Größe "大".html',
        'text/html; charset=utf-8',
        `filename="Gr__e ___.html"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22%E5%A4%A7%22.html`,
      ],
    ])('saves by the name %s, as %s', async (fileName, contentType, told) => {
      const store = await makeStore();
      await store.put('a', 'x');
      const { headers } = await fetch(await linkTo(store, 'a', { fileName, contentType }));
      expect(headers.get('content-type')).toBe(contentType);
      expect(headers.get('content-disposition')).toBe(`attachment; ${told}`);
    });

    test('is refused once its life is over', async () => {
      const store = await makeStore();
      await store.put('a', 'x');
      const statusOf = async (minutesAgo: number) =>
        (await fetch(await linkTo(store, 'a', { minutesAgo, lifeSeconds: 600 }))).status;
      expect([await statusOf(9), await statusOf(11)]).toEqual([200, 403]);
    });

    test('leads nowhere where nothing is: the bucket is not asked before', async () => {
      expect((await fetch(await linkTo(await makeStore(), 'nothing'))).status).toBe(404);
    });

    const changed = 'is refused when anything of it is changed';
    promised(candidate, 'signatures', changed, async (store) => {
      for (const key of ['a', 'b']) await store.put(key, 'x');
      const url = await linkTo(store, 'a');
      const others = [
        url.replace('/a?', '/b?'),
        url.replace('Expires=60', 'Expires=600'),
        url.replace('a.csv', 'b.csv'),
        url.replace(/(Signature=.*?)[0-9a-f]{8}/, '$100000000'),
      ];
      expect(new Set([url, ...others]).size).toBe(5);
      for (const other of others) expect((await fetch(other)).status).toBe(403);
      for (const method of ['PUT', 'DELETE']) {
        expect((await fetch(url, { method })).status).toBe(403);
      }
      expect(await store.text('a')).toBe('x');
    });
  });
}
