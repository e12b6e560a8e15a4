import { describe, expect, test, vi } from 'vitest';
import { typed } from '../../world/command-line.ts';
import {
  DOOR,
  FORECAST,
  HISTORY_LENGTH,
  PUBLISHED,
  RUN,
  running,
  scriptedDoor,
  succeeded,
} from '../remote/scripted-door.ts';
import { stepsTold } from '../remote/steps-told.ts';

const MONTH = ['--from', '2026-11-01', '--to', '2026-11-30'];

const door = scriptedDoor({ TIEOUT_NIGHTLY_FUNCTION: `${DOOR}:live` });

describe('--wait', () => {
  test('tells where the files are, how many rows, and what does not tie out', async () => {
    door.deploy(succeeded([PUBLISHED]));
    const { exitCode, stdout } = await door.invoke(...MONTH, '--wait');
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`2026-11-01_2026-11-30: 12,345 rows, proven complete.
3 discrepancies wait for you: 1 critical, 2 medium.
Published: ${RUN.address}
Report: ${RUN.address}/report.html
`);
  });

  const night = (day: string, facts: object) => ({ firstDay: day, lastDay: day, ...facts });
  const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  const { discrepancies: _, ...untold } = RUN;

  test.each<[string, object[], RegExp]>([
    ['nothing was missing', [], /^No night is missing: all up to yesterday are published\.\n$/],
    [
      'it was only counted',
      [FORECAST],
      /^2026-11-01_2026-11-30: 12,345 rows in 2 lanes\.\nAbout 19 requests, some 8 s\.\n.*rate limit/,
    ],
    [
      'another run is at it',
      [night('2026-11-20', { outcome: 'underway' })],
      /^2026-11-20: another run is at it\.\n$/,
    ],
    [
      'it was published meanwhile',
      [night('2026-11-20', { outcome: 'published' })],
      /^2026-11-20: published before\.\n$/,
    ],
    ['all ties out', [{ ...PUBLISHED, run: { ...RUN, discrepancies: none } }], /^It ties out\.$/m],
    [
      'an older stack answers, which tells no discrepancies',
      [{ ...PUBLISHED, run: untold }],
      /proven complete\.\nPublished: s3:/,
    ],
    [
      'a newer stack answers, which tells more',
      [{ ...PUBLISHED, more: 1, run: { ...RUN, more: 1 } }],
      /^Published: s3:/m,
    ],
  ])('says so where %s', async (_title, answer, text) => {
    door.deploy(succeeded(answer));
    const { exitCode, stdout } = await door.invoke('--wait', '--quiet', '--json');
    expect(JSON.parse(stdout).answer).toEqual(answer);
    expect(exitCode).toBe(0);
    expect((await door.invoke('--wait')).stdout).toMatch(text);
  });

  test('of a night that failed among others tells all, and ends with its fault', async () => {
    const line = 'INCOMPLETE: 3 of 4 rows. Run it again.';
    door.deploy(
      succeeded([
        night('2026-11-19', { outcome: 'failed', fault: line }),
        night('2026-11-20', { outcome: 'published', run: RUN }),
      ]),
    );
    const { exitCode, stdout, stderr } = await door.invoke('--wait', '--quiet', '--json');
    expect(JSON.parse(stdout).answer).toHaveLength(2);
    expect(stderr).toMatch(/^INCOMPLETE: 3 of 4 rows\. Run it again\. It was execution org_1-/);
    expect(exitCode).toBe(1);
    const text = (await door.invoke('--wait')).stdout;
    expect(text).toMatch(
      /^2026-11-19: not published\. INCOMPLETE: 3 of 4 rows\. .*\n\n2026-11-20:/,
    );
  });

  test('waits for what has not begun yet, looks ever more rarely, and reads each event once', async () => {
    door.deploy(
      undefined,
      undefined,
      running(5),
      ...Array(40).fill(running(22)),
      succeeded([PUBLISHED]),
    );
    const { exitCode, stderr } = await door.invoke(...MONTH, '--wait');
    expect(exitCode).toBe(0);
    expect(door.clock.waits.slice(0, 4)).toEqual([1_000, 1_500, 2_250, 3_375]);
    expect(Math.max(...door.clock.waits)).toBe(10_000);
    expect(stepsTold(stderr)).toEqual([
      ...['look', 'lock', 'begin', 'extract 1/3', 'extract 2/3', 'extract 3/3', 'extract 1/1'],
      ...['prove', 'publish', 'clear', 'unlock', 'tell'],
    ]);
  });

  test('logs a JSON line for each end and each wait, with the instant that AWS tells', async () => {
    door.deploy(succeeded([PUBLISHED]));
    const { stderr } = await door.invoke(...MONTH, '--wait', '--request-id', 'close');
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toEqual({
      at: '2026-12-01T06:00:00Z',
      type: 'following',
      name: 'org_1-2026-11-01_2026-11-30-close',
      executionArn: expect.stringMatching(/^arn:/),
    });
    expect(lines).toContainEqual({
      at: '2026-12-01T06:00:13Z',
      type: 'step-ended',
      step: 'extract',
      ended: 2,
      of: 3,
    });
    expect(lines).toContainEqual({
      at: '2026-12-01T06:00:16Z',
      type: 'waiting',
      untilInstant: '2026-12-01T06:30:00Z',
    });
  });

  test('on a terminal one line changes', async () => {
    const waiting = running(17);
    const awake = running(19);
    door.deploy(undefined, running(13), waiting, waiting, awake, succeeded([PUBLISHED]));
    const { stderr } = await typed(
      ['invoke', '--organization', 'org_1', '--wait', '--request-id', 'r1'],
      { env: process.env, clock: door.clock, isTerminal: true },
    );
    expect(stderr.split('\r\u001b[2K')).toEqual([
      '',
      'Following org_1-missing-r1; Ctrl-C ends that, and not the run.\n',
      'waiting for it to begin · 1 s',
      'extract, 1 of 3 ended · 1 s',
      'waiting until 2026-12-01T06:30:00Z · 3 s',
      'extract, 3 of 3 ended · 5 s',
      'tell · 8 s',
      '',
    ]);
  });

  test('--quiet asks for no history, and prints what --json prints', async () => {
    door.deploy(running(1), succeeded([PUBLISHED]));
    const { stdout, stderr } = await door.invoke(...MONTH, '--wait', '--quiet', '--json');
    expect(door.operations()).toEqual(['Invoke', 'GetDurableExecution', 'GetDurableExecution']);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      name: expect.stringMatching(/^org_1-/),
      executionArn: expect.stringMatching(/^arn:/),
      startedAt: '2026-12-01T06:00:00Z',
      finishedAt: '2026-12-01T06:02:00Z',
      answer: [PUBLISHED],
    });
  });

  test('bears with AWS for some minutes', async () => {
    door.deploy(succeeded([PUBLISHED]));
    const failing = { status: 500, type: 'ServiceException', message: 'It broke.' };
    door.aws.lambda.refuse('GetDurableExecution', failing, { times: 12 });
    expect(await door.invoke(...MONTH, '--wait')).toMatchObject({ exitCode: 0 });
  });
});

