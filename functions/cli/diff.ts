import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../../lib/config.ts';
import type { Scope } from '../../lib/contract.ts';
import {
  DIFFERENCE_COLUMNS,
  type Difference,
  differenceCells,
  plainLine,
} from '../../lib/reconcile/difference.ts';
import { encodeHeader, encodeRows } from '../../lib/snapshot/encode.ts';
import { databaseLimits } from '../database-limits.ts';
import { diff, type Side } from '../diff.ts';
import type { Runtime } from '../runtime.ts';
import { withScratch } from '../scratch.ts';
import { differenceHead, differenceText, LINES_SHOWN } from './difference-text.ts';
import { addDebugFlag, type DebugFlag } from './flags.ts';
import { writeOut } from './out-file.ts';
import { refuseSnapshots } from './refuse-snapshots.ts';
import { openWhole } from './snapshot-folder.ts';

interface DiffFlags extends DebugFlag {
  readonly out?: string;
  readonly json?: true;
}

const EXAMPLE = `
Both are verified first. A field that changed is a lifecycle (null got a value, an outcome became
known, a status moved on) or a correction of what was published; only-in-first and only-in-second
tell the amount of what one of them lacks. Items of a memo are told by their ids, allocations by what
they pay and when; line names them. Records of which only updatedTime and revision moved are the same.
The effect is money in less money out, and of memos the credit they give; items and allocations have
none of their own. Whether they differ or not, the exit code is 0.

Example:
  $ cd snapshots/organization=org_01HX/period=2026-11-20
  $ tieout diff run=20261121T061500Z run=20261124T091200Z --out /tmp/changes.csv
`;

export function addDiff(program: Command, runtime: Runtime): void {
  const command = program
    .command('diff')
    .argument('<first>', 'Folder of a snapshot: the one with manifest.json.')
    .argument('<second>', 'Folder of another run of the same period.')
    .description('Compare two snapshots of a period, field by field.')
    .option(
      '--out <file>',
      'CSV file that receives all of it, with the columns of restatements.csv and line; never ' +
        'inside a snapshot.',
    )
    .option('--json', 'Print all of it as one JSON object.');
  addDebugFlag(command)
    .addHelpText('after', EXAMPLE)
    .action((first: string, second: string, flags: DiffFlags) =>
      compare(runtime, [first, second], flags),
    );
}

async function compare(
  runtime: Runtime,
  [one, other]: readonly [string, string],
  flags: DiffFlags,
): Promise<void> {
  const out = flags.out === undefined ? undefined : resolve(flags.out);
  if (out !== undefined) await refuseSnapshots(out);
  const first: Side = { folder: one, ...(await openWhole(one)) };
  const second: Side = { folder: other, ...(await openWhole(other)) };
  runtime.stopSignal.throwIfAborted();
  await withScratch(async (scratch) => {
    const difference = await diff(
      first,
      second,
      databaseLimits(loadConfig('{}', 'the defaults'), scratch),
    );
    try {
      runtime.stopSignal.throwIfAborted();
      if (out !== undefined) await writeOut(out, csvPieces(difference, second.manifest.scope));
      if (flags.json) await printJson(runtime, first, second, difference);
      else {
        const worst = await difference.worst(LINES_SHOWN);
        runtime.out.write(differenceText(first, second, difference, worst));
        if (out !== undefined) runtime.out.write(`Written to ${out}\n`);
      }
    } finally {
      difference.close();
    }
  });
}

async function* csvPieces(
  difference: Difference,
  { csv }: Pick<Scope, 'csv'>,
): AsyncGenerator<Uint8Array> {
  yield encodeHeader(DIFFERENCE_COLUMNS, csv);
  for await (const lines of difference.lines()) {
    yield Buffer.from(encodeRows(lines.map(differenceCells), csv));
  }
}

/** In pieces: all lines of two snapshots that have nothing in common would be one text too long. */
async function printJson(
  { out }: Runtime,
  first: Side,
  second: Side,
  difference: Difference,
): Promise<void> {
  const head = JSON.stringify(differenceHead(first, second, difference));
  out.write(`${head.slice(0, -1)},"differences":[`);
  let comma = '';
  for await (const lines of difference.lines()) {
    if (lines.length === 0) continue;
    out.write(`${comma}${lines.map((line) => JSON.stringify(plainLine(line))).join(',')}`);
    comma = ',';
  }
  out.write(']}\n');
}
