import type { DurableExecutionClient, DurableLambdaHandler } from '@aws/durable-execution-sdk-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Books, clockAt } from '../books.ts';
import { DAY, openStandingBooks } from '../broken-run.ts';
import { type Cloud, openCloud, startRunner, tablesOf, theOnlyRun } from './cloud.ts';

const NOW = '2026-03-05T06:00:00Z';

/** Kills the nightly function once in a night, after each of so many checkpoints. */
export function killsTheNight(afterCheckpoints: readonly number[]): void {
  let stopRunner: () => Promise<void>;
  let books: Books;
  let cloud: Cloud;
  let laptop: Record<string, string>;

  beforeAll(async () => {
    stopRunner = await startRunner();
    books = await openStandingBooks();
    cloud = await openCloud(books, { now: NOW, config: { catchUpDays: 0 } });
    const night = await books.night('laptop', { from: DAY, clock: clockAt(NOW) });
    laptop = await tablesOf(night.address);
  });

  afterAll(async () => {
    await cloud.close();
    await books.close();
    await stopRunner();
  });

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
      const dest = `killed after ${checkpoints}`;
      const result = await cloud.start(dest, { nightly: killedAfter(checkpoints, kills) });
      expect(kills.count).toBe(1);
      expect(result.getResult()).toMatchObject([{ outcome: 'published' }]);
      expect(await tablesOf(await theOnlyRun(books, dest))).toEqual(laptop);
    },
  );
}
