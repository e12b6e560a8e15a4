import type { Scope } from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import { destinationMarkKey } from '../lib/object-keys.ts';
import type { Store } from '../lib/store/store.ts';
import { readSmall } from './small-object.ts';

/** `destination.json`: what an organization's folder holds, so that nothing else is mixed in. */
interface DestinationMark {
  readonly environment: string;
  readonly timezone: string;
}

/**
 * Refuses a destination whose snapshots of this organization come from another environment or cut
 * their days in another zone: mixed, they would look like one chain and never tie out.
 */
export async function checkDestination(store: Store, scope: Scope): Promise<void> {
  const key = destinationMarkKey(scope.organizationId);
  // The API is asked for nothing that could not be kept.
  await store.assertWritable(key);
  const text = await store.text(key);
  if (text === undefined) return;
  const mark = readSmall<DestinationMark>(store, key, text);
  for (const fact of ['environment', 'timezone'] as const) {
    if (mark[fact] === scope[fact]) continue;
    throw new Fault(
      'DESTINATION_DIFFERS',
      `${store.address} holds ${scope.organizationId} with the ${fact} '${mark[fact]}', and this ` +
        `run has '${scope[fact]}'.`,
      'Give --dest another place, or mend the configuration.',
    );
  }
}

/** Written with the first snapshot, not before: a run that failed has decided nothing. */
export async function markDestination(store: Store, scope: Scope): Promise<void> {
  await checkDestination(store, scope);
  const key = destinationMarkKey(scope.organizationId);
  if ((await store.text(key)) !== undefined) return;
  const { environment, timezone } = scope;
  try {
    await store.put(key, `${JSON.stringify({ environment, timezone })}\n`, { onlyNew: true });
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'SNAPSHOT_EXISTS')) throw error;
    // Another run was first; what matters is that it says the same.
    await checkDestination(store, scope);
  }
}
