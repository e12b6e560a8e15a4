import type { Instant } from '../../../lib/model/instant.ts';
import type { CollectionName } from '../../../lib/model/records.ts';
import type { World } from '../../../lib/simulator/table.ts';
import { BEFORE_ALL, type Chain, type DatedLabel, type Played, tableOf } from './chain.ts';
import { type Columns, changesOn } from './changes.ts';
import { type Range, troublesWithin } from './range.ts';
import { readinessOn } from './readiness.ts';
import { troublesOn } from './troubles.ts';

/** What the files of a night have to say, a line each; every list is in order. */
export interface Page {
  readonly discrepancies: readonly string[];
  readonly restatements: readonly string[];
  readonly readiness: readonly string[];
}

/**
 * The world's own account of what every night has to report: from the rows as they stand, from
 * whoever planted the faults, and from which nights were played. It knows no rule.
 */
export interface Diary {
  /** The next night of the chain. */
  night(played: Played): Page;
  /** A night once more: it judges like the first time, and nobody goes on from it. */
  again(played: Played): Page;
  /** What a run by hand finds of the days that it covers. */
  range(days: Range): readonly string[];
  /** Somebody accepts it: `rule collection record`. */
  accept(name: string, at: Instant): void;
}

export function createDiary(world: World, labels: readonly DatedLabel[], columns: Columns): Diary {
  const chains: Chain[] = [BEFORE_ALL];
  const accepted = new Map<string, Instant>();

  const write = (before: Chain, played: Played): { page: Page; after: Chain } => {
    const { lines: discrepancies, troubles } = troublesOn(before, played, labels, accepted);
    const { lines: restatements, texts } = changesOn(world, before, played, columns);
    const { lines, readiness, accounts } = readinessOn(world, before, played);
    const after: Chain = {
      nights: [...before.nights, played],
      accounts: [...before.accounts, accounts],
      troubles,
      texts,
      readiness,
    };
    return { page: { discrepancies, restatements, readiness: lines }, after };
  };

  return {
    night(played) {
      const { page, after } = write(chains.at(-1)!, played);
      chains.push(after);
      return page;
    },
    again(played) {
      const isBefore = ({ nights }: Chain) => nights.every(({ day }) => day < played.day);
      return write(chains.findLast(isBefore)!, played).page;
    },
    range(days) {
      const isBefore = ({ nights }: Chain) => nights.every(({ day }) => day <= days.to);
      const before = chains.findLast(isBefore)!;
      return troublesWithin(before, days, labels, accepted, ({ collection, recordId }) => {
        const table = tableOf(world, collection as CollectionName);
        return table.createdAt(table.indexOf(recordId)!);
      });
    },
    accept: (name, at) => accepted.set(name, at),
  };
}
