import type { Command } from 'commander';
import type { RunPlan } from '../../lib/contract.ts';
import { COLLECTIONS } from '../../lib/model/records.ts';
import { periodName } from '../../lib/object-keys.ts';
import { type Forecast, forecastOf } from '../forecast.ts';
import { plan } from '../plan.ts';
import type { Runtime } from '../runtime.ts';
import {
  addPeriodFlags,
  addSettingsFlags,
  askedDays,
  type PeriodFlags,
  type SettingsFlags,
} from './flags.ts';
import { forecastLines } from './forecast-lines.ts';
import { figure } from './progress.ts';
import { readSettings } from './settings.ts';
import { textTable } from './text-table.ts';
import { atWork, periodAsked } from './workplace.ts';

interface PlanFlags extends SettingsFlags, PeriodFlags {
  readonly force?: true;
  readonly json?: true;
}

const EXAMPLE = `
Example:
  $ tieout plan --organization org_01HX --date 2026-11-20
`;

export function addPlan(program: Command, runtime: Runtime): void {
  addSettingsFlags(addPeriodFlags(program.command('plan')))
    .description('Tell what a run would do, from counts only.')
    .option('--force', 'Count a period that is not over yet.')
    .option('--json', 'Print the result as one JSON object.')
    .addHelpText('after', EXAMPLE)
    .action((flags: PlanFlags) => planned(runtime, flags));
}

async function planned(runtime: Runtime, flags: PlanFlags): Promise<void> {
  const days = askedDays(flags);
  const settings = await readSettings(runtime, flags);
  const { clock, out } = runtime;
  const period = periodAsked(settings, days, clock.now());
  const options = { apiKey: runtime.apiKey(), quiet: true };
  const startedAt = clock.now();
  const { run, requestCount, rateLimit } = await atWork(
    runtime,
    settings,
    options,
    async (station) => {
      const made = await plan(station, {
        period,
        force: flags.force === true,
        isNight: false,
      });
      const { requestCount, rateLimit } = station.source;
      return { run: made, requestCount, rateLimit };
    },
  );
  const answerMs = (clock.now() - startedAt) / Math.max(1, requestCount);
  const forecast = forecastOf(run, { answerMs, concurrency: settings.concurrency, rateLimit });
  if (flags.json) out.write(`${JSON.stringify({ ...forecast, view: run.view })}\n`);
  else out.write(forecastText(run, forecast));
}

function forecastText({ scope, lanes, view }: RunPlan, forecast: Forecast): string {
  const rows = COLLECTIONS.filter((name) => scope.collections.includes(name)).map((name) => {
    const own = lanes.filter(({ collection }) => collection === name);
    const rowCount = own.reduce((sum, lane) => sum + lane.rowEstimate, 0);
    return [name, figure(rowCount), figure(own.length)];
  });
  return `${[
    `${periodName(scope.firstDay, scope.lastDay)} of ${scope.organizationId} (${scope.timezone})`,
    '',
    textTable(['collection', 'rows', 'lanes'], rows, { textColumns: 1 }),
    '',
    ...forecastLines(forecast),
    ...(view === '' ? [] : ['It would be published as a view, not as the night.']),
  ].join('\n')}\n`;
}
