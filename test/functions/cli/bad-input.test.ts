import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '../../../lib/model/instant.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { type Outcome, tieout, typed } from '../../world/command-line.ts';
import { type Books, ENV, filesBelow, KEY, openBooks } from '../books.ts';

const DAY = '2026-03-02';
const RUN = ['run', '--date', DAY];

let books: Books;
let before: Map<string, string>;

beforeAll(async () => {
  const start = Date.UTC(2026, 2, 1) as Instant;
  const world = createWorld({ start, dayCount: 3, transactionCount: 900 });
  const config = { maxAttempts: 1 };
  books = await openBooks({ world, asOf: Date.UTC(2026, 2, 10) as Instant, config });
  await writeFile(books.at('broken.json'), '{"organizationId": ');
  await writeFile(books.at('unknown.json'), '{"organizationId": "org_1", "timezome": "UTC"}');
  await books.night('books', { from: DAY });
  before = await bytesBelow('books');
});

afterAll(() => books.close());

let stranger: Server | undefined;

afterEach(() => stranger?.close());

async function bytesBelow(dest: string): Promise<Map<string, string>> {
  const names = await filesBelow(books.at(dest));
  const texts = names.map((name) => readFile(join(books.at(dest), name), 'base64'));
  return new Map((await Promise.all(texts)).map((text, at) => [names[at]!, text]));
}

/** Types a command at the books, with the flags of the case after their own. */
function typedHere(args: readonly string[], env: NodeJS.ProcessEnv = ENV): Promise<Outcome> {
  const [command = '', ...rest] = args;
  return typed([command, ...books.flags('books'), ...rest], { env });
}

async function expectRefusal(outcome: Outcome, code: string, exitCode: number): Promise<void> {
  expect(outcome.stderr).toMatch(new RegExp(`^${code}: [^\\n]+[.?)]\\n$`));
  expect(outcome.stderr).not.toMatch(/\bat .*\.ts:\d+|Error:/);
  expect(`${outcome.stderr}${outcome.stdout}`).not.toContain(KEY);
  expect(outcome).toMatchObject({ exitCode, stdout: '' });
  const published = await bytesBelow('books');
  expect(new Map([...published].filter(([name]) => !name.includes('/parts/')))).toEqual(before);
}

describe('bad input, told by one line before anybody is asked', () => {
  test.each<[string, string, string[], NodeJS.ProcessEnv?]>([
    ['a date that is none', 'DATE_INVALID', ['run', '--date', '2026-02-29']],
    ['a date in another notation', 'DATE_INVALID', ['run', '--date', '1.3.2026']],
    ['a reversed range', 'PERIOD_REVERSED', ['run', '--from', DAY, '--to', '2026-03-01']],
    ['a period that is not over', 'PERIOD_OPEN', ['run', '--date', '2999-01-01']],
    ['an unknown zone', 'ZONE_UNKNOWN', [...RUN, '--timezone', 'Europe/Wien']],
    ['an unknown flag', 'FLAG_INVALID', [...RUN, '--force-it']],
    ['an unknown configuration key', 'CONFIG_INVALID', [...RUN, '--config', 'unknown.json']],
    ['a configuration that is no JSON', 'CONFIG_UNREADABLE', [...RUN, '--config', 'broken.json']],
    ['a configuration that is not there', 'CONFIG_UNREADABLE', [...RUN, '--config', 'none.json']],
    ['no key', 'KEY_MISSING', RUN, {}],
    ['an empty key', 'KEY_MISSING', RUN, { REBILLY_API_KEY: ' ' }],
    ['an organization that is no id', 'ORGANIZATION_INVALID', [...RUN, '--organization', 'a/../b']],
    ['an address in the clear', 'BASE_URL_INVALID', [...RUN, '--base-url', 'http://example.com']],
    ['a filter on our own field', 'FILTER_INVALID', [...RUN, '--filter', 'createdTime:..2026']],
    ['a filter with quotes', 'FILTER_INVALID', [...RUN, '--filter', 'type:"sale"']],
    ['a filter by a list of Rebilly’s', 'FILTER_INVALID', [...RUN, '--filter', 'type:@mine']],
    ['another zone than the books’', 'DESTINATION_DIFFERS', [...RUN, '--timezone', 'Asia/Tokyo']],
    [
      'another environment',
      'DESTINATION_DIFFERS',
      [...RUN, '--base-url', 'https://api.rebilly.com'],
    ],
    ['a bucket that cannot be', 'DESTINATION_INVALID', [...RUN, '--dest', 's3://My_Books']],
    ['a bucket of others', 'DESTINATION_INVALID', [...RUN, '--dest', 'gs://books']],
    ['a bucket with one slash', 'DESTINATION_INVALID', [...RUN, '--dest', 's3:/books']],
  ])('%s', async (_title, code, args, env) => {
    const asked = books.simulator.requestCount;
    const at = args.indexOf('--config') + 1;
    const placed = at === 0 ? args : args.with(at, books.at(args[at]!));
    const outcome = await typedHere([...placed, '--quiet'], env);
    await expectRefusal(outcome, code, code === 'DESTINATION_DIFFERS' ? 1 : 2);
    expect(books.simulator.requestCount).toBe(asked);
  });
});

