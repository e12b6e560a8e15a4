import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { MANIFEST_NAME, type Manifest, PRODUCT } from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';
import { reportText } from '../../lib/report/terminal.ts';
import { directoryStore } from '../../lib/store/directory.ts';
import { judgedFiles, writeFiles } from '../judged-files.ts';
import { type Judgement, reconcile, type WholeSnapshot } from '../reconcile.ts';
import type { Runtime } from '../runtime.ts';
import { addFailOnFlag, type FailOnFlag, failOn } from './fail-on.ts';
import { addConfigFlag, addDebugFlag, type ConfigFlag, type DebugFlag } from './flags.ts';
import { readConfig } from './settings.ts';
import { openWhole } from './snapshot-folder.ts';

interface ReconcileFlags extends ConfigFlag, DebugFlag, FailOnFlag {
  readonly out?: string;
  readonly json?: true;
}

const EXAMPLE = `
Nothing is asked of the API, and nothing depends on when it is done: the snapshot is judged as of the
instant at which it was finished, and the same snapshot gives the same files. The configuration says
which rules there are (rules, settleDays) and where records are shown (report.linkTemplate).

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
  const snapshot = await openWhole(folder);
  const out = resolve(flags.out ?? beside(folder, snapshot.manifest));
  await refuseSnapshots(out);

  const judgement = await judged(runtime, snapshot, config);
  runtime.stopSignal.throwIfAborted();
  const files = judgedFiles(judgement, snapshot.manifest.scope);
  await writeFiles(directoryStore(out), files);

  const { summary } = judgement;
  const names = files.map(({ name }) => name).join(', ');
  runtime.out.write(
    flags.json
      ? `${JSON.stringify({ ...summary, address: out })}\n`
      : `${reportText(summary)}\nWritten to ${out}:\n  ${names}\n`,
  );
  failOn(summary, flags.failOn);
}

async function judged(
  { clock }: Runtime,
  snapshot: WholeSnapshot,
  config: Awaited<ReturnType<typeof readConfig>>,
): Promise<Judgement> {
  const spillDirectory = await mkdtemp(join(tmpdir(), `${PRODUCT}-`));
  try {
    return await reconcile(snapshot, { config, spillDirectory, nowMs: clock.now });
  } finally {
    await rm(spillDirectory, { recursive: true });
  }
}

function beside(folder: string, { runId }: Manifest): string {
  return join(resolve(folder), '..', `reconciled-${runId}`);
}

/** A snapshot is never changed, not even by a file more; whichever way one comes to its folder. */
async function refuseSnapshots(out: string): Promise<void> {
  for (let folder = await truePath(out); ; folder = dirname(folder)) {
    if (await isThere(join(folder, MANIFEST_NAME))) {
      const message = `--out is '${out}', inside of the snapshot '${folder}'.`;
      throw new Fault('FLAG_INVALID', message, 'Give it a directory outside of any snapshot.');
    }
    if (folder === dirname(folder)) return;
  }
}

/** Of a path that need not be there yet. */
async function truePath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(await truePath(folder), basename(path));
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
