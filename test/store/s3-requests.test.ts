import { crc32 } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PART_BYTES } from '../../lib/store/s3-upload.ts';
import type { Store } from '../../lib/store/store.ts';
import { refusal, type S3Answer, type ScriptedS3 } from '../world/scripted-s3.ts';
import { openScripted } from './scripted-store.ts';

let server: ScriptedS3;

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

async function storeOver(...script: Parameters<typeof openScripted>): Promise<Store> {
  const opened = await openScripted(...script);
  server = opened.server;
  return opened.store;
}

async function bytesOf(store: Store, key: string): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(store.read(key)));
}

describe('what passes by itself is waited for', () => {
  test('a bucket that asks for fewer requests, or fails, is asked again', async () => {
    const store = await storeOver((_request, number) => {
      if (number === 1) return refusal(503, 'SlowDown');
      return number === 2
        ? refusal(500, 'InternalError')
        : { status: 200, headers: { etag: '"1"' } };
    });
    await store.put('a', 'text');
    expect(server.requests.map(({ body }) => body)).toEqual(['text', 'text', 'text']);
  });

  test('one that never stops is told with the number of attempts', async () => {
    const store = await storeOver(() => refusal(500, 'InternalError'));
    await expect(store.put('a', '')).rejects.toMatchObject({
      code: 'DESTINATION_UNWRITABLE',
      message: expect.stringContaining("bucket 'books' kept failing, 6 times"),
    });
    expect(server.requests).toHaveLength(6);
  });

  test('an answer that was lost is not taken for another writer', async () => {
    let standing: string | undefined;
    const store = await storeOver(({ line, body }) => {
      if (line.startsWith('GET')) return { status: 200, headers: { etag: '"1"' }, body: standing! };
      if (standing !== undefined) return refusal(412, 'PreconditionFailed');
      standing = body;
      return refusal(500, 'InternalError');
    });
    await store.put('manifest.json', 'mine', { onlyNew: true });
    expect(standing).toBe('mine');
    standing = 'another';
    await expect(store.put('manifest.json', 'mine', { onlyNew: true })).rejects.toMatchObject({
      code: 'SNAPSHOT_EXISTS',
    });
  });

  test('a write that meets another on its way is sent again', async () => {
    const store = await storeOver((_request, number) =>
      number < 3 ? refusal(409, 'ConditionalRequestConflict') : { status: 200 },
    );
    await store.put('manifest.json', 'mine', { onlyNew: true });
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual(['*', '*', '*']);
  });

  test('others who are quicker for ever are told', async () => {
    let version = 0;
    const store = await storeOver(({ line }) => {
      version += 1;
      return line.startsWith('GET')
        ? { status: 200, headers: { etag: `"${version}"` }, body: 'theirs' }
        : refusal(412, 'PreconditionFailed');
    });
    await expect(store.update('latest.json', () => 'mine')).rejects.toMatchObject({
      code: 'DESTINATION_UNWRITABLE',
      message: expect.stringContaining('others keep writing it'),
    });
  });
});

