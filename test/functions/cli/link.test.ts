import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../../functions/open-store.ts';
import type { Manifest } from '../../../lib/contract.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import { type Files, manifestIn, seal, smallSnapshot } from '../../snapshot/small-snapshot.ts';
import { type Outcome, tieout, typed } from '../../world/command-line.ts';
import { NO_OTHER_CREDENTIALS, type S3World } from '../../world/s3-environment.ts';
import { startS3rver } from '../../world/s3rver.ts';

const NIGHT = 's3://books/tieout/period=2026-11-20/run=20261121T061500Z';
const VIEW = 's3://books/view';
const RANGE = 's3://books/range';
const DAMAGED = 's3://books/damaged';

let world: S3World;
let env: Readonly<Record<string, string>>;
let folder: string;
let files: Files;

beforeAll(async () => {
  world = await startS3rver();
  env = { ...NO_OTHER_CREDENTIALS, ...world.environment };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const client = new S3Client();
  await client.send(new CreateBucketCommand({ Bucket: 'books' }));
  client.destroy();
  folder = await mkdtemp(join(tmpdir(), 'tieout-link-'));
  files = await snapshotAt(NIGHT);
  await snapshotAt(folder);
  await snapshotAt(VIEW, { view: 'abc' });
  const { scope } = manifestIn(files);
  await snapshotAt(RANGE, { scope: { ...scope, firstDay: '2026-11-01', lastDay: '2026-11-30' } });
  await (await openStore(DAMAGED)).put('manifest.json', '{}');
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
  await world.close();
});

/** A small snapshot with a page and a file in a folder, whose rows nobody counts here. */
async function snapshotAt(place: string, changes: Partial<Manifest> = {}): Promise<Files> {
  const snapshot = await smallSnapshot();
  snapshot.set('report.html', Buffer.from('<!doctype html><title>Größe</title>'));
  snapshot.set('inputs/absent.csv', Buffer.from('id\r\n'));
  const { digest: _, ...content } = manifestIn(snapshot);
  const more = ['report.html', 'inputs/absent.csv'].map((name) => ({
    ...content.files[0]!,
    ...{ name, table: name },
  }));
  seal(snapshot, { ...content, ...changes, files: [...content.files, ...more] });
  const store = await openStore(place);
  for (const [name, bytes] of snapshot) await store.put(name, bytes.toString('utf8'));
  return snapshot;
}

async function linkedBy(outcome: Promise<Outcome>): Promise<{ head: string; answer: Response }> {
  const { exitCode, stdout, stderr } = await outcome;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const [head = '', url = '', ...rest] = stdout.split('\n');
  expect(rest).toEqual(['']);
  return { head, answer: await fetch(url) };
}

const nameTold = ({ headers }: Response) =>
  /^attachment; filename="(.*)"$/.exec(headers.get('content-disposition') ?? '')?.[1];

