import { beforeAll, describe, expect, test } from 'vitest';
import type { LivingWorld } from '../simulator/diary/living-world.ts';
import { differencesOf } from './nights-page.ts';
import { runsOf, type Script, titleOf } from './nights-script.ts';
import { type PlayedNight, playNights } from './played-nights.ts';

/** A busy machine plays a night in ten seconds; only a night that hangs takes longer than this. */
const MOST_MS = 20 * 60_000;

/** One test a night: the three lists say what the diary says. Played once, before the first. */
export function nightsFacts(
  title: string,
  world: () => LivingWorld,
  script: Script,
  facts: (played: () => readonly PlayedNight[]) => void,
): void {
  const played: PlayedNight[] = [];

  describe(title, () => {
    beforeAll(async () => {
      for await (const night of playNights(world(), script)) played.push(night);
    }, MOST_MS);

    test.each(runsOf(script).map((run, at) => [titleOf(run), at] as const))(
      '%s says what the diary says',
      (_title, at) => {
        const { expected, found } = played[at]!;
        expect(differencesOf(expected, found)).toEqual({});
      },
    );

    test('the same trouble keeps its id', () => {
      const all = played.flatMap(({ ids }) => [...ids]);
      const idsByName = Map.groupBy(all, ([name]) => name);
      for (const [name, same] of idsByName) {
        expect([name, new Set(same.map(([, id]) => id)).size]).toEqual([name, 1]);
      }
      expect(new Set(all.map(([, id]) => id)).size).toBe(idsByName.size);
    });

    test('whoever judges a snapshot again, offline, finds the same', () => {
      for (const { title, again } of played.filter((night) => night.again !== undefined)) {
        expect([title, differencesOf(again!.listed, again!.found)]).toEqual([title, {}]);
      }
    });

    facts(() => played);
  });
}