test('failures with answers between them are borne for as long as the run takes', async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  door.deploy(...Array(900).fill(running(1)), succeeded([PUBLISHED]));
  const failing = { status: 500, type: 'ServiceException', message: 'It broke.' };
  for (let times = 0; times < 40; times += 1) {
    door.aws.lambda.refuse('GetDurableExecution', failing, { butFirst: 1 });
  }
  expect(await door.invoke('--wait', '--quiet')).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a history of many pages is read whole, and only its last page again', async () => {
  const pages = (requests: readonly string[]) =>
    requests.filter((operation) => operation === 'GetDurableExecutionHistory').length;
  door.deploy(running(HISTORY_LENGTH), running(HISTORY_LENGTH), succeeded([PUBLISHED]));
  await door.invoke('--wait');
  expect(pages(door.operations())).toBe(4 + 1 + 1);
});

test('a page of the history that fails costs no event', async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  door.deploy(succeeded([PUBLISHED]));
  const failing = { status: 500, type: 'ServiceException', message: 'It broke.' };
  door.aws.lambda.refuse('GetDurableExecutionHistory', failing, { butFirst: 2 });
  const { stderr } = await door.invoke('--wait');
  expect(stderr.match(/"type":"step-ended"/g)).toHaveLength(12);
});

test('--follow watches what was started before, from wherever it stands', async () => {
  door.deploy(running(9), running(13), succeeded([PUBLISHED]));
  const { executionArn } = JSON.parse((await door.invoke(...MONTH, '--json')).stdout);
  const { exitCode, stdout } = await typed(['invoke', '--follow', executionArn], {
    clock: door.clock,
  });
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`Published: ${RUN.address}\n`);
  expect(door.operations().filter((operation) => operation === 'Invoke')).toHaveLength(1);
});
