import { afterEach, describe, expect, test, vi } from 'vitest';
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

describe('what S3 refuses is one fault, with the bucket and what to do', () => {
  test.each<[string, S3Answer, string, RegExp, RegExp]>([
    [
      'a bucket that is not there',
      refusal(404, 'NoSuchBucket'),
      'DESTINATION_INVALID',
      /there is no bucket 'books' \(NoSuchBucket, HTTP 404\)/,
      /the name, the region/,
    ],
    [
      'another region, which is named',
      refusal(400, 'AuthorizationHeaderMalformed', { Region: 'eu-west-1' }),
      'DESTINATION_INVALID',
      /bucket 'books' is in another region, eu-west-1/,
      /AWS_REGION/,
    ],
    [
      'another region, by a redirect',
      refusal(301, 'PermanentRedirect'),
      'DESTINATION_INVALID',
      /bucket 'books' is in another region/,
      /AWS_REGION/,
    ],
    [
      'no right to it',
      refusal(403, 'AccessDenied'),
      'DESTINATION_UNWRITABLE',
      /bucket 'books' denies it/,
      /Allow them s3:PutObject and s3:AbortMultipartUpload on 'books'/,
    ],
    [
      'credentials of yesterday',
      refusal(400, 'ExpiredToken'),
      'DESTINATION_UNWRITABLE',
      /credentials for bucket 'books' have expired/,
      /Renew/,
    ],
    [
      'a key that S3 does not know',
      refusal(403, 'InvalidAccessKeyId'),
      'DESTINATION_UNWRITABLE',
      /credentials are refused for bucket 'books'/,
      /the key id/,
    ],
    [
      'a clock that is wrong',
      refusal(403, 'RequestTimeTooSkewed'),
      'DESTINATION_UNWRITABLE',
      /clock is too far from that of bucket 'books'/,
      /clock/,
    ],
    [
      'a quota that is used up',
      refusal(403, 'QuotaExceeded'),
      'DESTINATION_FULL',
      /bucket 'books' takes no more/,
      /quota/,
    ],
    [
      'a server without conditions',
      refusal(501, 'NotImplemented'),
      'DESTINATION_INVALID',
      /server of bucket 'books' lacks/,
      /conditional writes/,
    ],
    [
      'what nobody has heard of',
      refusal(418, 'Teapot'),
      'DESTINATION_UNWRITABLE',
      /'books' kept failing, 1 time \(Teapot, HTTP 418\)/,
      /Run again later/,
    ],
  ])('%s', async (_title, answer, code, message, remedy) => {
    const store = await storeOver(() => answer);
    const fault = { code, message: expect.stringMatching(message) };
    const told = { ...fault, remedy: expect.stringMatching(remedy) };
    await expect(store.put('a', '')).rejects.toMatchObject(told);
    await expect(store.assertWritable('a')).rejects.toMatchObject(told);
    const draft = await store.draft('a');
    await expect(draft.write(Buffer.alloc(6_000_000))).rejects.toMatchObject(told);
    await draft.discard();
    await expect(store.put('a', '', { onlyNew: true })).rejects.toMatchObject({ code });
  });

  test('a right to read that is missing is told as that', async () => {
    const store = await storeOver(() => refusal(403, 'AccessDenied'));
    const told = {
      code: 'DESTINATION_UNREADABLE',
      remedy: expect.stringContaining('s3:GetObject and s3:ListBucket'),
    };
    await expect(store.text('a')).rejects.toMatchObject(told);
    await expect(Array.fromAsync(store.read('a'))).rejects.toMatchObject(told);
    await expect(Array.fromAsync(store.list(''))).rejects.toMatchObject({
      code: 'DESTINATION_UNREADABLE',
      remedy: expect.stringContaining('s3:ListBucket'),
    });
    await expect(store.remove('a')).rejects.toMatchObject({
      code: 'DESTINATION_UNWRITABLE',
      remedy: expect.stringContaining('s3:DeleteObject'),
    });
  });

  test.each<[string, Record<string, string | undefined>, string, RegExp]>([
    [
      'no region',
      { AWS_REGION: undefined },
      'DESTINATION_INVALID',
      /no region says where.*'books'/,
    ],
    [
      'no credentials',
      { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
      'DESTINATION_UNWRITABLE',
      /no AWS credentials for bucket 'books'/,
    ],
    [
      'nobody at the address',
      { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' },
      'DESTINATION_UNWRITABLE',
      /bucket 'books' cannot be reached \(NetworkingError\)/,
    ],
  ])('%s, and nothing was asked', async (_title, env, code, message) => {
    const store = await storeOver(() => refusal(500, 'Unexpected'), env);
    const told = { code, message: expect.stringMatching(message) };
    await expect(store.put('a', '')).rejects.toMatchObject(told);
    expect(server.requests).toEqual([]);
  });
});
