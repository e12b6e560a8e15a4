import { type Command, Option } from 'commander';
import { parseLocalDay } from '../../lib/calendar/business-day.ts';
import { ENVIRONMENT } from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';
import { type Instant, instantOf, instantText, parseTimestamp } from '../../lib/model/instant.ts';
import type { Label } from '../../lib/simulator/planted/plant.ts';
import { plantFaults } from '../../lib/simulator/planter.ts';
import { type Simulator, startSimulator } from '../../lib/simulator/server.ts';
import { createWorld, WORLD_DEFAULTS } from '../../lib/simulator/world.ts';
import type { Runtime } from '../runtime.ts';
import { addDebugFlag, type Bounds, type DebugFlag, namesOf, wholeNumber } from './flags.ts';
import { NASTY, NASTY_NAMES, type NastyName, nastinessOf } from './nasty.ts';
import { textTable } from './text-table.ts';

/** The one key that the simulator accepts. It opens nothing else, so it may be printed. */
export const SIMULATED_KEY = 'sk_simulated';

const DEFAULT_PORT = 8642;

const DAY_MS = 86_400_000;

interface SimulateFlags extends DebugFlag {
  readonly port: number;
  readonly seed: number;
  readonly days: number;
  readonly transactions: number;
  readonly start?: Instant;
  readonly asOf?: Instant;
  readonly latencyMs: number;
  readonly rateLimit?: number;
  readonly nasty: readonly NastyName[];
  readonly even?: true;
  readonly plant: number;
}

const EXAMPLE = `
What --nasty takes:
${NASTY_NAMES.map((name) => `  ${name.padEnd(10)} ${NASTY[name].meaning}`).join('\n')}

Example:
  $ tieout simulate --transactions 100000 --latency-ms 50 --nasty ties,errors
`;

export function addSimulate(program: Command, runtime: Runtime): void {
  addDebugFlag(program.command('simulate'))
    .description('Serve an embedded Rebilly with a made-up organization, until it is stopped.')
    .addOption(count('--port <n>', 'Port to listen on; 0 for any.', DEFAULT_PORT, 65_535))
    .addOption(count('--seed <n>', 'The rows follow from it.', WORLD_DEFAULTS.seed, 2 ** 31 - 1))
    .addOption(count('--days <n>', 'Days with rows.', WORLD_DEFAULTS.dayCount, 3_650, 1))
    .addOption(
      count('--transactions <n>', 'Transactions in all.', WORLD_DEFAULTS.transactionCount, 20e6),
    )
    .addOption(
      new Option('--start <day>', 'First day. (default: so that the last is yesterday)').argParser(
        (text) => Date.parse(parseLocalDay(text)) as Instant,
      ),
    )
    .addOption(
      new Option('--as-of <time>', 'Show the world as of then. (default: now)').argParser(instant),
    )
    .addOption(count('--latency-ms <n>', 'Milliseconds every answer takes on top.', 0, 600_000))
    .addOption(count('--rate-limit <n>', 'Requests a minute, told in headers.', undefined, 1e9, 1))
    .addOption(
      new Option('--nasty <names>', 'Misbehaviour, names joined by commas; see below.')
        .default([])
        .argParser((text) => namesOf('--nasty', text, NASTY_NAMES)),
    )
    .option('--even', 'Spread rows evenly instead of like sales.')
    .addOption(count('--plant <n>', 'Faults to plant for each rule; they are listed.', 0, 10_000))
    .addHelpText('after', EXAMPLE)
    .action((flags: SimulateFlags) => simulate(runtime, flags));
}

async function simulate(runtime: Runtime, flags: SimulateFlags): Promise<void> {
  const { clock, out, stopSignal } = runtime;
  const { server, world: oddness, denseRowCount } = nastinessOf(flags.nasty);
  const start = flags.start ?? startBefore(clock.now(), flags.days);
  const lastNoon = (start + (flags.days - 0.5) * DAY_MS) as Instant;
  const end = (start + flags.days * DAY_MS) as Instant;
  const clean = createWorld({
    seed: flags.seed,
    start,
    dayCount: flags.days,
    transactionCount: flags.transactions,
    shape: flags.even ? 'even' : 'lively',
    ...(denseRowCount > 0 && { denseSecond: { at: lastNoon, rowCount: denseRowCount } }),
    ...oddness,
  });
  const { world, labels } = plantFaults(clean, {
    seed: flags.seed,
    perRule: flags.plant,
    day: { start, end },
  });
  const simulator = await startSimulator({
    world,
    apiKey: SIMULATED_KEY,
    port: flags.port,
    clock,
    latencyMs: flags.latencyMs,
    seed: flags.seed,
    nastiness: server,
    ...(flags.asOf !== undefined && { asOf: flags.asOf }),
    ...(flags.rateLimit !== undefined && {
      rateLimit: { limit: flags.rateLimit, windowMs: 60_000, headers: true },
    }),
  });
  out.write(
    greeting(simulator, world.organizationId, `${instantText(start)} to ${instantText(end)}`),
  );
  if (labels.length > 0) out.write(`\n${listed(labels)}\n`);
  await stopped(stopSignal);
  await simulator.close();
}

/** Midnight UTC so many days before today's: the last of them is yesterday. */
export function startBefore(now: Instant, dayCount: number): Instant {
  return (Math.floor(now / DAY_MS) * DAY_MS - dayCount * DAY_MS) as Instant;
}

function greeting({ baseUrl }: Simulator, organization: string, span: string): string {
  return `An embedded Rebilly answers at ${baseUrl} (Ctrl-C ends it).

  organization  ${organization}
  key           ${SIMULATED_KEY}
  rows          ${span}

In a second terminal:
  $ ${ENVIRONMENT.apiKey}=${SIMULATED_KEY} npx tieout run --base-url ${baseUrl} --organization ${organization}
`;
}

function listed(labels: readonly Label[]): string {
  const rows = labels.map(({ rule, collection, recordId, plantedBy }) => [
    rule,
    `${collection}/${recordId}`,
    plantedBy,
  ]);
  return textTable(['rule', 'is true of', 'planted by'], rows, { textColumns: 3 });
}

/** To be stopped is how this command ends, not how it fails. */
function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function count(
  flags: string,
  meaning: string,
  fallback: number | undefined,
  max: number,
  min = 0,
): Option {
  const name = flags.split(' ', 1)[0]!;
  const bounds: Bounds = { min, max };
  return new Option(flags, meaning)
    .default(fallback)
    .argParser((text) => wholeNumber(name, text, bounds));
}

function instant(text: string): Instant {
  const found = parseTimestamp(text);
  if (found !== undefined) return instantOf(found.second);
  const remedy = 'Write it as RFC 3339, for example 2026-11-21T06:15:00Z.';
  throw new Fault('FLAG_INVALID', `--as-of is '${text}'.`, remedy);
}
