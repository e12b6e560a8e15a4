import { describe, expect, test, vi } from 'vitest';
import type { Refusal, Shown } from '../../world/aws-lambda.ts';
import { type Outcome, tieoutUntil, typed } from '../../world/command-line.ts';
import { DOOR, ended, running, scriptedDoor, succeeded } from '../remote/scripted-door.ts';

const FUNCTION = ['--function', `${DOOR}:live`];
const MONTH = ['--from', '2026-11-01', '--to', '2026-11-30'];
const EXECUTION = `${DOOR}:1/durable-execution/org_1-missing-r1/3f9c`;

const door = scriptedDoor({ AWS_MAX_ATTEMPTS: '1', AWS_EC2_METADATA_DISABLED: 'true' });

async function expectRefusal(outcome: Promise<Outcome>, exitCode: number, line: RegExp) {
  const { stderr, ...rest } = await outcome;
  expect(stderr).toMatch(line);
  expect(stderr).toMatch(/^[A-Z_]+: [^\n]+[.?]\n$/);
  expect(rest).toEqual({ exitCode, stdout: '' });
}

describe('nothing is asked of AWS', () => {
  test.each<[string, string[], RegExp]>([
    ['without a function', MONTH, /^FUNCTION_INVALID: No function was named\. .*NightlyFunction/],
    ['of no function', ['--function', 'a b'], /^FUNCTION_INVALID: 'a b' is no name/],
    [
      'of an execution as a function',
      ['--function', EXECUTION],
      /^FUNCTION_INVALID: 'arn:.*3f9c' is no name/,
    ],
    ['of no day', [...FUNCTION, '--date', '2026-02-30'], /^DATE_INVALID: /],
    ['of half a range', [...FUNCTION, '--from', '2026-11-01'], /^FLAG_INVALID: --from 2026-11-01 /],
    [
      'of a reversed range',
      [...FUNCTION, '--from', '2026-11-02', '--to', '2026-11-01'],
      /^PERIOD_REVERSED: /,
    ],
    ['of no run', [...FUNCTION, '--resume', 'last'], /^FLAG_INVALID: --resume is 'last'\./],
    [
      'of a run and of days',
      [...FUNCTION, ...MONTH, '--resume', '20261121T061500Z'],
      /^FLAG_INVALID: .*'--resume <run>' cannot be used with option '--from <day>'/,
    ],
    [
      'for a request that no name can hold',
      [...FUNCTION, '--request-id', 'November close'],
      /^FLAG_INVALID: --request-id is 'November close'\. /,
    ],
    ['for no organization', [...FUNCTION, '--organization', '..'], /^ORGANIZATION_INVALID: /],
    ['to follow a function', ['--follow', DOOR], /^FLAG_INVALID: 'arn:.*' is no ARN of an exec/],
    [
      'to follow and to start',
      ['--follow', EXECUTION, ...MONTH],
      /^FLAG_INVALID: .*'--follow <arn>' cannot be used with option '--from <day>'/,
    ],
  ])('%s', async (_title, flags, line) => {
    door.deploy(running(1));
    await expectRefusal(door.invoke(...flags), 2, line);
    expect(door.aws.lambda.requests).toEqual([]);
  });
});

const refusal = (status: number, type: string, message: string): Refusal => ({
  status,
  type,
  message,
});

