import { reportText } from '../../lib/report/terminal.ts';
import type { Night } from '../local-night.ts';
import { figure } from './progress.ts';
import { textTable } from './text-table.ts';

/** What `--json` prints of a run, in one object. Names are stable: scripts read them. */
export function outcomeJson(night: Night): string {
  const { manifest, address, requestCount, judgement } = night;
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
    summary: judgement.summary,
    files: files.map(({ name, rowCount, byteCount, sha256 }) => ({
      name,
      rowCount,
      byteCount,
      sha256,
    })),
  });
}

/** What a person reads at the end of a run. */
export function outcomeText({ manifest, judgement, address }: Night): string {
  const { files, view } = manifest;
  const own = files.filter(({ name }) => !BESIDE.test(name));
  const rows = own.map(({ name, rowCount, byteCount }) => [
    name,
    name.endsWith('.csv') ? figure(rowCount) : '',
    figure(byteCount),
  ]);
  return `${[
    reportText(judgement.summary),
    textTable(['file', 'rows', 'bytes'], rows, { textColumns: 1 }),
    `and ${figure(files.length - own.length)} more, with all that the rules saw beside the period.`,
    '',
    view === '' ? `Published: ${address}` : `Published as a view, not as the night: ${address}`,
    `Report: ${address}/report.html`,
  ].join('\n')}\n`;
}

/** What nobody ties to anything: it is there so that the snapshot can be judged again. */
const BESIDE = /^(context-|inputs\/)|\.json$/;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
