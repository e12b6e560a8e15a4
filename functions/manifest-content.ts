import {
  type LaneReceipt,
  MANIFEST_VERSION,
  type Manifest,
  type Predecessor,
  type RunPlan,
} from '../lib/contract.ts';
import type { RuleWish, RuleWishes } from '../lib/model/rule-wish.ts';
import { rulesInForce } from '../lib/reconcile/settings.ts';
import { mergeDrift } from '../lib/snapshot/drift.ts';
import type { Oddities } from './evidence/pile.ts';
import type { Station } from './station.ts';
import { VERSION } from './version.ts';

/** The manifest shows the first of them; the count says how many there were. */
const CELL_FAULTS_SHOWN = 1000;

/** All of a manifest but what only its publication tells. */
export type ManifestContent = Omit<Manifest, 'files' | 'digest' | 'finishedAt'>;

export function manifestContent(
  { settings }: Station,
  run: RunPlan,
  receipts: readonly LaneReceipt[],
  predecessor: Predecessor | null,
): ManifestContent {
  return {
    manifestVersion: MANIFEST_VERSION,
    tieoutVersion: VERSION,
    runId: run.runId,
    scope: run.scope,
    period: run.period,
    view: run.view,
    startedAt: run.startedAt,
    predecessor,
    judging: {
      judgedAt: run.startedAt,
      isNight: run.isNight,
      rules: resolved(settings.rules),
      settleDays: settings.settleDays,
      linkTemplate: settings.report.linkTemplate,
      remarks: [],
    },
    proof: receipts.map(({ proof }) => proof),
    ...oddOnes(receipts.flatMap(({ stretches }) => stretches)),
  };
}

/** With what was odd about records that were read beside the period. */
export function withOddities(
  content: ManifestContent,
  oddities: readonly Oddities[],
): ManifestContent {
  const { contractDrift: drift, cellFaults, cellFaultCount } = content;
  return { ...content, ...oddOnes([{ drift, cellFaults, cellFaultCount }, ...oddities]) };
}

function oddOnes(all: readonly Oddities[]) {
  return {
    contractDrift: mergeDrift(all.map(({ drift }) => drift)),
    cellFaults: all.flatMap(({ cellFaults }) => cellFaults).slice(0, CELL_FAULTS_SHOWN),
    cellFaultCount: all.reduce((sum, { cellFaultCount }) => sum + cellFaultCount, 0),
  };
}

/** Every rule with all its numbers: defaults of a later Tieout change nothing of this snapshot. */
export function resolved(wishes: RuleWishes): RuleWishes {
  return Object.fromEntries(
    rulesInForce(wishes).map(({ rule, isOn, severity, thresholds }): [string, RuleWish] => [
      rule.id,
      { enabled: isOn, severity, ...thresholds },
    ]),
  );
}
