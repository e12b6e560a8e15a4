import type { RunPlan } from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import { MANIFEST_NAME, snapshotPrefix } from '../lib/object-keys.ts';
import type { Store } from '../lib/store/store.ts';

/** What the place of a run follows from. */
export type RunName = Pick<RunPlan, 'scope' | 'view' | 'runId'>;

/** Whether the run is a snapshot already. */
export async function isPublished(store: Store, run: RunName): Promise<boolean> {
  return (await store.text(manifestKey(run))) !== undefined;
}

/** What is published is never written to again, whoever else began in this second. */
export async function assertUnpublished(store: Store, run: RunName): Promise<void> {
  if (!(await isPublished(store, run))) return;
  throw new Fault(
    'SNAPSHOT_EXISTS',
    `Run ${run.runId} is published already, and what is published is never replaced.`,
    'Start the run again: it gets an id, and a folder, of its own.',
  );
}

export function manifestKey({ scope, view, runId }: RunName): string {
  return `${snapshotPrefix(scope, view, runId)}/${MANIFEST_NAME}`;
}