describe('what AWS refuses is told by name', () => {
  test.each<[string, Refusal, number, RegExp]>([
    [
      'a right that is missing',
      refusal(403, 'AccessDeniedException', 'User: arn:aws:iam::1:user/u is not authorized'),
      1,
      /^ACCESS_DENIED: AWS denies lambda:InvokeFunction on arn:.*:live .*InvokingPolicyArn/,
    ],
    [
      'a session that is over',
      refusal(
        403,
        'ExpiredTokenException',
        'The security token included in the request is expired',
      ),
      1,
      /^CREDENTIALS_REFUSED: .* have expired\. Renew/,
    ],
    [
      'a key that AWS does not know',
      refusal(403, 'UnrecognizedClientException', 'The security token is invalid.'),
      1,
      /^CREDENTIALS_REFUSED: .*\(The security token is invalid\)/,
    ],
    [
      'a function that takes no name',
      refusal(400, 'InvalidParameterValueException', 'The function is not durable.'),
      2,
      /^FUNCTION_INVALID: .*InvalidParameterValueException, HTTP 400: The function is not durable\)/,
    ],
    [
      'too many requests',
      refusal(429, 'TooManyRequestsException', 'Rate exceeded'),
      1,
      /^AWS_FAILING: AWS kept asking for fewer requests/,
    ],
    [
      'a service that broke',
      refusal(500, 'ServiceException', 'It broke.'),
      1,
      /^AWS_FAILING: AWS kept failing .*ServiceException, HTTP 500: It broke\)/,
    ],
  ])('%s', async (_title, refused, exitCode, line) => {
    door.deploy(running(1));
    door.aws.lambda.refuse('Invoke', refused);
    await expectRefusal(door.invoke(...MONTH, ...FUNCTION), exitCode, line);
  });

  test('a function that is not there, or in another region', async () => {
    const line = /^FUNCTION_UNKNOWN: AWS knows no arn:.*:live in this account and region\. /;
    await expectRefusal(door.invoke(...FUNCTION), 2, line);
    door.deploy(running(1));
    await expectRefusal(
      door.invoke('--function', DOOR.replace('west', 'north')),
      2,
      /^FUNCTION_UNKNOWN/,
    );
  });

  test('a function that is no durable one', async () => {
    door.aws.lambda.deployPlain(DOOR);
    await expectRefusal(
      door.invoke(...FUNCTION),
      2,
      /^FUNCTION_INVALID: .* is no durable function\./,
    );
  });

  test('a request of another period under the same id', async () => {
    door.deploy(running(1));
    const day = [...FUNCTION, '--date', '2026-11-20', '--request-id', 'close'];
    expect(await door.invoke(...day)).toMatchObject({ exitCode: 0 });
    await expectRefusal(
      door.invoke(...day, '--dry-run'),
      2,
      /^EXECUTION_NAME_TAKEN: .*--request-id/,
    );
  });

  test('no credentials', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
    vi.stubEnv('HOME', '/nonexistent');
    await expectRefusal(door.invoke(...FUNCTION), 2, /^CREDENTIALS_MISSING: .* Set AWS_PROFILE/);
  });

  test('no region, where the name does not tell it', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('HOME', '/nonexistent');
    const bare = ['--function', 'Tieout-Nightly1A'];
    await expectRefusal(
      door.invoke(...bare),
      2,
      /^REGION_MISSING: .* Give its whole ARN, or set AWS_REG/,
    );
    door.deploy(running(1));
    expect(await door.invoke(...FUNCTION)).toMatchObject({ exitCode: 0 });
  });

  test('an AWS that nobody answers for', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', 'http://127.0.0.1:1');
    await expectRefusal(
      door.invoke(...FUNCTION),
      1,
      /^AWS_FAILING: AWS cannot be reached .*ECONNREFUSED/,
    );
  });
});

