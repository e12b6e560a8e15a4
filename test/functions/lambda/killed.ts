import type { DurableExecutionClient, DurableLambdaHandler } from '@aws/durable-execution-sdk-js';
import { expect, test } from 'vitest';
import { tablesOf, theOnlyRun } from './cloud.ts';
import type { KeptNights } from './kept-nights.ts';

/** Kills the nightly function once in a night, after each of so many checkpoints. */
export function killsTheNight(nights: KeptNights, afterCheckpoints: readonly number[]): void {
  /** Once so many checkpoints were written the machine is gone, and another begins from them. */
  const killedAfter =
    (checkpoints: number, kills: { count: number }) =>
    (handler: DurableLambdaHandler): DurableLambdaHandler => {
      let left = checkpoints;
      return (event, context) =>
        new Promise((resolve, reject) => {
          const input = event as typeof event & { durableExecutionClient: DurableExecutionClient };
          const { DurableExecutionArn, durableExecutionClient: client } = input;
          const checkpoint = client.checkpoint.bind(client);
          let CheckpointToken = event.CheckpointToken;
          let isDead = false;

          async function replayed() {
            const question = { DurableExecutionArn, CheckpointToken, Marker: '' };
            const InitialExecutionState = await client.getExecutionState(question);
            const getExecutionState = client.getExecutionState.bind(client);
            const again = Object.create(Object.getPrototypeOf(event));
            const durableExecutionClient = { checkpoint, getExecutionState };
            const state = { CheckpointToken, InitialExecutionState, durableExecutionClient };
            return handler(Object.assign(again, event, state), context);
          }

          client.checkpoint = async (params) => {
            if (left === 0 && kills.count === 0) {
              isDead = true;
              kills.count += 1;
              replayed().then(resolve, reject);
            }
            // A machine that is gone neither writes nor goes on.
            if (isDead) return new Promise(() => {});
            left -= 1;
            const answer = await checkpoint(params);
            CheckpointToken = answer.CheckpointToken ?? CheckpointToken;
            return answer;
          };
          handler(event, context).then(resolve, reject);
        });
    };

  test.each(afterCheckpoints)(
    'an invocation that is killed after %i checkpoints is replayed: no row is lost or doubled, the bytes are the same',
    async (checkpoints) => {
      const kills = { count: 0 };
      const dest = nights.dest(`killed after ${checkpoints}`);
      const result = await nights.cloud.start(dest, { nightly: killedAfter(checkpoints, kills) });
      expect(kills.count).toBe(1);
      expect(result.getResult()).toMatchObject([{ outcome: 'published' }]);
      expect(await tablesOf(await theOnlyRun(nights.cloud.at(dest)))).toEqual(nights.laptop);
    },
  );
}
