import type { Ground } from './ground.ts';
import type { Plant } from './plant.ts';

/** Sound rows that look like a fault: no label, so whoever reports them is wrong. */
export function decoy(name: string, sight: string, play: (ground: Ground) => void): Plant {
  return {
    name,
    sight,
    plant(ground) {
      play(ground);
      return [];
    },
  };
}