describe('bytes', () => {
  const BYTES = 'x'.repeat(100_000);
  const checksum = (text: string | Buffer) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(text));
    return {
      'x-amz-checksum-crc32': bytes.toString('base64'),
      'x-amz-checksum-type': 'FULL_OBJECT',
    };
  };

  test.each([
    ['with a checksum', checksum(BYTES)],
    ['without one', {}],
  ])('are read on where a connection broke, %s', async (_title, sum) => {
    const store = await storeOver(({ headers }, number) => {
      const from = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
      const answer = { headers: { etag: '"1"', ...(from === 0 && sum) }, body: BYTES.slice(from) };
      return { status: from === 0 ? 200 : 206, ...answer, ...(number < 3 && { breakAt: 40_000 }) };
    });
    expect((await bytesOf(store, 'a')).toString()).toBe(BYTES);
    expect(server.requests.map(({ headers }) => headers['if-match'])).toEqual([
      undefined,
      '"1"',
      '"1"',
    ]);
  });

  test('of a connection that breaks for ever are a fault', async () => {
    const store = await storeOver(() => ({ status: 200, body: BYTES, breakAt: 40_000 }));
    await expect(bytesOf(store, 'a')).rejects.toMatchObject({
      code: 'DESTINATION_UNREADABLE',
      message: expect.stringContaining("bucket 'books' cannot be reached"),
    });
  });

  test('that contradict their checksum are a fault', async () => {
    const store = await storeOver(() => ({ status: 200, headers: checksum('y'), body: BYTES }));
    const told = {
      code: 'DESTINATION_UNREADABLE',
      message: expect.stringContaining("bytes of bucket 'books' were changed on their way"),
    };
    await expect(bytesOf(store, 'a')).rejects.toMatchObject(told);
    await expect(store.text('a')).rejects.toMatchObject(told);
  });

  test('go with their checksum, part by part and whole', async () => {
    const store = await storeOver(({ line }) => ({
      status: 200,
      headers: { etag: '"1"' },
      body: line.startsWith('POST') ? '<Result><UploadId>up-1</UploadId></Result>' : '',
    }));
    const bytes = Buffer.alloc(6_000_000, 'x');
    const draft = await store.draft('a');
    await draft.write(bytes);
    await draft.publish();
    const told = server.requests.map(({ line, headers }) => [
      line.replace(/.x-id=\w+/, '').replace('/books/tieout/a?', ''),
      headers['x-amz-checksum-crc32'],
      headers['x-amz-checksum-type'],
      headers['x-amz-mp-object-size'],
    ]);
    const sum = (part: Buffer) => checksum(part)['x-amz-checksum-crc32'];
    const [first, second] = [bytes.subarray(0, PART_BYTES), bytes.subarray(PART_BYTES)];
    expect(told).toEqual([
      ['POST uploads=', undefined, 'FULL_OBJECT', undefined],
      ['GET /books/?prefix=tieout%2Fa&uploads=', undefined, undefined, undefined],
      ['PUT partNumber=1&uploadId=up-1', sum(first), undefined, undefined],
      ['PUT partNumber=2&uploadId=up-1', sum(second), undefined, undefined],
      ['POST uploadId=up-1', sum(bytes), 'FULL_OBJECT', '6000000'],
    ]);
  });
});

describe('uploads that killed runs left', () => {
  const upload = (key: string, id: string, at: string) =>
    `<Upload><Key>tieout/${key}</Key><UploadId>${id}</UploadId><Initiated>${at}</Initiated></Upload>`;

  async function endedBy(answerToList: S3Answer): Promise<string[]> {
    const store = await storeOver(({ line }) => {
      if (line.startsWith('GET')) return answerToList;
      return { status: 200, headers: { etag: '"1"' }, body: '<R><UploadId>fresh</UploadId></R>' };
    });
    const draft = await store.draft('run=2/a');
    await draft.write(Buffer.alloc(6_000_000));
    await draft.publish();
    const ends = server.requests.filter(({ line }) => line.startsWith('DELETE'));
    return ends.map(({ line }) => /uploadId=([^&]+)/.exec(line)![1]!);
  }

  test('a day ago are ended by the next that begins one, and no younger ones', async () => {
    const uploads = [
      upload('run=1/a', 'dead', '2026-11-20T09:59:59.000Z'),
      upload('run=1/b', 'alive', '2026-11-20T10:00:01.000Z'),
      upload('run=2/a', 'fresh', '2026-11-21T10:00:00.000Z'),
    ];
    const body = `<ListMultipartUploadsResult>${uploads.join('')}</ListMultipartUploadsResult>`;
    expect(await endedBy({ status: 200, body })).toEqual(['dead']);
  });

  test('are left to the bucket where nobody may list them', async () => {
    expect(await endedBy(refusal(403, 'AccessDenied'))).toEqual([]);
  });
});