describe('how a run on AWS ended is how the command ends', () => {
  test.each<[string, Shown, number, RegExp]>([
    [
      'a payload that an older stack does not know',
      ended('FAILED', 'PAYLOAD_INVALID', 'PAYLOAD_INVALID: It does not know {}. Send {}.'),
      2,
      /^PAYLOAD_INVALID: It does not know \{\}\. Send \{\}\. It was execution org_1-missing-/,
    ],
    [
      'a fault of the run',
      ended('FAILED', 'RUN_UNDERWAY', 'RUN_UNDERWAY: Another run holds it. Wait.'),
      1,
      /^RUN_UNDERWAY: Another run holds it\. Wait\. /,
    ],
    [
      'a fault of a newer stack',
      ended('FAILED', 'MOON_FULL', 'MOON_FULL: The moon is full. Wait.'),
      1,
      /^EXECUTION_FAILED: Execution org_1-.* ended as FAILED, MOON_FULL: MOON_FULL: The moon is /,
    ],
    [
      'a defect',
      ended('FAILED', 'TypeError', 'x is undefined'),
      1,
      /^EXECUTION_FAILED: .* FAILED, TypeError: x is undefined\. /,
    ],
    ['a day that was not enough', ended('TIMED_OUT'), 1, /^EXECUTION_FAILED: .* as TIMED_OUT\. /],
    ['somebody who stopped it', ended('STOPPED'), 1, /^EXECUTION_FAILED: .* as STOPPED\. /],
    [
      'an answer that no front door gives',
      succeeded({ orderId: 1 }),
      2,
      /^FUNCTION_INVALID: Execution org_1-.* none of a front door/,
    ],
  ])('%s', async (_title, state, exitCode, line) => {
    door.deploy(running(1), state);
    await expectRefusal(door.invoke(...FUNCTION, '--wait', '--quiet'), exitCode, line);
  });
});

describe('the run goes on, and the line says how to watch it again', () => {
  const goesOn = /The run goes on: `tieout invoke --follow 'arn:[^']+'` watches it again\.$/m;

  test.each(['GetDurableExecution', 'GetDurableExecutionHistory'] as const)(
    'where %s is denied',
    async (operation) => {
      door.deploy(running(1));
      door.aws.lambda.refuse(operation, refusal(403, 'AccessDeniedException', 'No.'));
      const { exitCode, stderr } = await door.invoke(...FUNCTION, '--wait');
      const line = stderr.trimEnd().split('\n').at(-1);
      expect(line).toContain(`ACCESS_DENIED: AWS denies lambda:${operation} on arn:`);
      expect(line).toMatch(goesOn);
      expect(exitCode).toBe(1);
    },
  );

  test('where AWS fails for longer than is borne', async () => {
    door.deploy(running(1));
    door.aws.lambda.refuse('GetDurableExecution', refusal(500, 'ServiceException', 'No.'), {
      times: 1_000,
    });
    await expectRefusal(door.invoke(...FUNCTION, '--wait', '--quiet'), 1, /^AWS_FAILING: /);
    expect(door.aws.lambda.requests.length).toBeLessThan(50);
    const minutes = door.clock.waits.reduce((sum, waitMs) => sum + waitMs, 0) / 60_000;
    expect(minutes).toBeGreaterThan(4);
  });

  test('where Ctrl-C came', async () => {
    door.deploy(running(1));
    const args = ['invoke', '--organization', 'org_1', ...FUNCTION, '--wait'];
    const at = (line: string) => (line.includes('"following"') ? 'SIGINT' : undefined);
    const { exitCode, lines } = await tieoutUntil(args, door.aws.env, at);
    expect(lines.at(-1)).toMatch(/^INTERRUPTED: Nobody watches any more\. The run goes on/);
    expect(lines.at(-1)).toMatch(goesOn);
    expect(exitCode).toBe(1);
    expect(door.aws.lambda.requests[0]?.operation).toBe('Invoke');
  });
});

test('an execution that was there, and is no more, is not waited for', async () => {
  door.deploy(running(1), undefined);
  const line = /^FUNCTION_UNKNOWN: /;
  await expectRefusal(door.invoke(...FUNCTION, '--wait', '--quiet'), 2, line);
  expect(door.clock.waits).toHaveLength(1);
});

test('an execution that never begins, or is not there, is unknown', async () => {
  door.deploy(undefined);
  const line = /^FUNCTION_UNKNOWN: AWS knows no arn:.*durable-execution/;
  await expectRefusal(door.invoke(...FUNCTION, '--wait', '--quiet'), 2, line);
  expect(door.clock.waits.reduce((sum, waitMs) => sum + waitMs, 0)).toBeGreaterThan(600_000);
  const waits = door.clock.waits.length;
  await expectRefusal(
    typed(['invoke', '--follow', EXECUTION, '--quiet'], { clock: door.clock }),
    2,
    line,
  );
  expect(door.clock.waits).toHaveLength(waits);
});
