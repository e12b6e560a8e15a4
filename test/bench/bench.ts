import { readFile, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { startApi } from './api.ts';
import { type Measurement, measure } from './measurement.ts';
import { pageCosts } from './page-costs.ts';
import { type Circumstances, report } from './report.ts';
import { type Scenario, seriesOf } from './scenario.ts';
import { standingsOf } from './standing.ts';

/** `npm run bench`: measures and tells; nothing fails because a machine is slow. */
const PAGE = join(import.meta.dirname, '../../docs/benchmarks.md');

/** What stands between these is made here; the words around them are written by hand. */
const BEGIN = '<!-- results: npm run bench -->';
const END = '<!-- end of results -->';

const argv = process.argv.slice(2);
const { scenarios, isPublished } = seriesOf(argv);
const circumstances = circumstancesAt(new Date());
const costs = await pageCosts();
const measurements: Measurement[] = [];
for (const scenario of scenarios) measurements.push(...(await play(scenario)));
const standings = standingsOf(measurements);
const results = report({ circumstances, standings, pageCosts: costs });
process.stdout.write(`${results}\n`);
if (isPublished) await publish(results);

/** Everybody once, in turn, as many rounds as there are: what drifts, drifts for all. */
async function play(scenario: Scenario): Promise<Measurement[]> {
  const played: Measurement[] = [];
  const api = await startApi(scenario);
  try {
    for (let round = 1; round <= scenario.roundCount; round += 1) {
      for (const contestant of scenario.contestants) {
        const measurement = await measure(api, scenario, contestant);
        played.push(measurement);
        process.stderr.write(`${lineOf(measurement, round)}\n`);
      }
    }
  } finally {
    await api.stop();
  }
  return played;
}

function lineOf({ scenario, contestant, wallS, isComplete }: Measurement, round: number): string {
  const { rowCount, latencyMs, gzip } = scenario;
  const api = `${rowCount} rows, ${latencyMs} ms${gzip ? ', gzip' : ''}`;
  return `${api}, round ${round}: ${contestant} ${wallS.toFixed(1)} s${isComplete ? '' : ', INCOMPLETE'}`;
}

function circumstancesAt(now: Date): Circumstances {
  return {
    date: now.toISOString().slice(0, 10),
    command: ['npm run bench', ...(argv.length > 0 ? ['--', ...argv] : [])].join(' '),
    node: process.versions.node,
    cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
    coreCount: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    load: loadavg()[0]!,
  };
}

async function publish(results: string): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [before, rest = ''] = page.split(BEGIN);
  const after = rest.split(END)[1];
  if (after === undefined) throw new Error(`${PAGE} lacks its two marks.`);
  await writeFile(PAGE, `${before}${BEGIN}\n\n${results}\n\n${END}${after}`);
}
