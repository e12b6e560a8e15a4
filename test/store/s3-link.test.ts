import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { s3Link } from '../../lib/store/s3-link.ts';
import { NO_OTHER_CREDENTIALS, s3Environment } from '../world/s3-environment.ts';

const FROM = Date.UTC(2026, 10, 27, 8) as Instant;

/** Nobody listens there. */
const ENVIRONMENT = { ...s3Environment(9, 'access', 'secret'), ...NO_OTHER_CREDENTIALS };

beforeEach(() => {
  for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const anHour = () =>
  s3Link('s3://books/nights/a b.csv', {
    ...{ fileName: 'a b.csv', contentType: 'text/csv', from: FROM, lifeSeconds: 3_600 },
  });

test('a link says all that it may, and nothing else of the machine that made it', async () => {
  const { url, until } = await anHour();
  expect(until).toBe(FROM + 3_600_000);
  const { origin, pathname, searchParams } = new URL(url);
  expect(`${origin}${pathname}`).toBe('http://127.0.0.1:9/books/nights/a%20b.csv');
  const { 'X-Amz-Signature': _, ...rest } = Object.fromEntries(searchParams);
  expect(rest).toEqual({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    'X-Amz-Credential': 'access/20261127/us-east-1/s3/aws4_request',
    'X-Amz-Date': '20261127T080000Z',
    'X-Amz-Expires': '3600',
    'X-Amz-SignedHeaders': 'host',
    'response-content-disposition': 'attachment; filename="a b.csv"',
    'response-content-type': 'text/csv',
    'x-amz-checksum-mode': 'ENABLED',
    'x-id': 'GetObject',
  });
});

test.each([
  ['sooner than asked for, where its credentials do', 20, 20],
  ['as asked for, where they outlive it', 90, 60],
])('a link ends %s', async (_title, credentialMinutes, minutes) => {
  const end = new Date(FROM + credentialMinutes * 60_000).toISOString();
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', end);
  expect((await anHour()).until).toBe(FROM + minutes * 60_000);
});

test.each<[string, string[], string, RegExp]>([
  [
    'credentials',
    ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
    'DESTINATION_UNREADABLE',
    /no AWS credentials for bucket 'books'/,
  ],
  ['a region', ['AWS_REGION'], 'DESTINATION_INVALID', /no region says where bucket 'books' is/],
])('without %s there is no link', async (_title, absent, code, message) => {
  for (const name of absent) vi.stubEnv(name, undefined);
  await expect(anHour()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});
