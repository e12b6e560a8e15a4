import { nightStations } from '../night-stations.ts';
import type { Outcome } from '../night-work.ts';
import { type PublishedRun, publishedRun } from '../published-run.ts';
import { createLambdaRuntime, type LambdaRuntime } from './lambda-runtime.ts';
import { type Letter, sealed } from './letter.ts';
import { parseRunKey } from './payload.ts';
import { atWork, type Invocation } from './worker.ts';

/** Assembles, judges and publishes a run whose lanes lie in parts. */
export function judgeHandler(runtime: LambdaRuntime) {
  return (event: unknown, context: Invocation): Promise<Letter<Outcome<PublishedRun>>> =>
    sealed(async () => {
      const run = parseRunKey(event);
      const outcome = await atWork(runtime, { context }, (station) =>
        nightStations(station, publishedRun).publish(run),
      );
      if ('done' in outcome) runtime.measure(outcome.done.figures);
      return outcome;
    });
}

export const handler = judgeHandler(createLambdaRuntime(process));
