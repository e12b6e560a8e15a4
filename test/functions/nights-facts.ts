import { beforeAll, describe, expect, test } from 'vitest';
import type { LivingWorld } from '../simulator/diary/living-world.ts';
import {
  differencesOf,
  type PlayedNight,
  playNights,
  runsOf,
  type Script,
  titleOf,
} from './played-nights.ts';

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
    }, 10 * 60_000);

    test.each(runsOf(script).map((run, at) => [titleOf(run), at] as const))(
      '%s says what the diary says',
      (_title, at) => {
        expect(differencesOf(played[at]!)).toEqual({});
      },
    );

    facts(() => played);
  });
}
