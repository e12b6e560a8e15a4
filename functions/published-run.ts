import type { LaneReceipt, Manifest, METRICS, RunPlan } from '../lib/contract.ts';
import { SEVERITIES, type Severity } from '../lib/model/discrepancy.ts';
import { Fault } from '../lib/model/fault.ts';
import type { RunId } from '../lib/model/ids.ts';
import { MANIFEST_NAME, snapshotPrefix } from '../lib/object-keys.ts';
import { type Notice, publishedNotice } from '../lib/report/notice.ts';
import type { Summary } from '../lib/report/summary.ts';
import { activeCount } from '../lib/report/verdict.ts';
import { readManifest } from '../lib/snapshot/manifest.ts';
import { verifySnapshot } from '../lib/snapshot/verify.ts';
import type { Store } from '../lib/store/store.ts';
import { isPublished } from './published.ts';
import { readSmall } from './small-object.ts';
import { makeSnapshot } from './snapshot.ts';
import type { Station } from './station.ts';

/** All that leaves the function that published a run: what is told and measured, never rows. */
export interface PublishedRun {
  readonly runId: RunId;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly view: string;
  readonly address: string;
  readonly rowCount: number;
  /** Discrepancies new and open. */
  readonly discrepancies: Readonly<Record<Severity, number>>;
  readonly digest: string;
  readonly figures: Partial<Readonly<Record<keyof typeof METRICS, number>>>;
  readonly notice: Notice;
}

/**
 * Makes the snapshot of a run, or finds it made by an invocation that died before it could say so,
 * and reads it back whole: what is told comes from the bytes that stand there.
 */
export async function publishedRun(
  station: Station,
  run: RunPlan,
  receipts: readonly LaneReceipt[],
): Promise<PublishedRun> {
  const { store } = station;
  if (!(await isPublished(store, run))) await makeSnapshot(station, run, receipts);
  const prefix = snapshotPrefix(run.scope, run.view, run.runId);
  await assertWhole(store, prefix);
  const manifest = readManifest((await store.text(`${prefix}/${MANIFEST_NAME}`))!);
  const reportKey = `${prefix}/report.json`;
  const summary = readSmall<Summary>(store, reportKey, (await store.text(reportKey))!);
  const { runId, view, digest, scope } = manifest;
  const address = store.locate(prefix);
  const discrepancies = activeCounts(summary);
  return {
    runId,
    firstDay: scope.firstDay,
    lastDay: scope.lastDay,
    view,
    address,
    rowCount: manifest.proof.reduce((sum, { kept }) => sum + kept, 0),
    discrepancies,
    digest,
    figures: figuresOf(manifest, discrepancies),
    notice: publishedNotice(summary, address),
  };
}

async function assertWhole(store: Store, prefix: string): Promise<void> {
  const [finding] = await verifySnapshot({
    async *list() {
      for await (const { key, byteCount } of store.list(prefix)) {
        yield { name: key.slice(prefix.length + 1), byteCount };
      }
    },
    read: (name) => store.read(`${prefix}/${name}`),
  });
  if (!finding) return;
  throw new Fault(
    'SNAPSHOT_DAMAGED',
    `${store.locate(prefix)} contradicts its manifest. ${finding.file}: ${finding.problem}`,
    'Do not use it: run the period again.',
  );
}

/** A view is no night, and a range is none either: neither proves that the last one happened. */
function figuresOf(
  { judging, startedAt, finishedAt }: Manifest,
  discrepancies: PublishedRun['discrepancies'],
): PublishedRun['figures'] {
  const runSeconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return judging.isNight ? { runSeconds, published: 1, ...discrepancies } : { runSeconds };
}

function activeCounts({ discrepancies }: Summary): PublishedRun['discrepancies'] {
  const counts = SEVERITIES.map((severity) => {
    const own = discrepancies.filter((group) => group.severity === severity);
    return [severity, activeCount(own)] as const;
  });
  return Object.fromEntries(counts) as Record<Severity, number>;
}
