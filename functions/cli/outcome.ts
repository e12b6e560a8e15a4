import { type Manifest, periodName } from '../../lib/contract.ts';
import type { Night } from '../nightly.ts';
import { figure } from './progress.ts';
import { textTable } from './text-table.ts';

/** What `--json` prints of a run, in one object. Names are stable: scripts read them. */
export function outcomeJson(night: Night): string {
  const { manifest, address, requestCount } = night;
  const { runId, scope, view, digest, cellFaultCount, files, startedAt, finishedAt } = manifest;
  return JSON.stringify({
    runId,
    organizationId: scope.organizationId,
    environment: scope.environment,
    timezone: scope.timezone,
    firstDay: scope.firstDay,
    lastDay: scope.lastDay,
    view,
    address,
    startedAt,
    finishedAt,
    requestCount,
    countedRows: sum(manifest.proof.map(({ received }) => received)),
    cellFaultCount,
    driftCount: manifest.contractDrift.length,
    digest,
    files: files.map(({ name, rowCount, byteCount, sha256 }) => ({
      name,
      rowCount,
      byteCount,
      sha256,
    })),
  });
}

/** What a person reads at the end of a run. */
export function outcomeText({ manifest, address, requestCount }: Night): string {
  const { scope, proof, files, view } = manifest;
  const rows = files.map(({ name, rowCount, byteCount }) => [
    name,
    figure(rowCount),
    figure(byteCount),
  ]);
  const lanes = proof.length === 1 ? '1 lane' : `${figure(proof.length)} lanes`;
  return `${[
    `${periodName(scope.firstDay, scope.lastDay)} of ${scope.organizationId} (${scope.timezone})`,
    `${lanes} read whole by ${figure(requestCount)} requests: every count asked equals the rows had.`,
    ...remarks(manifest),
    '',
    textTable(['file', 'rows', 'bytes'], rows, { textColumns: 1 }),
    '',
    view === '' ? `Published: ${address}` : `Published as a view, not as the night: ${address}`,
  ].join('\n')}\n`;
}

/** What the person should look at before trusting a figure. */
function remarks({ cellFaultCount, contractDrift }: Manifest): string[] {
  const drift = contractDrift.length;
  return [
    ...(cellFaultCount > 0
      ? [
          `${figure(cellFaultCount)} cells are empty: their values were of the wrong kind (manifest.json).`,
        ]
      : []),
    ...(drift > 0
      ? [`${figure(drift)} things the API's description does not have were seen (manifest.json).`]
      : []),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
