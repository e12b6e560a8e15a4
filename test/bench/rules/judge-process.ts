import type { Instant } from '../../../lib/model/instant.ts';
import { reconcile } from '../../../lib/reconcile/reconcile.ts';
import { type RulesTask, snapshotIn } from './task.ts';

/** Judges the snapshot in a folder by every rule, and tells what came of it, as JSON. */
const task = JSON.parse(process.argv[2]!) as RulesTask;
const { files, manifest, judgedAt } = snapshotIn(task.folder);
const startedMs = performance.now();
const { discrepancies, outcomes } = await reconcile(files, manifest, {
  judgedAt: Date.parse(judgedAt) as Instant,
  isNight: false,
  memoryLimit: task.memoryLimit,
  spillDirectory: task.spill,
  threadCount: task.threadCount,
  rules: {},
  settleDays: 7,
  nowMs: () => performance.now(),
});
const rulesMs = outcomes.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
const told = {
  discrepancyCount: discrepancies.length,
  ruleCount: outcomes.length,
  errors: outcomes.filter(({ error }) => error !== undefined).map(({ rule }) => rule),
  judgedCount: Math.max(...outcomes.map(({ judgedCount }) => judgedCount)),
  loadS: (performance.now() - startedMs - rulesMs) / 1000,
  slowest: [...outcomes]
    .sort((a, b) => b.elapsedMs - a.elapsedMs)
    .slice(0, 5)
    .map(({ rule, elapsedMs }) => ({ rule, elapsedMs: Math.round(elapsedMs) })),
};
process.stdout.write(JSON.stringify(told));
