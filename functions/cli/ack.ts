import type { Command } from 'commander';
import { Fault } from '../../lib/model/fault.ts';
import { periodName } from '../../lib/object-keys.ts';
import { visible } from '../../lib/report/markup.ts';
import { type Accepted, acknowledge, type Place, type Spoken, takeBack } from '../acknowledge.ts';
import { openStore } from '../open-store.ts';
import type { Runtime } from '../runtime.ts';
import { oneLine } from './edge.ts';
import { addPlaceFlags, type PlaceFlags } from './flags.ts';
import { readSettings } from './settings.ts';

interface AckFlags extends PlaceFlags {
  readonly reason: string;
  readonly by?: string;
  readonly undo?: true;
  readonly json?: true;
}

/** A paragraph: it stands in a cell of acknowledgements.csv and in the report. */
const TEXT_MAX = 1_000;

const EXAMPLE = `
The id is in discrepancies.csv and in the report. What is accepted are the figures of the newest
snapshot that lists it: when what is expected or what was found changes, it is open again. Nothing is
asked of the API, and no key is needed.

Example:
  $ tieout ack 3f9c2b71d04e8a65 --reason 'Refunded by hand, voucher 118' --by 'A. Berger'
`;

export function addAck(program: Command, runtime: Runtime): void {
  const command = program
    .command('ack')
    .argument('<id>', 'Id of a discrepancy.')
    .description('Accept a discrepancy, with a reason: from the next run on it is acknowledged.')
    .requiredOption('--reason <text>', 'Why; it is kept with the figures that are accepted.')
    .option('--by <name>', 'Who accepts it.')
    .option('--undo', 'Take the acceptance back; this too with a reason.')
    .option('--json', 'Print what was written as one JSON object.');
  addPlaceFlags(command)
    .addHelpText('after', EXAMPLE)
    .action((id: string, flags: AckFlags) => ack(runtime, id, flags));
}

async function ack(runtime: Runtime, id: string, flags: AckFlags): Promise<void> {
  const word = { id, reason: text('--reason', flags.reason), by: text('--by', flags.by ?? '') };
  if (word.reason === '') {
    throw new Fault('FLAG_INVALID', '--reason is empty.', 'Say why, for whoever reads it later.');
  }
  const { dest, organizationId } = await readSettings(runtime, flags);
  const place: Place = { store: await openStore(dest), organizationId, clock: runtime.clock };
  const outcome = flags.undo ? await takeBack(place, word) : await acknowledge(place, word);
  const tell = flags.json ? outcomeJson : outcomeText;
  runtime.out.write(tell(outcome));
}

/** One line, so that whatever lists it later keeps its shape. */
function text(flag: string, given: string): string {
  const line = oneLine(given).trim();
  if (line.length <= TEXT_MAX) return line;
  const remedy = `Give it ${TEXT_MAX} at most, and keep the rest elsewhere.`;
  throw new Fault('FLAG_INVALID', `${flag} has ${line.length} characters.`, remedy);
}

function outcomeJson({ record, address, ...rest }: Spoken | Accepted): string {
  if (!('listed' in rest)) return `${JSON.stringify({ ...record, address })}\n`;
  const { discrepancy, manifest } = rest.listed;
  const { difference, currency } = discrepancy;
  const { scope, runId } = manifest;
  const period = periodName(scope.firstDay, scope.lastDay);
  const source = { period, runId, passedOver: rest.broken };
  return `${JSON.stringify({ ...record, difference, currency, ...source, address })}\n`;
}

function outcomeText({ record, address, ...rest }: Spoken | Accepted): string {
  const { decision, id, rule, collection, recordId } = record;
  const verb = decision === 'accepted' ? 'Accepted' : 'Taken back';
  const head = [`${verb}: ${rule} of ${collection} ${recordId} (${id})`, ''];
  const lines =
    'listed' in rest ? acceptedLines(record, rest) : figureLines(record, []).concat('', TAKEN_BACK);
  return `${[...head, ...lines, `Written to ${address}`].map(visible).join('\n')}\n`;
}

const TAKEN_BACK = 'It takes effect with the next run, which reports it as open where it is true.';

function acceptedLines(
  record: Spoken['record'],
  { listed, broken }: Pick<Accepted, 'listed' | 'broken'>,
): string[] {
  const { discrepancy, manifest } = listed;
  const { firstDay, lastDay } = manifest.scope;
  const difference = ['difference', `${discrepancy.difference} ${discrepancy.currency}`.trim()];
  return [
    ...figureLines(record, [difference]),
    '',
    `Figures of ${periodName(firstDay, lastDay)}, run ${manifest.runId}.`,
    ...broken.map((sentence) => `Passed over, since it cannot be read: ${oneLine(sentence)}`),
    'It takes effect with the next run, and holds until expected or actual change.',
  ];
}

function figureLines(
  { expected, actual, reason, by }: Spoken['record'],
  more: readonly (readonly string[])[],
): string[] {
  const rows = [['expected', expected], ['actual', actual], ...more, ['reason', reason]];
  if (by !== '') rows.push(['by', by]);
  return rows.map(([name, value]) => `  ${name!.padEnd('difference'.length)}  ${value}`.trimEnd());
}
