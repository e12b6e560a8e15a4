import { parseArgs } from 'node:util';
import { accuracyOf, falseAlarms, type Size } from '../../reconcile/accuracy.ts';
import { circumstancesAt, circumstancesText } from '../circumstances.ts';
import { publish } from '../page.ts';
import { memoryOf } from './memory.ts';
import { type Accuracy, rulesReport } from './report.ts';
import { speedPairs } from './speed.ts';

/** `npm run bench:rules`: measures the rules and tells; nothing fails because a machine is slow. */
const SCRIPT = 'npm run bench:rules';
const SECTIONS = ['accuracy', 'speed', 'memory'];
const ROWS = { accuracy: 1_000_000, speed: 1_000_000, memory: 10_000_000 } as const;

const argv = process.argv.slice(2);
const { values } = parseArgs({
  args: argv,
  options: {
    only: { type: 'string', default: SECTIONS.join() },
    /** Of every section that is measured; each has its own where it is left out. */
    rows: { type: 'string' },
    pairs: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
});
const wanted = values.only.split(',');
const rowsOf = (section: keyof typeof ROWS) => Number(values.rows ?? ROWS[section]);
const isWanted = (section: keyof typeof ROWS) => wanted.includes(section);
if (!wanted.every((section) => SECTIONS.includes(section))) {
  throw new Error(`--only takes ${SECTIONS.join(', ')}.`);
}

const circumstances = circumstancesAt(new Date(), SCRIPT, argv);
const results = rulesReport({
  ...(isWanted('speed') && { pairs: await speedPairs(rowsOf('speed'), Number(values.pairs)) }),
  ...(isWanted('memory') && { memory: await memoryOf(rowsOf('memory')) }),
  ...(isWanted('accuracy') && { accuracy: await accuracy(rowsOf('accuracy')) }),
});
const text = `${circumstancesText(circumstances)}\n\n${results}`;
process.stdout.write(`${text}\n`);
if (values.write) await publish(SCRIPT, text);

/** A hundred faults of each rule, and a hundred of each sound look-alike, in a million rows. */
async function accuracy(transactionCount: number): Promise<Accuracy> {
  const perSpan = Math.max(1, Math.round(transactionCount / 40_000));
  const size: Size = {
    transactionCount,
    spans: [
      [8, 10],
      [11, 13],
      [14, 16],
      [17, 19],
    ],
    perRule: perSpan,
    decoyRounds: perSpan,
  };
  const planted = await accuracyOf(size);
  return { transactionCount, planted, clean: await falseAlarms(size) };
}
