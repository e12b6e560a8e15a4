import type { Command } from 'commander';
import { loadConfig, type Settings, settle } from '../../lib/config.ts';
import { startSimulator } from '../../lib/simulator/server.ts';
import { createWorld, WORLD_DEFAULTS } from '../../lib/simulator/world.ts';
import { nightly } from '../nightly.ts';
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
  const world = createWorld({ start: startBefore(clock.now(), WORLD_DEFAULTS.dayCount) });
  const simulator = await startSimulator({ world, apiKey: SIMULATED_KEY, clock });
  try {
    const settings = settingsOf(simulator.baseUrl, world.organizationId, dest);
    out.write(`Reading yesterday of ${world.organizationId}, simulated at ${simulator.baseUrl}.\n`);
    const question = {
      period: periodAsked(settings, undefined, clock.now()),
      force: false,
      isNight: true,
      resume: false,
    };
    const options = { apiKey: SIMULATED_KEY, quiet: !runtime.err.isTerminal };
    const night = await atWork(runtime, settings, options, (station) => nightly(station, question));
    out.write(`\n${totalsTable(night.totals)}\n\n${outcomeText(night)}${whatNext(night.address)}`);
  } finally {
    await simulator.close();
  }
}

/** The simulated day is over for good at midnight, so the demo waits for no grace. */
function settingsOf(baseUrl: string, organizationId: string, dest: string | undefined): Settings {
  const config = loadConfig('{"graceMinutes": 0}', 'the demo');
  const flags = { baseUrl, organizationId, ...(dest !== undefined && { dest }) };
  return settle(config, flags, { baseUrl: undefined });
}

function whatNext(address: string): string {
  return `
Next:
  npx tieout verify '${address}'
  npx tieout simulate                      an embedded Rebilly to try the commands on
  REBILLY_API_KEY=… npx tieout doctor --organization org_…     look at your own organization
  REBILLY_API_KEY=… npx tieout run --organization org_…        and read yesterday of it
`;
}
