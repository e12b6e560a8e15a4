import type { Command } from 'commander';
import { loadConfig, type Settings, settle } from '../../lib/config.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { plantFaults } from '../../lib/simulator/planter.ts';
import { startSimulator } from '../../lib/simulator/server.ts';
import type { World } from '../../lib/simulator/table.ts';
import { createWorld, WORLD_DEFAULTS } from '../../lib/simulator/world.ts';
import { localNight } from '../local-night.ts';
import type { Runtime } from '../runtime.ts';
import { addDebugFlag, type DebugFlag } from './flags.ts';
import { outcomeText } from './outcome.ts';
import { SIMULATED_KEY, startBefore } from './simulate.ts';
import { totalsTable } from './totals-table.ts';
import { atWork, periodAsked } from './workplace.ts';

interface DemoFlags extends DebugFlag {
  readonly dest?: string;
}

const EXAMPLE = `
Example:
  $ tieout demo --dest /tmp/books
`;

export function addDemo(program: Command, runtime: Runtime): void {
  addDebugFlag(program.command('demo'))
    .description('Run yesterday of a simulated organization: the main job, with nothing but Node.')
    .option('--dest <dir>', 'Directory that receives the snapshot. (default: ./snapshots)')
    .addHelpText('after', EXAMPLE)
    .action((flags: DemoFlags) => demo(runtime, flags));
}

async function demo(runtime: Runtime, { dest }: DemoFlags): Promise<void> {
  const { clock, out } = runtime;
  const now = clock.now();
  const world = demoWorld(now);
  const simulator = await startSimulator({ world, apiKey: SIMULATED_KEY, clock });
  try {
    const settings = settingsOf(simulator.baseUrl, world.organizationId, dest);
    out.write(
      `Reading yesterday of ${world.organizationId}, simulated at ${simulator.baseUrl}; ` +
        `${PLANTED.length} kinds of faults are in it.\n`,
    );
    const question = {
      period: periodAsked(settings, undefined, now),
      force: false,
      isNight: true,
      resume: false,
    };
    const options = { apiKey: SIMULATED_KEY, quiet: !runtime.err.isTerminal };
    const night = await atWork(runtime, settings, options, (station) =>
      localNight(station, question),
    );
    out.write(`\n${totalsTable(night.totals)}\n\n${outcomeText(night)}${whatNext(night.address)}`);
  } finally {
    await simulator.close();
  }
}

/** What a day can show by itself, without the nights before it. */
const PLANTED = [
  'refund-exceeds-parent',
  'duplicate-charge',
  'flagged-by-gateway',
  'dispute-response-needed',
  'parent-status-stale',
  'amount-precision',
  'memo-tax',
  'memo-unused',
];

/** Thirty days of a shop, with one fault of each kind in the last of them. */
export function demoWorld(now: Instant): World {
  const { dayCount } = WORLD_DEFAULTS;
  const start = startBefore(now, dayCount);
  const sound = createWorld({ start, creditMemoCount: MEMO_COUNT });
  const end = (start + dayCount * DAY_MS) as Instant;
  const day = { start: (end - DAY_MS) as Instant, end };
  return plantFaults(sound, { seed: 1, perRule: 1, rules: PLANTED, day }).world;
}

/** More than the simulator's own share, so that every day has some that a fault fits. */
const MEMO_COUNT = 1_500;
const DAY_MS = 86_400_000;

/** The simulated day is over for good at midnight, so the demo waits for no grace. */
function settingsOf(baseUrl: string, organizationId: string, dest: string | undefined): Settings {
  const config = loadConfig('{"graceMinutes": 0}', 'the demo');
  const flags = { baseUrl, organizationId, ...(dest !== undefined && { dest }) };
  return settle(config, flags, { baseUrl: undefined });
}

function whatNext(address: string): string {
  return `
Next:
  open '${address}/report.html'
  npx tieout verify '${address}'
  npx tieout simulate                      an embedded Rebilly to try the commands on
  REBILLY_API_KEY=… npx tieout doctor --organization org_…     look at your own organization
  REBILLY_API_KEY=… npx tieout run --organization org_…        and read yesterday of it
`;
}
