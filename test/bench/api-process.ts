import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Instant } from '../../lib/model/instant.ts';
import { startSimulator } from '../../lib/simulator/server.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import type { ApiOptions } from './api.ts';
import { API_KEY, DAY_START, ORGANIZATION, SHOWN_AT } from './day.ts';

/** The simulator in a process of its own; `api.ts` starts it and asks what it cost. */
const { rowCount, latencyMs, gzip } = JSON.parse(process.argv[2]!) as ApiOptions;

const clock: Clock = { now: () => Date.now() as Instant, wait: (waitMs) => sleep(waitMs) };
const world = createWorld({
  organizationId: ORGANIZATION,
  start: DAY_START,
  dayCount: 1,
  transactionCount: rowCount,
  creditMemoCount: 0,
  shape: 'even',
});
const simulator = await startSimulator({
  world,
  apiKey: API_KEY,
  clock,
  asOf: SHOWN_AT,
  latencyMs,
  gzip,
});
process.on('disconnect', () => process.exit());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!({ requestCount: simulator.requestCount, cpuS: (user + system) / 1e6 });
});
process.send!({ baseUrl: simulator.baseUrl });
