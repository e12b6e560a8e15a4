import { describe, expect, test, vi } from 'vitest';
import { parseRequest } from '../../../functions/lambda/payload.ts';
import { DOOR, running, scriptedDoor } from '../remote/scripted-door.ts';

const MONTH = ['--from', '2026-11-01', '--to', '2026-11-30'];

const door = scriptedDoor({ TIEOUT_NIGHTLY_FUNCTION: `${DOOR}:live` });

describe('tieout invoke', () => {
  test.each<[string[], object, RegExp]>([
    [[], {}, /^org_1-missing-[0-9a-f]{8}$/],
    [['--dry-run'], { dryRun: true }, /^org_1-missing-[0-9a-f]{8}$/],
    [['--date', '2026-11-20'], { date: '2026-11-20' }, /^org_1-2026-11-20-[0-9a-f]{8}$/],
    [MONTH, { from: '2026-11-01', to: '2026-11-30' }, /^org_1-2026-11-01_2026-11-30-[0-9a-f]{8}$/],
    [
      ['--date', '2026-11-20', '--dry-run', '--request-id', 'close'],
      { date: '2026-11-20', dryRun: true },
      /^org_1-2026-11-20-close$/,
    ],
    [
      ['--resume', '20261121T061500Z'],
      { resume: '20261121T061500Z' },
      /^org_1-20261121T061500Z-[0-9a-f]{8}$/,
    ],
  ])('%j sends %j, which the function knows', async (flags, payload, name) => {
    door.deploy(running(1));
    const { exitCode, stderr } = await door.invoke(...flags);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(door.aws.lambda.requests).toEqual([
      {
        operation: 'Invoke',
        called: `${DOOR}:live`,
        invocationType: 'Event',
        name: expect.stringMatching(name),
        payload,
      },
    ]);
    expect(parseRequest(payload)).toEqual(payload);
  });

  test('says what it started, and how to watch it', async () => {
    door.deploy(running(1));
    const { stdout } = await door.invoke(...MONTH, '--request-id', 'close');
    const [, arn] = /tieout invoke --follow '(arn:[^']+)'/.exec(stdout)!;
    expect(stdout).toMatch(/^Started org_1-2026-11-01_2026-11-30-close\. /);
    expect(arn).toMatch(/:1\/durable-execution\/org_1-2026-11-01_2026-11-30-close\/[\w-]+$/);
  });

  test('--json says it to programs', async () => {
    door.deploy(running(1));
    const { stdout } = await door.invoke(...MONTH, '--request-id', 'close', '--json');
    expect(JSON.parse(stdout)).toEqual({
      name: 'org_1-2026-11-01_2026-11-30-close',
      executionArn: expect.stringMatching(/^arn:.*\/durable-execution\/.*-close\//),
      functionName: `${DOOR}:live`,
      request: { from: '2026-11-01', to: '2026-11-30' },
    });
  });

  test('a request that comes again finds the execution that is there', async () => {
    door.deploy(running(1));
    const again = () => door.invoke(...MONTH, '--request-id', 'close', '--json');
    const arns = [await again(), await again()].map(
      ({ stdout }) => JSON.parse(stdout).executionArn,
    );
    expect(arns[0]).toBe(arns[1]);
  });

  test('each request without an id is another one', async () => {
    door.deploy(running(1));
    await door.invoke(...MONTH);
    await door.invoke(...MONTH);
    const [first, second] = door.aws.lambda.requests;
    expect(first!.name).not.toBe(second!.name);
  });

  test('a name without alias means the one that is deployed', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    door.deploy(running(1));
    const { stdout } = await door.invoke('--function', 'Tieout-Nightly1A', '--json');
    expect(JSON.parse(stdout).functionName).toBe('Tieout-Nightly1A:live');
  });
});
