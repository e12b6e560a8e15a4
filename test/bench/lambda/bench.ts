import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deployment } from '../../../cdk/deployment.ts';
import { architectureHere, bundlesOf, type FunctionName } from '../../cdk/bundles.ts';
import { circumstancesAt, circumstancesText } from '../circumstances.ts';
import { ORGANIZATION } from '../day.ts';
import { publish } from '../page.ts';
import { coldStartMs, FIRST_DEEDS } from './cold-start.ts';
import { openGround } from './ground.ts';
import { type FunctionFigures, lambdaReport } from './report.ts';
import { readShard } from './shard.ts';
import { sizeOf } from './size.ts';

/** `npm run bench:lambda`: measures the bundles and tells; nothing fails because a machine is slow. */
const SCRIPT = 'npm run bench:lambda';

const argv = process.argv.slice(2);
const { values } = parseArgs({
  args: argv,
  options: {
    rows: { type: 'string', default: '1000000' },
    latency: { type: 'string', default: '150' },
    rounds: { type: 'string', default: '9' },
    write: { type: 'boolean', default: false },
  },
});
const rowCount = Number(values.rows);
const latencyMs = Number(values.latency);
const roundCount = Number(values.rounds);

const circumstances = circumstancesAt(new Date(), SCRIPT, argv);
const folder = await mkdtemp(join(tmpdir(), 'tieout-bench-'));
const aws = { architecture: architectureHere() };
const config = { organizationId: ORGANIZATION, concurrency: 8, aws };
const stack = deployment(JSON.stringify(config), 'the benchmark');
const bundles = bundlesOf(stack, folder);
const ground = await openGround(stack.configText, { rowCount, latencyMs, gzip: true });
try {
  const functions: FunctionFigures[] = [];
  for (const name of Object.keys(FIRST_DEEDS) as FunctionName[]) {
    const bundle = bundles[name];
    const startsMs: number[] = [];
    for (let round = 0; round < roundCount; round += 1) {
      startsMs.push(await coldStartMs(name, bundle, ground));
    }
    functions.push({ name, bundle, startsMs, ...sizeOf(bundle) });
  }
  const shard = { ...(await readShard(bundles.Extract, ground, rowCount)), rowCount, latencyMs };
  const results = lambdaReport({ functions, shard });
  const text = `${circumstancesText(circumstances)}\n\n${results}`;
  process.stdout.write(`${text}\n`);
  if (values.write) await publish(SCRIPT, text);
} finally {
  await ground.close();
  await rm(folder, { recursive: true });
}