describe('tieout link', () => {
  test('in a process of its own, prints a link by which a file is downloaded', async () => {
    const { head, answer } = await linkedBy(tieout(['link', NIGHT, 'transactions.csv'], { env }));
    expect(head).toMatch(
      /^2026-11-20 transactions\.csv, for whoever has this link until \S+T\S+Z:$/,
    );
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.equals(files.get('transactions.csv')!)).toBe(true);
  });

  test.each([
    [NIGHT, [], '2026-11-20 report.html', 'text/html; charset=utf-8'],
    [NIGHT, ['transactions-2.csv'], '2026-11-20 transactions-2.csv', 'text/csv; charset=utf-8'],
    [NIGHT, ['inputs/absent.csv'], '2026-11-20 inputs absent.csv', 'text/csv; charset=utf-8'],
    [NIGHT, ['manifest.json'], '2026-11-20 manifest.json', 'application/json'],
    [VIEW, [], '2026-11-20 view report.html', 'text/html; charset=utf-8'],
    [`${RANGE}/`, [], '2026-11-01_2026-11-30 report.html', 'text/html; charset=utf-8'],
  ])('%s %j is saved as %s', async (place, file, fileName, contentType) => {
    const { head, answer } = await linkedBy(typed(['link', place, ...file]));
    expect(head.split(',')[0]).toBe(fileName);
    expect(answer.status).toBe(200);
    expect(nameTold(answer)).toBe(fileName);
    expect(answer.headers.get('content-type')).toBe(contentType);
  });

  test.each([
    [[], '2026-11-27T13:00:00Z', '3600'],
    [['--minutes', '1'], '2026-11-27T12:01:00Z', '60'],
    [['--minutes', '720'], '2026-11-28T00:00:00Z', '43200'],
  ])('%j ends at %s', async (flags, until, seconds) => {
    const now = () => Date.UTC(2026, 10, 27, 12) as Instant;
    const clock = { now, wait: async () => undefined };
    const { stdout } = await typed(['link', NIGHT, '--json', ...flags], { clock });
    const { url, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({ fileName: '2026-11-20 report.html', until });
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe(seconds);
  });
});

describe('there is no link', () => {
  test.each<[string, string[], number, RegExp]>([
    [
      'to a file that the snapshot does not have',
      [NIGHT, 'transaction.csv'],
      2,
      /^FILE_UNKNOWN: .* no file 'transaction\.csv'\. It has transactions\.csv, .*report\.html, .*\./,
    ],
    ['to what is beside the snapshot', [NIGHT, '../latest.json'], 2, /^FILE_UNKNOWN: /],
    ['to no snapshot', ['s3://books/nothing'], 2, /^SNAPSHOT_MISSING: /],
    ['into no bucket', ['s3://nowhere/night'], 2, /^DESTINATION_INVALID: .* no bucket 'nowhere'/],
    ['into a damaged snapshot', [DAMAGED], 1, /^SNAPSHOT_DAMAGED: /],
    ['into a bucket of others', ['gs://books/night'], 2, /^DESTINATION_INVALID: 'gs:/],
    [
      'for no time',
      [NIGHT, '--minutes', '0'],
      2,
      /^FLAG_INVALID: --minutes is '0'\. .* 1 to 720\./,
    ],
    ['for longer than a day of work', [NIGHT, '--minutes', '721'], 2, /^FLAG_INVALID: .*'721'/],
    ['for half a minute', [NIGHT, '--minutes', '0.5'], 2, /^FLAG_INVALID: --minutes is '0\.5'/],
  ])('%s', async (_title, args, exitCode, line) => {
    const { stderr, ...rest } = await typed(['link', ...args]);
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^[A-Z_]+: [^\n]+\.\n$/);
    expect(rest).toEqual({ exitCode, stdout: '' });
  });

  test('into a directory: the file itself is named instead', async () => {
    const { stderr, ...rest } = await typed(['link', folder]);
    const path = join(folder, 'report.html');
    expect(stderr).toMatch(/^FLAG_INVALID: '.*' is a directory, and no link leads into one\. /);
    expect(stderr).toContain(`Hand over the file itself: '${path}'.`);
    expect(rest).toEqual({ exitCode: 2, stdout: '' });
    expect((await typed(['link', folder, 'none'])).stderr).toMatch(/^FILE_UNKNOWN: /);
  });

  test('without credentials, in a process of its own', async () => {
    const { AWS_ENDPOINT_URL_S3, AWS_REGION } = world.environment;
    const nobody = { ...NO_OTHER_CREDENTIALS, AWS_ENDPOINT_URL_S3, AWS_REGION };
    const { stderr, ...rest } = await tieout(['link', NIGHT], { env: nobody });
    expect(stderr).toMatch(/^DESTINATION_UNREADABLE: .* no AWS credentials for bucket 'books'/);
    expect(rest).toEqual({ exitCode: 1, stdout: '' });
  });
});
