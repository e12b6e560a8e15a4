import { Fault } from '../lib/model/fault.ts';
import type { Failure, Notice } from '../lib/report/notice.ts';
import type { Workflow } from '../lib/workflow.ts';
import type { Forecast } from './forecast.ts';
import type { NightQuestion, NightWork } from './night-work.ts';
import { nightly } from './nightly.ts';
import type { NightTerms } from './patience.ts';
import type { PublishedRun } from './published-run.ts';

/** What the front door is asked. */
export interface DoorQuestion {
  /** Who asks: the name of the execution, by which it comes back to its own lock. */
  readonly holder: string;
  readonly payload: unknown;
}

/** Days that were named, a run to go on with, or, with none of them, the nights that are missing. */
export interface DoorRequest {
  readonly date?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly resume?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

/** What a payload comes to. */
export interface Errand {
  readonly request: DoorRequest;
  /** What is to be run, oldest first. */
  readonly nights: readonly NightQuestion[];
  readonly terms: NightTerms;
}

/** The stations of the front door, beside those of a night. */
export interface DoorWork extends NightWork<PublishedRun> {
  /** Finds out what is asked for, and how it is run here. */
  look(payload: unknown): Promise<Errand>;
  /** Counts what a run would read. */
  forecast(question: NightQuestion): Promise<Forecast>;
  lock(question: Claim): Promise<Admission>;
  unlock(question: Claim): Promise<void>;
  tell(notice: Notice): Promise<void>;
  tellFailure(failure: DoorFailure): Promise<void>;
}

export type DoorFailure = Omit<Failure, 'organizationId'> & { readonly fault: Fault };

export interface Claim {
  readonly holder: string;
  readonly night: NightQuestion;
}

/** `underway`: another execution is at it. `published`: the night is there already. */
export type Admission =
  | { readonly kind: 'mine' }
  | { readonly kind: 'published' }
  | { readonly kind: 'underway'; readonly holder: string; readonly expiresAt: string };

/** What became of each period that was to be run. */
export type DoorAnswer = readonly DoorEntry[];

export interface DoorEntry {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly outcome: 'published' | 'failed' | 'underway' | 'counted';
  readonly run?: Omit<PublishedRun, 'notice' | 'figures'>;
  readonly forecast?: Forecast;
  /** The line of the fault. */
  readonly fault?: string;
}

/**
 * The one way in, for the schedule and for hands: finds out what is to be run, runs it, oldest day
 * first, and tells of each. A night that fails does not hold up the later ones; the last of them
 * decides how the execution ends. Every fault that ends it has been told.
 */
export async function door(
  workflow: Workflow<DoorWork>,
  { holder, payload }: DoorQuestion,
): Promise<DoorAnswer> {
  const { request, nights, terms } = await looked(workflow, payload);
  const entries: DoorEntry[] = [];
  for (const [at, night] of nights.entries()) {
    const { firstDay, lastDay } = night.period;
    try {
      const end = request.dryRun
        ? await counted(workflow, night)
        : await alone(workflow, { holder, night }, terms);
      entries.push({ firstDay, lastDay, ...end });
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      const again = againText(request, night);
      await workflow.step('tellFailure', { period: night.period, fault, again });
      if (at === nights.length - 1) throw fault;
      entries.push({ firstDay, lastDay, outcome: 'failed', fault: fault.line });
    }
  }
  return entries;
}

async function looked(workflow: Workflow<DoorWork>, payload: unknown): Promise<Errand> {
  try {
    return await workflow.step('look', payload);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const again = 'the next night makes up for those that are missing.';
    await workflow.step('tellFailure', { fault, again });
    throw fault;
  }
}

type DoorEnd = Pick<DoorEntry, 'outcome' | 'run' | 'forecast'>;

async function counted(workflow: Workflow<DoorWork>, night: NightQuestion): Promise<DoorEnd> {
  return { outcome: 'counted', forecast: await workflow.step('forecast', night) };
}

/** One night, and nobody else at it meanwhile. */
async function alone(
  workflow: Workflow<DoorWork>,
  claim: Claim,
  terms: NightTerms,
): Promise<DoorEnd> {
  const admission = await workflow.step('lock', claim);
  if (admission.kind === 'published') return { outcome: 'published' };
  if (admission.kind === 'underway') {
    // A trigger that came twice is nothing to wake anybody for; whoever asked by hand is told.
    if (claim.night.isNight) return { outcome: 'underway' };
    throw new Fault(
      'RUN_UNDERWAY',
      `Another run of this period (${admission.holder}) holds it until ${admission.expiresAt}.`,
      'Wait for it to end; a lock that was never given back expires by itself.',
    );
  }
  const {
    notice,
    figures: _,
    ...run
  } = await unlocked(workflow, claim, () => nightly(workflow, claim.night, terms));
  await workflow.step('tell', notice);
  return { outcome: 'published', run };
}

/** Gives the lock back, whatever comes of the work. */
async function unlocked<Done>(
  workflow: Workflow<DoorWork>,
  claim: Claim,
  work: () => Promise<Done>,
): Promise<Done> {
  try {
    const done = await work();
    await workflow.step('unlock', claim);
    return done;
  } catch (fault) {
    if (fault instanceof Fault) await workflow.step('unlock', claim);
    throw fault;
  }
}

function againText(request: DoorRequest, { period, isNight }: NightQuestion): string {
  if (isNight && !request.date && !request.resume)
    return 'the next night makes up for it by itself.';
  const { firstDay, lastDay } = period;
  return `run it again: tieout invoke --from ${firstDay} --to ${lastDay} --wait`;
}
