import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../../lib/config.ts';
import type { Judging, Manifest } from '../../lib/contract.ts';
import { reportText } from '../../lib/report/terminal.ts';
import { directoryStore } from '../../lib/store/directory.ts';
import { databaseLimits } from '../database-limits.ts';
import { judgedFiles, writeJudged } from '../judged-files.ts';
import { resolved } from '../manifest-content.ts';
import { reconcile } from '../reconcile.ts';
import type { Runtime } from '../runtime.ts';
import { withScratch } from '../scratch.ts';
import { addFailOnFlag, type FailOnFlag, failOn } from './fail-on.ts';
import { addConfigFlag, addDebugFlag, type ConfigFlag, type DebugFlag } from './flags.ts';
import { refuseSnapshots } from './refuse-snapshots.ts';
import { readConfig } from './settings.ts';
import { openWhole } from './snapshot-folder.ts';

interface ReconcileFlags extends ConfigFlag, DebugFlag, FailOnFlag {
  readonly out?: string;
  readonly json?: true;
}

const EXAMPLE = `
Nothing is asked of the API, and nothing depends on when it is done: the snapshot brings all that its
run saw, and the instant and the rules that it was judged by, so it gives the same files again. A
configuration that is named judges it by other rules (rules, settleDays, report.linkTemplate).

Example:
  $ tieout reconcile snapshots/organization=org_01HX/period=2026-11-20/run=20261121T061500Z
`;

export function addReconcile(program: Command, runtime: Runtime): void {
  const command = program
    .command('reconcile')
    .argument('<dir>', 'Folder of a snapshot: the one with manifest.json.')
    .description('Judge a snapshot again, offline: what in it does not tie out.')
    .option(
      '--out <dir>',
      'Directory that receives the findings; never inside a snapshot. (default: reconciled-<run>, ' +
        'beside the folder of the snapshot)',
    )
    .option('--json', 'Print the report as one JSON object.');
  addDebugFlag(addConfigFlag(addFailOnFlag(command)))
    .addHelpText('after', EXAMPLE)
    .action((folder: string, flags: ReconcileFlags) => judgeAgain(runtime, folder, flags));
}

async function judgeAgain(runtime: Runtime, folder: string, flags: ReconcileFlags): Promise<void> {
  const config = await readConfig(flags.config);
  const terms = flags.config === undefined ? {} : termsOf(config);
  const { manifest, files } = await openWhole(folder);
  const out = resolve(flags.out ?? beside(folder, manifest));
  await refuseSnapshots(out);

  const judging = { ...manifest.judging, ...terms };
  const judgement = await withScratch((spillDirectory) =>
    reconcile(
      { files, manifest: { ...manifest, judging } },
      { limits: databaseLimits(config, spillDirectory), nowMs: runtime.clock.now },
    ),
  );
  runtime.stopSignal.throwIfAborted();
  const found = judgedFiles(judgement, manifest.scope);
  await writeJudged(directoryStore(out), '', found);

  const { summary } = judgement;
  const names = found.map(({ name }) => name).join(', ');
  runtime.out.write(
    flags.json
      ? `${JSON.stringify({ ...summary, address: out })}\n`
      : `${reportText(summary)}\nWritten to ${out}:\n  ${names}\n`,
  );
  failOn(summary, flags.failOn);
}

/** What a snapshot may be judged by instead of its own terms, to see what would be found then. */
function termsOf({ rules, settleDays, report }: Config): Partial<Judging> {
  return { rules: resolved(rules), settleDays, linkTemplate: report.linkTemplate };
}

function beside(folder: string, { runId }: Manifest): string {
  return join(resolve(folder), '..', `reconciled-${runId}`);
}
