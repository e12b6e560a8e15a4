import type { Command } from 'commander';
import { verifySnapshot } from '../../lib/snapshot/verify.ts';
import type { Runtime } from '../runtime.ts';
import { withScratch } from '../scratch.ts';
import { oneLine } from './edge.ts';
import { addDebugFlag, type DebugFlag } from './flags.ts';
import { damaged, openFolder } from './snapshot-folder.ts';

interface VerifyFlags extends DebugFlag {
  readonly json?: true;
}

const EXAMPLE = `
Example:
  $ tieout verify snapshots/organization=org_01HX/period=2026-11-20/run=20261121T061500Z
`;

export function addVerify(program: Command, runtime: Runtime): void {
  addDebugFlag(program.command('verify'))
    .argument('<dir>', 'Folder of a snapshot: the one with manifest.json; in a bucket: s3://…')
    .description('Check every checksum, count and sum of a snapshot against its bytes.')
    .option('--json', 'Print what is wrong as one JSON array.')
    .addHelpText('after', EXAMPLE)
    .action((folder: string, flags: VerifyFlags) => verify(runtime, folder, flags));
}

async function verify({ out }: Runtime, folder: string, { json }: VerifyFlags): Promise<void> {
  const findings = await withScratch(async (scratch) =>
    verifySnapshot((await openFolder(folder, scratch)).bytes),
  );
  if (json) out.write(`${JSON.stringify(findings)}\n`);
  else for (const { file, problem } of findings) out.write(`${oneLine(`${file}: ${problem}`)}\n`);
  if (findings.length > 0) throw damaged(folder, findings);
  if (!json)
    out.write(`Whole: every checksum, count and sum of ${folder} agrees with its bytes.\n`);
}
