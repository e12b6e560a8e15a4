import type { Workflow } from '../lib/workflow.ts';
import { cutShards } from './cut-shards.ts';
import type { Begun, NightQuestion, NightWork } from './night-work.ts';
import { createPatience, type NightTerms, type Patience } from './patience.ts';

/** The main job, top to bottom: plan, extract, prove, then assemble, judge and publish. */
export async function nightly<Done>(
  workflow: Workflow<NightWork<Done>>,
  question: NightQuestion,
  terms: NightTerms,
): Promise<Done> {
  const patience = createPatience(workflow, terms);
  const begun = await patience.until(() => workflow.step('begin', question));
  await extractAll(workflow, begun, terms, patience);
  const { organizationId, runId } = begun;
  const run = await patience.until(() => workflow.step('prove', { organizationId, runId }));
  const done = await patience.until(() => workflow.step('publish', run));
  await workflow.step('clear', run);
  return done;
}

/**
 * Reads the lanes in rounds: what a round leaves, because the rate limit closed or the time of a
 * worker was up, the next one takes up. Lanes that were read stay read, whatever becomes of others.
 */
async function extractAll<Done>(
  workflow: Workflow<NightWork<Done>>,
  { organizationId, runId, laneCount, rowEstimate }: Begun,
  terms: NightTerms,
  patience: Patience,
): Promise<void> {
  let left: readonly number[] = Array.from({ length: laneCount }, (_, lane) => lane);
  while (left.length > 0) {
    const rows = (rowEstimate * left.length) / laneCount;
    const shards = cutShards(left, rows, { ...terms, ...patience });
    const tasks = shards.map((shard) => ({ organizationId, runId, ...shard }));
    const ends = await workflow.map('extract', tasks);
    const before = left.length;
    left = ends.flatMap((end, at) =>
      end.status === 'fulfilled' ? end.value.left : tasks[at]!.lanes,
    );
    const hasRows = ends.some((end) => end.status === 'fulfilled' && end.value.rowCount > 0);
    if (left.length > 0) await patience.afterRound(ends, hasRows || left.length < before);
  }
}
