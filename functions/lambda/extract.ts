import { setFlagsFromString } from 'node:v8';
import type { ShardOutcome } from '../night-work.ts';
import { readPlan } from '../parts.ts';
import { extractShard } from '../shard.ts';
import { createLambdaRuntime, type LambdaRuntime } from './lambda-runtime.ts';
import { type Letter, sealed } from './letter.ts';
import { parseShardTask } from './payload.ts';
import { atWork, type Invocation } from './worker.ts';

// The settings of V8 that the command line has: pages are megabytes that live for a moment, and a
// heap that waits for them to pile up would hold twice as much. NODE_OPTIONS, which the stack sets,
// takes the other one and refuses this.
setFlagsFromString('--heap-growing-percent=100');

/** Reads the lanes of a shard into parts, as far as time and the rate limit allow. */
export function extractHandler(runtime: LambdaRuntime) {
  return (event: unknown, context: Invocation): Promise<Letter<ShardOutcome>> =>
    sealed(async () => {
      const { lanes, concurrency, ...run } = parseShardTask(event);
      return atWork(runtime, { context, concurrency }, async (station) =>
        extractShard(station, await readPlan(station.store, run), lanes),
      );
    });
}

export const handler = extractHandler(createLambdaRuntime(process));
