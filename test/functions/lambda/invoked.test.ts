import type { TestResult } from '@aws/durable-execution-sdk-js-testing';
import { expect, test } from 'vitest';
import type { DoorAnswer } from '../../../functions/door.ts';
import type { DurableFunction, Shown } from '../../world/aws-lambda.ts';
import { type Outcome, tieout } from '../../world/command-line.ts';
import { KEY } from '../books.ts';
import { stepsTold } from '../remote/steps-told.ts';
import type { Cloud } from './cloud.ts';
import { threeDays } from './three-days.ts';

/** `tieout invoke` in a process of its own, and behind the API the real functions on AWS's runner. */
const { at, manifestsOf } = threeDays();

const NOW = '2026-03-06T06:00:00Z';
const DOOR = 'arn:aws:lambda:eu-west-1:123456789012:function:Tieout-Nightly';
const RANGE = ['--from', '2026-03-03', '--to', '2026-03-05'];

function deployed(cloud: Cloud, dest: string): DurableFunction {
  return (payload) => {
    let result: TestResult<DoorAnswer> | undefined;
    void cloud.start(dest, { payload }).then((ended) => {
      result = ended;
    });
    return () => (result ? shownOf(result) : { status: 'RUNNING', events: [] });
  };
}

function shownOf(result: TestResult<DoorAnswer>): Shown {
  const events = result.getHistoryEvents();
  if (result.getStatus() === 'SUCCEEDED') {
    return { status: 'SUCCEEDED', events, result: JSON.stringify(result.getResult()) };
  }
  const { errorType = '', errorMessage = '' } = result.getError();
  return { status: 'FAILED', events, error: { ErrorType: errorType, ErrorMessage: errorMessage } };
}

function invoke(cloud: Cloud, dest: string, ...flags: string[]): Promise<Outcome> {
  cloud.aws.lambda.deploy(DOOR, deployed(cloud, dest));
  const place = ['--organization', 'org_simulated', '--function', `${DOOR}:live`];
  return tieout(['invoke', ...place, '--wait', ...flags], { env: cloud.aws.env });
}

test('a range is run by hand: its steps are told, and where the files are', async () => {
  await at(NOW, async (cloud) => {
    const { exitCode, stdout, stderr } = await invoke(cloud, 'by hand', ...RANGE);
    expect(exitCode).toBe(0);
    const [manifest] = await manifestsOf('by hand');
    expect(stdout).toMatch(/^2026-03-03_2026-03-05: 30\d rows, proven complete\.\n/);
    expect(stdout).toMatch(/^(It ties out\.|\d+ discrepanc.* for you: .*)$/m);
    expect(stdout).toMatch(new RegExp(`^Published: .*/run=${manifest!.runId}$`, 'm'));
    expect(stepsTold(stderr)).toEqual([
      ...['look', 'lock', 'begin', 'extract 1/1', 'prove', 'publish', 'clear', 'unlock', 'tell'],
    ]);
  });
});

test('a range is only counted', async () => {
  await at(NOW, async (cloud) => {
    const { stdout } = await invoke(cloud, 'counted', ...RANGE, '--dry-run', '--quiet', '--json');
    expect(JSON.parse(stdout).answer).toMatchObject([
      { outcome: 'counted', forecast: { laneCount: 2 } },
    ]);
    expect(await manifestsOf('counted')).toEqual([]);
  });
});

test('the fault that a run on AWS ended with is the one line of the command', async () => {
  await at(NOW, async (cloud) => {
    cloud.aws.setSecret('sk_of_somebody_else');
    const { exitCode, stderr } = await invoke(cloud, 'refused', ...RANGE, '--quiet');
    expect(stderr).toMatch(
      /^KEY_REFUSED: [^\n]+ It was execution org_simulated-2026-03-03_[^\n]+\n$/,
    );
    expect(stderr).not.toContain(KEY);
    expect(exitCode).toBe(1);
  });
});
