import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '../../lib/contract.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { type Reconciliation, reconcile } from '../../lib/reconcile/reconcile.ts';
import { ROSTER } from '../../lib/reconcile/roster.ts';
import type { Label } from '../../lib/simulator/planted/plant.ts';
import { RULES_ACROSS_NIGHTS, RULES_OF_ONE_LOOK } from '../../lib/simulator/planted/roster.ts';
import { type PlantedWorld, plantFaults } from '../../lib/simulator/planter.ts';
import type { World } from '../../lib/simulator/table.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { SCOPE } from './night.ts';
import { createSnapshotWriter, type SnapshotWriter } from './snapshot-writer.ts';
import { type Tally, tallied } from './tally.ts';
import { publishedDays, volumesBefore, writeSecondLook, writeWorld } from './world-files.ts';

/** A world, and what is planted into it. */
export interface Size {
  readonly transactionCount: number;
  /** Days into which faults are planted: the first, and the one after the last, each with a seed. */
  readonly spans: readonly (readonly [first: number, end: number])[];
  /** Faults of each rule in each span. */
  readonly perRule: number;
  /** Sound look-alikes of each kind in each span. */
  readonly decoyRounds: number;
}

const DAY_MS = 86_400_000;
const START = Date.parse('2026-10-01T00:00:00Z');
/** As many credit memos as a shop has that takes a tenth of its sales back. */
const MEMO_SHARE = 0.1;
const DAY_COUNT = 30;
const CHANGES = RULES_ACROSS_NIGHTS.filter((rule) => rule !== 'volume-outlier');
/** Days with hardly any money in; the last day of the world stays as it is. */
const EMPTY_DAYS = [27, 28];

const dayAt = (number: number) => (START + number * DAY_MS) as Instant;
/** Every grace of a planted day is over, and no planted authorization has lapsed. */
const ASKED = dayAt(31);
const FIRST_LOOK = dayAt(30.25);
const CHANGED = dayAt(31.5);
const SECOND_LOOK = dayAt(33);

/** How well each rule tells planted faults from everything else in a world of that size. */
export async function accuracyOf(size: Size): Promise<readonly Tally[]> {
  const { world, labels } = planted(size);
  const looks = await judged(world);
  const empty = EMPTY_DAYS.reduce(
    ({ world, labels }, day): PlantedWorld => {
      const span = { start: dayAt(day), end: dayAt(day + 1) };
      const more = plantFaults(world, {
        ...{ seed: day, rules: ['volume-outlier'], perRule: 1, day: span },
      });
      return { world: more.world, labels: [...labels, ...more.labels] };
    },
    { world: clean(size), labels: [] as readonly Label[] },
  );
  const volumes = await judgedVolumes(empty.world);
  return tallied([...labels, ...empty.labels], [...looks, volumes]);
}

/** What is found where nothing was planted. */
export async function falseAlarms(size: Size): Promise<readonly Tally[]> {
  const world = clean(size);
  return tallied([], [...(await judged(world)), await judgedVolumes(world)]);
}

function clean({ transactionCount }: Size): World {
  const creditMemoCount = Math.round(transactionCount * MEMO_SHARE);
  const start = START as Instant;
  return createWorld({ start, dayCount: DAY_COUNT, transactionCount, creditMemoCount });
}

function planted(size: Size): PlantedWorld {
  const { spans, perRule, decoyRounds } = size;
  let world = clean(size);
  const labels: Label[] = [];
  for (const [seed, [first, end]] of spans.entries()) {
    const more = plantFaults(world, {
      seed,
      rules: [...RULES_OF_ONE_LOOK, ...CHANGES],
      ...{ perRule, decoyRounds },
      day: { start: dayAt(first), end: dayAt(end) },
      laterAt: CHANGED,
    });
    world = more.world;
    labels.push(...more.labels);
  }
  return { world, labels };
}

/** One look by every rule that needs no more, and a second one by those that compare the two. */
async function judged(world: World): Promise<Reconciliation[]> {
  const once = await judgedFiles(ASKED, RULES_OF_ONE_LOOK, (writer) =>
    writeWorld(writer, world, { asOf: ASKED }),
  );
  const again = await judgedFiles(SECOND_LOOK, CHANGES, (writer) => {
    writeSecondLook(writer, world, [FIRST_LOOK, SECOND_LOOK]);
    writer.input('published', publishedDays(START, DAY_COUNT));
  });
  return [once, again];
}

function judgedVolumes(world: World): Promise<Reconciliation> {
  const [first] = EMPTY_DAYS as [number];
  const days = { start: dayAt(first), end: dayAt(DAY_COUNT) };
  return judgedFiles(
    ASKED,
    ['volume-outlier'],
    (writer) => {
      writeWorld(writer, world, { asOf: ASKED, ...days });
      writer.input('volumes', volumesBefore(world, days.start, ASKED));
    },
    first,
  );
}

async function judgedFiles(
  judgedAt: Instant,
  rules: readonly string[],
  write: (writer: SnapshotWriter) => void,
  firstDay = 0,
): Promise<Reconciliation> {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-accuracy-'));
  const dates = { firstDay: dateAt(firstDay), lastDay: dateAt(DAY_COUNT - 1) };
  const scope: Scope = { ...SCOPE, ...dates };
  const period = { start: `${dates.firstDay}T00:00:00Z`, end: `${dateAt(DAY_COUNT)}T00:00:00Z` };
  try {
    const writer = createSnapshotWriter(folder, scope);
    write(writer);
    return await reconcile(
      writer.close(),
      { scope, period },
      {
        judgedAt,
        isNight: false,
        memoryLimit: '600MB',
        spillDirectory: join(folder, 'spill'),
        threadCount: 2,
        rules: {},
        settleDays: 7,
        nowMs: () => 0,
        roster: ROSTER.filter(({ id }) => rules.includes(id)),
      },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function dateAt(number: number): string {
  return new Date(dayAt(number)).toISOString().slice(0, 10);
}
