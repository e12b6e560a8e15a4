import type { RunPlan, SnapshotFile } from '../lib/contract.ts';
import type { LocalFile } from '../lib/reconcile/files.ts';
import type { Layer } from '../lib/reconcile/layers.ts';
import type { Chain } from './evidence/chain.ts';
import { type Aftermath, bringChanged } from './evidence/changed-rows.ts';
import { type Confirmed, confirm } from './evidence/confirm.ts';
import { listRecords, type Sight, writeEvidence, writeSurvey } from './evidence/evidence-files.ts';
import { fetchFamilies } from './evidence/families.ts';
import { filesLayer, type Ground, localFiles, nightLayers, openGround } from './evidence/ground.ts';
import { inputsOf, withCounts } from './evidence/inputs.ts';
import { judgedDays } from './evidence/judged-days.ts';
import { type ManifestContent, withOddities } from './manifest-content.ts';
import { type Judgement, reconcile } from './reconcile.ts';
import type { Station } from './station.ts';

/** How often what was confirmed may lead to something new to confirm. */
const MOST_ROUNDS = 3;

export interface JudgedRun {
  readonly judgement: Judgement;
  readonly content: ManifestContent;
  /** All files of the snapshot by which it is judged. */
  readonly files: readonly SnapshotFile[];
}

/**
 * Judges a run: brings what the rules need beside the rows of the period, looks through all that is
 * known, confirms what was suspected, and judges the snapshot by its own files, as anybody can do
 * again afterwards.
 */
export async function judgeRun(
  station: Station,
  run: RunPlan,
  chain: Chain,
  given: ManifestContent,
  periodFiles: readonly SnapshotFile[],
): Promise<JudgedRun> {
  const ground = await openGround(station, run, chain, periodFiles);
  try {
    const days = judgedDays(ground);
    const earlier = await nightLayers(chain, nightsOf(ground));
    const { files: changedFiles, ...aftermath } = await changesOf(ground, earlier);
    const read = [...periodFiles, ...changedFiles];
    const local = [...ground.files, ...(await snapshotFiles(ground, changedFiles))];
    const tonight = [ground.period, filesLayer(1, local, run.scope)];
    await fetchFamilies(ground.database, ground.fetched, tonight);

    const sight: Sight = { tonight, earlier };
    await listRecords(ground, sight);
    const judging = { ...given.judging, remarks: chain.remarks() };
    const contentNow = () => withOddities({ ...given, judging }, odditiesOf(ground));
    let inputs = await inputsOf(ground, aftermath);
    const confirmed: Confirmed = { ids: new Set(), agedIds: new Set() };
    const judge = (files: readonly LocalFile[]) => {
      station.report({ type: 'judging', fileCount: files.length });
      const { limits } = ground;
      return reconcile({ files, manifest: contentNow() }, { limits, nowMs: station.clock.now });
    };

    if (earlier.length > 0) {
      const survey = await writeSurvey(ground, sight, inputs, days);
      const seen = await judge([...local, ...(await scratchFiles(ground, survey))]);
      inputs = { ...inputs, published: withCounts(inputs.published, seen.readiness) };
      await confirm(ground, confirmed, { found: seen.found, ...sight, days });
    }
    let written: readonly SnapshotFile[] = [];
    for (let round = 1; ; round += 1) {
      const evidence = await writeEvidence(ground, sight, inputs, confirmed);
      await removeOthers(ground, written, evidence);
      written = evidence;
      const judgement = await judge([...local, ...(await snapshotFiles(ground, evidence))]);
      const question = { found: judgement.found, ...sight, days };
      if (round === MOST_ROUNDS || !(await confirm(ground, confirmed, question))) {
        return { judgement, content: contentNow(), files: [...read, ...evidence] };
      }
    }
  } finally {
    await ground.close();
  }
}

/** A night looks at all nights that are still looked after; other runs at the day before. */
function nightsOf({ run, chain }: Ground) {
  const { firstDay } = run.scope;
  const before = chain.nights.filter(({ day }) => day < firstDay);
  return run.isNight ? before : before.slice(0, 1);
}

async function changesOf(ground: Ground, earlier: readonly Layer[]): Promise<Aftermath> {
  const { run, night } = ground;
  if (run.isNight && night !== undefined) return bringChanged(ground, night, earlier);
  return { files: [], days: [] };
}

/** Rows that came of age move from one file to another: what the last round has not is gone. */
async function removeOthers(
  { station, snapshot }: Ground,
  before: readonly SnapshotFile[],
  now: readonly SnapshotFile[],
): Promise<void> {
  const kept = new Set(now.map(({ name }) => name));
  for (const { name } of before) {
    if (!kept.has(name)) await station.store.remove(`${snapshot.prefix}/${name}`);
  }
}

function odditiesOf({ changed, fetched }: Ground) {
  return [changed.oddities(), fetched.pile.oddities()];
}

function snapshotFiles({ station, snapshot, folder }: Ground, files: readonly SnapshotFile[]) {
  return localFiles(station.store, snapshot.prefix, files, folder);
}

function scratchFiles({ scratch, folder }: Ground, files: readonly SnapshotFile[]) {
  return localFiles(scratch.store, scratch.prefix, files, folder);
}
