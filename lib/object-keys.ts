import type { Lane, Scope } from './contract.ts';
import type { OrganizationId, RunId } from './model/ids.ts';
import type { TableName } from './model/records.ts';

/** Where everything lies in a store: the keys of its objects, as design and documents spell them. */

export const MANIFEST_NAME = 'manifest.json';

export function organizationPrefix(organizationId: OrganizationId): string {
  return `organization=${organizationId}`;
}

export function destinationMarkKey(organizationId: OrganizationId): string {
  return `${organizationPrefix(organizationId)}/destination.json`;
}

export function acknowledgementsPrefix(organizationId: OrganizationId): string {
  return `${organizationPrefix(organizationId)}/acknowledgements`;
}

/** `instant` has the form of a run's id: as text, the keys of a discrepancy order by time. */
export function acknowledgementKey(
  organizationId: OrganizationId,
  discrepancyId: string,
  instant: RunId,
): string {
  return `${acknowledgementsPrefix(organizationId)}/${discrepancyId}/${instant}.json`;
}

/** `2026-11-20`, or `2026-11-01_2026-11-30` for a range, last day included. */
export function periodName(firstDay: string, lastDay: string): string {
  return firstDay === lastDay ? firstDay : `${firstDay}_${lastDay}`;
}

export function periodPrefix(
  scope: Pick<Scope, 'organizationId' | 'firstDay' | 'lastDay'>,
): string {
  const period = periodName(scope.firstDay, scope.lastDay);
  return `${organizationPrefix(scope.organizationId)}/period=${period}`;
}

export function latestKey(scope: Pick<Scope, 'organizationId' | 'firstDay' | 'lastDay'>): string {
  return `${periodPrefix(scope)}/latest.json`;
}

export function snapshotPrefix(
  scope: Pick<Scope, 'organizationId' | 'firstDay' | 'lastDay'>,
  view: string,
  runId: RunId,
): string {
  return `${periodPrefix(scope)}${view === '' ? '' : `/view=${view}`}/run=${runId}`;
}

/** Parts lie apart from the periods: nobody who lists snapshots ever meets one. */
export function partsPrefix(organizationId: OrganizationId): string {
  return `${organizationPrefix(organizationId)}/parts`;
}

export function runPartsPrefix(organizationId: OrganizationId, runId: RunId): string {
  return `${partsPrefix(organizationId)}/run=${runId}`;
}

export function partsPlanKey(organizationId: OrganizationId, runId: RunId): string {
  return `${runPartsPrefix(organizationId, runId)}/plan.json`;
}

function lanePrefix(organizationId: OrganizationId, runId: RunId, lane: Lane): string {
  const number = String(lane.index).padStart(5, '0');
  return `${runPartsPrefix(organizationId, runId)}/${lane.collection}-${number}`;
}

/** `stretch` counts from 0. */
export function partKey(
  organizationId: OrganizationId,
  runId: RunId,
  lane: Lane,
  stretch: number,
  table: TableName,
): string {
  const name = stretch === 0 ? table : `${table}-${stretch + 1}`;
  return `${lanePrefix(organizationId, runId, lane)}/${name}.csv`;
}

export function laneProgressKey(organizationId: OrganizationId, runId: RunId, lane: Lane): string {
  return `${lanePrefix(organizationId, runId, lane)}/progress.json`;
}

export function laneReceiptKey(organizationId: OrganizationId, runId: RunId, lane: Lane): string {
  return `${lanePrefix(organizationId, runId, lane)}/receipt.json`;
}
