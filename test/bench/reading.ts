import { Command } from 'commander';
import { assemble } from '../../functions/assemble.ts';
import {
  addPeriodFlags,
  addSettingsFlags,
  askedDays,
  type PeriodFlags,
  type SettingsFlags,
} from '../../functions/cli/flags.ts';
import { readSettings } from '../../functions/cli/settings.ts';
import { atWork, periodAsked } from '../../functions/cli/workplace.ts';
import { openChain } from '../../functions/evidence/ground.ts';
import { nightHere } from '../../functions/local-night.ts';
import { createRuntime } from '../../functions/runtime.ts';

/** `tieout run` up to where the rules begin: what a script that exports the rows would have to do. */
const runtime = createRuntime(process);
const command = addSettingsFlags(addPeriodFlags(new Command('reading')));
const flags = command.parse().opts<SettingsFlags & PeriodFlags>();
const settings = await readSettings(runtime, flags);
const question = {
  period: periodAsked(settings, askedDays(flags), runtime.clock.now()),
  force: false,
  isNight: false,
  resume: false,
};
const options = { apiKey: runtime.apiKey(), quiet: true };
await atWork(runtime, settings, options, async (station) => {
  await nightHere(station, question, async (station, run, receipts) => {
    const chain = await openChain(station, run);
    const { files, address } = await assemble(station, run, chain, receipts);
    const tables = files.filter(({ table }) => table === 'transactions');
    const paths = tables.map(({ name }) => `${address}/${name}`);
    runtime.out.write(JSON.stringify({ files: paths, laneCount: run.lanes.length }));
  });
});
