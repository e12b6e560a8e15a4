import { startApi } from './api.ts';
import { circumstancesAt } from './circumstances.ts';
import { type Measurement, measure } from './measurement.ts';
import { publish } from './page.ts';
import { pageCosts } from './page-costs.ts';
import { report } from './report.ts';
import { type Scenario, seriesOf } from './scenario.ts';
import { standingsOf } from './standing.ts';

/** `npm run bench`: measures and tells; nothing fails because a machine is slow. */
const SCRIPT = 'npm run bench';

const argv = process.argv.slice(2);
const { scenarios, isPublished } = seriesOf(argv);
const circumstances = circumstancesAt(new Date(), SCRIPT, argv);
const costs = await pageCosts();
const measurements: Measurement[] = [];
for (const scenario of scenarios) measurements.push(...(await play(scenario)));
const standings = standingsOf(measurements);
const results = report({ circumstances, standings, pageCosts: costs });
process.stdout.write(`${results}\n`);
if (isPublished) await publish(SCRIPT, results);

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