describe('an API that will not have it, told by one line', () => {
  test.each<[string, string, string[], NodeJS.ProcessEnv?]>([
    ['a refused key', 'KEY_REFUSED', RUN, { REBILLY_API_KEY: 'sk_other' }],
    ['a wrong organization', 'ORGANIZATION_UNKNOWN', [...RUN, '--organization', 'org_other']],
    ['a host where nobody is', 'HOST_UNREACHABLE', [...RUN, '--base-url', 'http://127.0.0.1:1']],
    ['a field that it does not know', 'REQUEST_REFUSED', [...RUN, '--filter', 'colour:red']],
  ])('%s', async (_title, code, args, env) => {
    await expectRefusal(await typedHere([...args, '--quiet'], env), code, 1);
  });

  test.each<[string, string, string, number, Record<string, string>]>([
    ['an object where an array belongs', 'ANSWER_INVALID', `{"key":"${KEY}"}`, 200, {}],
    ['a page for people', 'ANSWER_INVALID', `<html>\n${KEY}\n</html>`, 200, {}],
    ['an array without its headers', 'ANSWER_INCOHERENT', '[]', 200, {}],
    ['a refusal that repeats the key', 'KEY_REFUSED', `{"detail":"no\\nkey ${KEY}"}`, 401, {}],
    ['a failure that repeats the key', 'API_FAILING', `{"title":"${KEY}"}`, 500, {}],
    [
      'another place to ask',
      'REDIRECT_REFUSED',
      '',
      302,
      { location: `http://127.0.0.1:9/${KEY}` },
    ],
  ])('%s', async (_title, code, body, status, headers) => {
    let keysSeen = 0;
    stranger = createServer((request, response) => {
      keysSeen += request.headers['reb-apikey'] === KEY ? 1 : 0;
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => stranger!.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    const flags = ['--quiet', '--debug', '--base-url', `http://127.0.0.1:${port}`];
    const { stderr, stdout, exitCode } = await typedHere([...RUN, ...flags]);
    expect(keysSeen).toBeGreaterThan(0);
    const [line = '', ...stack] = stderr.split('\n');
    expect(stack.join('\n')).toMatch(/^ {4}at /m);
    expect(stack.join('\n')).not.toContain(KEY);
    await expectRefusal({ stderr: `${line}\n`, stdout, exitCode }, code, 1);
  });
});

test('an unreachable host, in a process of its own: one line; with --debug its stack', async () => {
  const args = [...books.flags('books'), '--base-url', 'http://127.0.0.1:1', '--quiet'];
  const plain = await tieout([...RUN, ...args], { env: ENV });
  await expectRefusal(plain, 'HOST_UNREACHABLE', 1);
  const debug = await tieout([...RUN, ...args, '--debug'], { env: ENV });
  expect(debug.stderr).toMatch(/^HOST_UNREACHABLE: [^\n]+\nFault: .*\n {4}at /);
  expect(debug.stderr).not.toContain(KEY);
});

test('the key is in no file that a run writes', async () => {
  for (const [name, base64] of await bytesBelow('books')) {
    const bytes = Buffer.from(base64, 'base64');
    expect({ name, holdsKey: bytes.includes(KEY) }).toEqual({ name, holdsKey: false });
  }
});
