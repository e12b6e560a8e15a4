import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLambdaRuntime } from '../../../functions/lambda/lambda-runtime.ts';
import { parseRequest } from '../../../functions/lambda/payload.ts';
import { starterHandler } from '../../../functions/lambda/starter.ts';
import { ENVIRONMENT } from '../../../lib/contract.ts';
import type { FaultCode } from '../../../lib/model/fault.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import type { Refusal } from '../../world/aws-lambda.ts';
import { virtualClock } from '../../world/virtual-clock.ts';
import { DOOR, running, scriptedDoor } from '../remote/scripted-door.ts';
import { type Printed, readPrinted } from './printed.ts';

const NIGHT = { scheduledTime: '2026-11-27T04:00:00Z' };
const NAME = 'org_1-2026-11-26-nightly-2026-11-27';
const CONFIG = { organizationId: 'org_1', timezone: 'Europe/Vienna' };

const door = scriptedDoor({ AWS_MAX_ATTEMPTS: '1' });
let printed: Printed;

beforeEach(() => {
  printed = readPrinted();
});

afterEach(() => printed.close());

interface Place {
  readonly config?: object;
  readonly nightlyFunction?: string;
  /** On the clock of the function. */
  readonly now?: string;
}

/** One delivery of the schedule, to a function that was never called before. */
function deliver(event: unknown, { config = CONFIG, nightlyFunction, now }: Place = {}) {
  const env = {
    [ENVIRONMENT.config]: JSON.stringify(config),
    [ENVIRONMENT.nightlyFunction]: nightlyFunction ?? `${DOOR}:live`,
  };
  const clock = now && { clock: virtualClock(Date.parse(now) as Instant) };
  return starterHandler({ ...createLambdaRuntime({ env }), ...clock })(event);
}

describe('a delivery of the schedule', () => {
  test('calls the alias for what is missing, under the name of the night, and waits for nothing', async () => {
    door.deploy(running(1));
    await deliver(NIGHT);
    expect(door.aws.lambda.requests).toEqual([
      {
        operation: 'Invoke',
        called: `${DOOR}:live`,
        invocationType: 'Event',
        name: NAME,
        payload: {},
      },
    ]);
    expect(parseRequest(door.aws.lambda.requests[0]!.payload)).toEqual({});
  });

  test('logs the execution by its name and ARN', async () => {
    door.deploy(running(1));
    const { executionArn } = await deliver(NIGHT);
    expect(executionArn).toContain(`${DOOR}:1/durable-execution/${NAME}/`);
    expect(printed.lines).toMatchObject([
      { level: 'INFO', message: `The night is ${NAME}.`, name: NAME, executionArn },
    ]);
  });

  test('that comes twice finds the execution that is there', async () => {
    door.deploy(running(1));
    const first = await deliver(NIGHT);
    expect(await deliver(NIGHT)).toEqual(first);
    expect(door.aws.lambda.requests).toHaveLength(2);
  });

  test('that comes after midnight is of the day it was scheduled for', async () => {
    door.deploy(running(1));
    const inTime = await deliver(NIGHT, { now: NIGHT.scheduledTime });
    expect(await deliver(NIGHT, { now: '2026-11-28T00:30:00Z' })).toEqual(inTime);
  });

  test("is of the day that the books' clocks show", async () => {
    door.deploy(running(1));
    const config = { ...CONFIG, timezone: 'Pacific/Auckland' };
    expect(await deliver({ scheduledTime: '2026-11-26T16:00:00Z' }, { config })).toMatchObject({
      name: NAME,
    });
  });

  test('of the next day starts another one', async () => {
    door.deploy(running(1));
    await deliver(NIGHT);
    const { name } = await deliver({ scheduledTime: '2026-11-28T04:00:00Z' });
    expect(name).toBe('org_1-2026-11-27-nightly-2026-11-28');
  });

  test('never asks for the key', async () => {
    door.deploy(running(1));
    await deliver(NIGHT);
    expect(door.aws.secretReads).toBe(0);
  });
});

const denied = { status: 403, type: 'AccessDeniedException', message: 'No.' };
const failing = { status: 500, type: 'ServiceException', message: 'It broke.' };

/** Who calls asynchronously hears nothing: Lambda tries again, and lays aside name and message. */
async function expectFault(delivery: Promise<unknown>, code: FaultCode, line: RegExp) {
  await expect(delivery).rejects.toMatchObject({
    name: code,
    message: expect.stringMatching(new RegExp(`^${code}: .*${line.source}`)),
  });
  const errors = printed.lines.filter(({ level }) => level === 'ERROR');
  expect(errors).toMatchObject([{ code, message: expect.stringMatching(line) }]);
  expect(errors[0]!['message']).toContain(errors[0]!['remedy']);
}

describe('a start that fails is logged and thrown as its fault', () => {
  test.each<[string, FaultCode, Refusal]>([
    ['a right that is missing', 'ACCESS_DENIED', denied],
    ['a service that broke', 'AWS_FAILING', failing],
  ])('%s', async (_title, code, refusal) => {
    door.deploy(running(1));
    door.aws.lambda.refuse('Invoke', refusal);
    await expectFault(deliver(NIGHT), code, /deployed whole; .*`tieout invoke`\.$/);
  });

  test('a function that is not there', async () => {
    await expectFault(deliver(NIGHT), 'FUNCTION_UNKNOWN', /knows no .*:live .*deployed whole/);
  });

  test('a function that is no durable one', async () => {
    door.aws.lambda.deployPlain(DOOR);
    await expectFault(deliver(NIGHT), 'FUNCTION_INVALID', /no durable function\. .*deployed whole/);
  });

  test('a name that another stack of the organization has given', async () => {
    const other = `${DOOR}2`;
    door.aws.lambda.deploy(other, () => () => running(1));
    await deliver(NIGHT, { nightlyFunction: `${other}:live` });
    door.deploy(running(1));
    await expectFault(
      deliver(NIGHT),
      'EXECUTION_NAME_TAKEN',
      /Another function has .*Nightly1A2:1/,
    );
  });

  test('an AWS that nobody answers for', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', 'http://127.0.0.1:1');
    await expectFault(deliver(NIGHT), 'AWS_FAILING', /cannot be reached .*ECONNREFUSED/);
  });

  test.each<[string, unknown, Place, FaultCode, RegExp]>([
    [
      'nonsense',
      { time: 'now' },
      {},
      'PAYLOAD_INVALID',
      /\{"time":"now"\} is\. The schedule sends/,
    ],
    ['nothing', undefined, {}, 'PAYLOAD_INVALID', /undefined is\. The schedule sends/],
    ['no door', NIGHT, { nightlyFunction: '' }, 'CONFIG_INVALID', /NIGHTLY_FUNCTION is not set/],
    [
      'no organization',
      NIGHT,
      { config: { timezone: 'UTC' } },
      'ORGANIZATION_INVALID',
      /No organization was named/,
    ],
    [
      'no zone',
      NIGHT,
      { config: { ...CONFIG, timezone: 'Mars/Base' } },
      'ZONE_UNKNOWN',
      /Mars\/Base/,
    ],
  ])('%s, before anything is asked of AWS', async (_title, event, place, code, line) => {
    door.deploy(running(1));
    await expectFault(deliver(event, place), code, line);
    expect(door.aws.lambda.requests).toEqual([]);
  });
});
