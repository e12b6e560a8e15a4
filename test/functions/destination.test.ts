import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Outcome, TIEOUT } from '../world/command-line.ts';
import { type Books, digestsOf, ENV, filesBelow } from './books.ts';
import { DAY, openStandingBooks } from './broken-run.ts';

const RUN = ['run', '--date', DAY, '--quiet'];
const MARK = 'organization=org_simulated/destination.json';

let books: Books;

beforeAll(async () => {
  books = await openStandingBooks();
});

afterAll(() => books.close());

describe('a destination that holds snapshots', () => {
  let files: string[];

  beforeAll(async () => {
    await books.night('held', { from: DAY });
    files = await filesBelow(books.at('held'));
  });

  test('says which environment and zone they are of', async () => {
    const mark = JSON.parse(await readFile(join(books.at('held'), MARK), 'utf8'));
    expect(mark).toEqual({ environment: 'local', timezone: 'UTC' });
  });

  test.each([
    ['another zone', ['--timezone', 'Europe/Vienna'], /timezone 'UTC', .* 'Europe\/Vienna'/],
    ['live', ['--base-url', 'https://api.rebilly.com'], /environment 'local', .* 'live'/],
    ['the sandbox', ['--base-url', 'https://api-sandbox.rebilly.com'], /'sandbox'/],
  ])('takes none of %s, and asks nobody', async (_title, flags, what) => {
    const before = books.simulator.requestCount;
    const { exitCode, stderr } = await books.type('held', [...RUN, ...flags]);
    expect(stderr).toMatch(/^DESTINATION_DIFFERS: [^\n]+\n$/);
    expect(stderr).toMatch(what);
    expect(exitCode).toBe(1);
    expect(books.simulator.requestCount).toBe(before);
    expect(await filesBelow(books.at('held'))).toEqual(files);
  });

  test('takes those of its own', async () => {
    expect(await books.type('held', RUN)).toMatchObject({ exitCode: 0 });
  });
});

test('a run that fails decides nothing about its destination', async () => {
  const failing = await books.type('undecided', [...RUN, '--filter', 'colour:red']);
  expect(failing.stderr).toMatch(/^REQUEST_REFUSED: /);
  expect(await filesBelow(books.at('undecided'))).toEqual([]);
  const other = await books.type('undecided', [...RUN, '--timezone', 'Europe/Vienna']);
  expect(other).toMatchObject({ exitCode: 0, stderr: '' });
});

describe('a destination that cannot be written', () => {
  test.each([
    ['a file', 'a-file', 'a-file'],
    ['below a file', 'a-file', 'a-file/books/here'],
  ])('because it is %s is refused, and nobody is asked', async (_title, file, dest) => {
    await writeFile(books.at(file), 'mine');
    const before = books.simulator.requestCount;
    const { exitCode, stderr } = await books.type(dest, RUN);
    expect(stderr).toMatch(/^DESTINATION_UNWRITABLE: [^\n]+--dest[^\n]+\n$/);
    expect(exitCode).toBe(1);
    expect(books.simulator.requestCount).toBe(before);
    expect(await readFile(books.at(file), 'utf8')).toBe('mine');
  });

  test('because no folder can be made there is refused', async () => {
    const { stderr } = await books.type('', [...RUN, '--dest', '/proc/no/books']);
    expect(stderr).toMatch(/^DESTINATION_UNWRITABLE: [^\n]+\n$/);
  });
});

describe('a destination that is full', () => {
  let largestPart = 0;
  let otherRequests = 0;
  let undisturbed: Record<string, string>;

  beforeAll(async () => {
    const { address, manifest, requestCount } = await books.night('roomy', { from: DAY });
    const laneRequests = manifest.proof.reduce((sum, { requests }) => sum + requests, 0);
    otherRequests = requestCount - laneRequests;
    undisturbed = await digestsOf(address);
    const { size } = await stat(join(address, 'transactions.csv'));
    // The day has three lanes or more, none with two thirds of its rows.
    largestPart = Math.ceil((size * 2) / 3);
  });

  test('while rows are read: one line, and nothing is left but what can be resumed', async () => {
    const { exitCode, stderr } = await inRoom(100_000, 'full-early', RUN);
    expect(stderr).toMatch(/^DESTINATION_FULL: There is no room [^\n]+\n$/);
    expect(exitCode).toBe(1);
    await expectNothingButParts('full-early');
  });

  test('while files are joined: nothing is left of them, and --resume makes it good', async () => {
    const { exitCode, stderr } = await inRoom(largestPart, 'full-late', RUN);
    expect(stderr).toMatch(/^DESTINATION_FULL: There is no room [^\n]+transactions\.csv/);
    expect(exitCode).toBe(1);
    await expectNothingButParts('full-late');

    const before = books.simulator.requestCount;
    expect(await books.type('full-late', [...RUN, '--resume'])).toMatchObject({ exitCode: 0 });
    expect(books.simulator.requestCount - before).toBeLessThanOrEqual(otherRequests);
    const [manifest] = (await books.published('full-late')).filter((n) =>
      n.endsWith('manifest.json'),
    );
    const folder = join(books.at('full-late'), manifest!, '..');
    expect(await digestsOf(folder)).toEqual(undisturbed);
  });

  async function expectNothingButParts(dest: string): Promise<void> {
    const files = await filesBelow(books.at(dest));
    expect(files).toEqual(await books.parts(dest));
  }
});

/** The real program under a shell that lets no file grow beyond so many bytes. */
function inRoom(byteCount: number, dest: string, args: readonly string[]): Promise<Outcome> {
  const [command = '', ...rest] = args;
  const line = [TIEOUT, command, ...books.flags(dest), ...rest];
  const limited = `ulimit -f ${Math.ceil(byteCount / 1024)}; exec "$0" "$@"`;
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  execFile(
    'bash',
    ['--norc', '-c', limited, process.execPath, ...line],
    { env: ENV },
    (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    },
  );
  return promise;
}
