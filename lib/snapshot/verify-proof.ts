import type { LaneProof, Manifest } from '../contract.ts';
import type { CollectionName } from '../model/records.ts';
import { MANIFEST_NAME } from '../object-keys.ts';
import type { Finding } from './finding.ts';

/**
 * Holds the proof against itself: lanes cover exactly the period, each received what was counted
 * before and after, and what they kept is what the collection's table holds.
 */
export function verifyProof(manifest: Manifest): readonly Finding[] {
  return manifest.scope.collections
    .flatMap((collection) => [...verifyCollection(manifest, collection)])
    .map((problem) => ({ file: MANIFEST_NAME, problem }));
}

function* verifyCollection(manifest: Manifest, collection: CollectionName): Generator<string> {
  const lanes = manifest.proof
    .filter((lane) => lane.collection === collection)
    .sort((a, b) => a.index - b.index);
  yield* verifyCover(manifest, collection, lanes);

  for (const lane of lanes) {
    const { countedBefore, countedAfter, received, kept } = lane;
    const name = `Lane ${lane.index} of ${collection}`;
    if (countedBefore !== received || countedAfter !== received) {
      yield `${name} counted ${countedBefore} and ${countedAfter} rows, and received ${received}.`;
    }
    if (kept > received) yield `${name} kept ${kept} rows of the ${received} it received.`;
  }

  const keptCount = lanes.reduce((sum, { kept }) => sum + kept, 0);
  const rowCount = manifest.files
    .filter(({ table }) => table === collection)
    .reduce((sum, file) => sum + file.rowCount, 0);
  if (keptCount !== rowCount) {
    yield `The lanes of ${collection} kept ${keptCount} rows, its files hold ${rowCount}.`;
  }
}

function* verifyCover(
  { period }: Manifest,
  collection: CollectionName,
  lanes: readonly LaneProof[],
): Generator<string> {
  let reached = period.start;
  for (const { index, from, to } of lanes) {
    if (Date.parse(from) !== Date.parse(reached)) {
      yield `Lane ${index} of ${collection} begins at ${from}, the one before ends at ${reached}.`;
    }
    reached = to;
  }
  if (Date.parse(reached) !== Date.parse(period.end)) {
    yield `The lanes of ${collection} end at ${reached}, the period ends at ${period.end}.`;
  }
}
