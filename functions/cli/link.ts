import { extname } from 'node:path';
import type { Command } from 'commander';
import type { Manifest } from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';
import { instantText } from '../../lib/model/instant.ts';
import { MANIFEST_NAME, periodName } from '../../lib/object-keys.ts';
import { missingManifest, readManifest } from '../../lib/snapshot/manifest.ts';
import { isBucket, openStore } from '../open-store.ts';
import type { Runtime } from '../runtime.ts';
import { addDebugFlag, type Bounds, type DebugFlag, wholeNumber } from './flags.ts';

interface LinkFlags extends DebugFlag {
  readonly minutes: number;
  readonly json?: true;
}

const REPORT = 'report.html';

/** A link is as good as the file, and is passed on by mail: it outlives no working day. */
const MINUTES: Bounds = { min: 1, max: 720 };

const MINUTES_DEFAULT = 60;

/** What browsers and spreadsheets open by; S3 was told none of it. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
};

const EXAMPLE = `
Until it ends, whoever has the link can download that one file, without any account; a browser saves
it by a name that tells the period: 2026-11-20 transactions.csv. So hand it on as you would the file: it
cannot be taken back, except with the credentials that signed it. Those are the AWS credentials that
are found here; a link of temporary ones ends with them, even before its minutes are over. Nothing in
the bucket is changed. Of a snapshot in a directory, hand on the file itself.

Example:
  $ tieout link s3://books/organization=org_01HX/period=2026-11-20/run=20261121T061500Z transactions.csv
`;

export function addLink(program: Command, runtime: Runtime): void {
  const command = program
    .command('link')
    .argument('<dir>', 'Folder of a snapshot in a bucket: s3://…, the one with manifest.json.')
    .argument('[file]', `A file of that snapshot. (default: ${REPORT})`)
    .description('Make a link by which somebody without AWS downloads a file of a snapshot.')
    .option(
      '--minutes <n>',
      'How long the link lives, 1 to 720.',
      (text) => wholeNumber('--minutes', text, MINUTES),
      MINUTES_DEFAULT,
    )
    .option('--json', 'Print the link as one JSON object.');
  addDebugFlag(command)
    .addHelpText('after', EXAMPLE)
    .action((folder: string, file: string | undefined, flags: LinkFlags) =>
      link(runtime, folder, file ?? REPORT, flags),
    );
}

async function link(
  { clock, out }: Runtime,
  folder: string,
  file: string,
  { minutes, json }: LinkFlags,
): Promise<void> {
  const store = await openStore(folder);
  const text = await store.text(MANIFEST_NAME);
  if (text === undefined) throw missingManifest();
  const manifest = readManifest(text);
  assertFile(manifest, file);
  const location = store.locate(file);
  if (!isBucket(folder)) throw unlinked(folder, location);
  // Loaded for a bucket only, as its store is.
  const { s3Link } = await import('../../lib/store/s3-link.ts');
  const fileName = nameOutside(manifest, file);
  const { url, until } = await s3Link(location, {
    fileName,
    contentType: CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
    from: clock.now(),
    lifeSeconds: minutes * 60,
  });
  const end = instantText(until);
  out.write(
    json
      ? `${JSON.stringify({ url, fileName, until: end })}\n`
      : `${fileName}, for whoever has this link until ${end}:\n${url}\n`,
  );
}

/** Fault: `FILE_UNKNOWN`. */
function assertFile({ files }: Manifest, file: string): void {
  const names = [...files.map(({ name }) => name), MANIFEST_NAME];
  if (names.includes(file)) return;
  throw new Fault(
    'FILE_UNKNOWN',
    `The snapshot has no file '${file}'.`,
    `It has ${names.join(', ')}.`,
  );
}

function unlinked(folder: string, path: string): Fault {
  return new Fault(
    'FLAG_INVALID',
    `'${folder}' is a directory, and no link leads into one.`,
    `Hand over the file itself: '${path}'.`,
  );
}

/** Among the files of other nights, `transactions.csv` says nothing; a view must not pass for one. */
function nameOutside({ scope, view }: Manifest, file: string): string {
  const period = periodName(scope.firstDay, scope.lastDay);
  return [period, ...(view === '' ? [] : ['view']), ...file.split('/')].join(' ');
}
