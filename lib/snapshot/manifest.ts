import * as z from 'zod';
import {
  type CellFault,
  type DriftEntry,
  type Judging,
  type LaneProof,
  MANIFEST_VERSION,
  type Manifest,
  type Predecessor,
  type Scope,
  type SnapshotFile,
} from '../contract.ts';
import { SEVERITIES } from '../model/discrepancy.ts';
import { Fault } from '../model/fault.ts';
import { isId, isRunId, type OrganizationId, type RunId } from '../model/ids.ts';
import { COLLECTIONS, TABLES } from '../model/records.ts';
import type { RuleWish } from '../model/rule-wish.ts';
import { MANIFEST_NAME } from '../object-keys.ts';
import { sha256 } from './receipt.ts';

/** One reader for every member, no more and no fewer: the types of the contract decide. */
type Shape<T> = { readonly [K in keyof T]-?: z.ZodType<T[K]> };

const count = z.int().nonnegative();
const collection = z.enum(COLLECTIONS);
const organizationId = z.custom<OrganizationId>((id) => typeof id === 'string' && isId(id));
const runId = z.custom<RunId>((id) => typeof id === 'string' && isRunId(id));

const scope = z.object({
  organizationId,
  environment: z.string(),
  timezone: z.string(),
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
  collections: z.array(collection),
  filter: z.string(),
  columnsVersion: count,
  addedColumns: z.array(z.string()),
  csv: z.object({
    delimiter: z.string(),
    lineEnd: z.enum(['crlf', 'lf']),
    bom: z.boolean(),
  } satisfies Shape<Scope['csv']>),
} satisfies Shape<Scope>);

const laneProof = z.object({
  collection,
  index: count,
  from: z.string(),
  to: z.string(),
  countedBefore: count,
  countedAfter: count,
  received: count,
  kept: count,
  readings: count,
  requests: count,
  denseSeconds: z.array(z.string()),
} satisfies Shape<LaneProof>);

const driftEntry = z.object({
  collection,
  kind: z.enum([
    'unknown-member',
    'unknown-value',
    'missing-member',
    'unexpected-null',
    'unusual-sign',
    'binary-noise',
  ]),
  path: z.string(),
  value: z.string().exactOptional(),
  count,
} satisfies Shape<DriftEntry>);

const cellFault = z.object({
  table: z.enum(TABLES),
  recordId: z.string(),
  column: z.string(),
  raw: z.string(),
} satisfies Shape<CellFault>);

/** Below the snapshot's folder, wherever a reader puts it: nothing that climbs out or hides. */
const fileName = z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/);

const snapshotFile = z.object({
  name: fileName,
  table: z.string(),
  rowCount: count,
  byteCount: count,
  sha256: z.string(),
} satisfies Shape<SnapshotFile>);

const predecessor = z.object({
  period: z.string(),
  runId,
  digest: z.string(),
} satisfies Shape<Predecessor>);

const ruleWish = z
  .object({ enabled: z.boolean(), severity: z.enum(SEVERITIES) })
  .catchall(z.number()) as z.ZodType<RuleWish>;

const judging = z.object({
  judgedAt: z.string(),
  isNight: z.boolean(),
  rules: z.record(z.string(), ruleWish),
  settleDays: count,
  linkTemplate: z.string(),
  remarks: z.array(z.string()),
} satisfies Shape<Judging>);

const manifestSchema = z.object({
  manifestVersion: count,
  tieoutVersion: z.string(),
  runId,
  scope,
  period: z.object({ start: z.string(), end: z.string() } satisfies Shape<Manifest['period']>),
  view: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  predecessor: predecessor.nullable(),
  judging,
  proof: z.array(laneProof),
  contractDrift: z.array(driftEntry),
  cellFaults: z.array(cellFault),
  cellFaultCount: count,
  files: z.array(snapshotFile),
  digest: z.string(),
} satisfies Shape<Manifest>);

/** The digest closes the text, so that a reader can empty it without parsing anything. */
const SEAL = /"digest": "([0-9a-f]{64})"\n\}\n$/;

/**
 * Writes a manifest down with its digest. The members stand in the order of the schema above,
 * wherever they came from: the same facts give the same text.
 */
export function sealManifest(content: Omit<Manifest, 'digest'>): {
  readonly manifest: Manifest;
  readonly text: string;
} {
  const unsealed = manifestSchema.parse({ ...content, digest: '' });
  const manifest = { ...unsealed, digest: sha256(manifestText(unsealed)) };
  return { manifest, text: manifestText(manifest) };
}

/** Faults: `SNAPSHOT_NEWER`, and `SNAPSHOT_DAMAGED` for everything else that is wrong with it. */
export function readManifest(text: string): Manifest {
  const parsed = parseJson(text);
  const digest = SEAL.exec(text)?.[1];
  const found = sha256(text.replace(SEAL, '"digest": ""\n}\n'));
  const version = z.object({ manifestVersion: count }).safeParse(parsed);
  const isNewer = version.success && version.data.manifestVersion > MANIFEST_VERSION;
  // A version that the seal does not cover is a damaged byte, unless newer ones are sealed otherwise.
  if (isNewer && (digest === undefined || digest === found)) {
    throw new Fault(
      'SNAPSHOT_NEWER',
      `The manifest has version ${version.data.manifestVersion}; this Tieout reads up to ` +
        `${MANIFEST_VERSION}.`,
      'Use the Tieout that wrote it, or a newer one.',
    );
  }
  if (digest === undefined) throw damaged('ends without its digest');
  if (found !== digest) throw damaged(`says its digest is ${digest}, but it is ${found}`);

  const manifest = manifestSchema.safeParse(parsed);
  if (manifest.success) return manifest.data;
  const [issue] = manifest.error.issues;
  throw damaged(`is wrong at '${issue?.path.join('.')}': ${issue?.message}`);
}

/** Where none stands, nothing was published. */
export function missingManifest(): Fault {
  return new Fault(
    'SNAPSHOT_MISSING',
    `There is no ${MANIFEST_NAME}, so there is no snapshot.`,
    'Name the folder of a run: …/period=2026-11-20/run=20261121T061500Z.',
  );
}

function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(`is no JSON (${(error as Error).message})`);
  }
}

function damaged(clause: string): Fault {
  return new Fault(
    'SNAPSHOT_DAMAGED',
    `The manifest ${clause}.`,
    'Do not use this snapshot: restore it from a copy, or run the period again.',
  );
}
