import type { RunPlan } from '../lib/contract.ts';
import { runId } from '../lib/model/ids.ts';
import { instantText } from '../lib/model/instant.ts';
import { isBegun, writePlan } from './parts.ts';
import { plan, type RunQuestion, scopeOf, viewAsked } from './plan.ts';
import { assertUnpublished, isPublished } from './published.ts';
import type { Station } from './station.ts';

/** Plans a run and writes the plan down, under an id that no other run has. */
export async function begin(station: Station, question: RunQuestion): Promise<RunPlan> {
  await secondOfItsOwn(station, question);
  const run = await plan(station, question);
  await assertUnpublished(station.store, run);
  await writePlan(station.store, run);
  return run;
}

/** Two runs that meet again and again are not waited for: the later one is refused. */
const MOST_SECONDS = 3;

/** Ids are whole seconds: a run that begins in the second of another waits for the next. */
async function secondOfItsOwn({ store, settings, clock }: Station, question: RunQuestion) {
  const scope = scopeOf(settings, question.period);
  for (let seconds = 0; seconds < MOST_SECONDS; seconds += 1) {
    const now = clock.now();
    const run = { scope, view: viewAsked(settings, question, now), runId: runId(instantText(now)) };
    const isTaken = (await isPublished(store, run)) || (await isBegun(store, run));
    if (!isTaken) return;
    await clock.wait(1000 - (now % 1000));
  }
}
