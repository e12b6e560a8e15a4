import type { Command } from 'commander';
import { localNight } from '../local-night.ts';
import type { RunQuestion } from '../plan.ts';
import { findUnfinished } from '../resume.ts';
import type { Runtime } from '../runtime.ts';
import type { Station } from '../station.ts';
import { addFailOnFlag, type FailOnFlag, failOn } from './fail-on.ts';
import {
  addPeriodFlags,
  addSettingsFlags,
  askedDays,
  type PeriodFlags,
  type SettingsFlags,
} from './flags.ts';
import { outcomeJson, outcomeText } from './outcome.ts';
import { readSettings } from './settings.ts';
import { atWork, periodAsked } from './workplace.ts';

interface RunFlags extends SettingsFlags, PeriodFlags, FailOnFlag {
  readonly resume?: true;
  readonly force?: true;
  readonly json?: true;
  readonly quiet?: true;
}

const EXAMPLES = `
The key comes from REBILLY_API_KEY, never from a flag. Flags go before the environment, that before
the configuration file.

Examples:
  $ tieout run --organization org_01HX                          yesterday, into ./snapshots
  $ tieout run --from 2026-11-01 --to 2026-11-30 --timezone Europe/Vienna
`;

export function addRun(program: Command, runtime: Runtime): void {
  addFailOnFlag(addSettingsFlags(addPeriodFlags(program.command('run'))))
    .description(
      'Read a period whole, judge it, and publish it as CSV with its proof and a report.',
    )
    .option('--resume', 'Take up the last interrupted run of this period.')
    .option('--force', 'Read a period that is not over yet; publishes a view.')
    .option('--json', 'Print the result as one JSON object.')
    .option('--quiet', 'Print nothing but faults and the result of --json.')
    .addHelpText('after', EXAMPLES)
    .action((flags: RunFlags) => run(runtime, flags));
}

async function run(runtime: Runtime, flags: RunFlags): Promise<void> {
  const days = askedDays(flags);
  const settings = await readSettings(runtime, flags);
  const question = {
    period: periodAsked(settings, days, runtime.clock.now()),
    force: flags.force === true,
    isNight: days === undefined,
    resume: flags.resume === true,
  };
  const options = { apiKey: runtime.apiKey(), quiet: flags.quiet === true };
  const night = await atWork(runtime, settings, options, async (station) => {
    if (!question.resume) await tellUnfinished(station, question);
    return localNight(station, question);
  });
  if (flags.json) runtime.out.write(`${outcomeJson(night)}\n`);
  else if (!flags.quiet) runtime.out.write(outcomeText(night));
  failOn(night.judgement.summary, flags.failOn);
}

/** A run that was killed left whole lanes behind; whoever begins anew should know. */
async function tellUnfinished(station: Station, question: RunQuestion): Promise<void> {
  const unfinished = await findUnfinished(station, question);
  if (unfinished) station.report({ type: 'unfinished-found', runId: unfinished.runId });
}
