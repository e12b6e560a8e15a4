import * as z from 'zod';
import { Fault } from '../../lib/model/fault.ts';
import { isRunId, type OrganizationId, type RunId } from '../../lib/model/ids.ts';
import type { Instant } from '../../lib/model/instant.ts';
import type { RunKey, ShardTask } from '../night-work.ts';

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const runId = z.custom<RunId>((value) => typeof value === 'string' && isRunId(value));
const dryRun = z.boolean().optional();

/** What the front door is asked for. */
const requestSchema = z.union([
  z.strictObject({ dryRun }),
  z.strictObject({ date: day, dryRun }),
  z.strictObject({ from: day, to: day, dryRun }),
  z.strictObject({ resume: runId }),
]);

export type DoorRequest = z.infer<typeof requestSchema>;

const HOW_TO_ASK =
  'Send {} for the nights that are missing up to yesterday, {"date": "2026-11-20"}, ' +
  '{"from": "2026-11-01", "to": "2026-11-30"} or {"resume": "20261121T061500Z"}; ' +
  'but for the last, "dryRun": true only counts.';

export function parseRequest(payload: unknown): DoorRequest {
  // A test event of the console, or nothing at all, means what {} means.
  return parsed(requestSchema, payload ?? {}, HOW_TO_ASK);
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
const deliverySchema = z.strictObject({
  scheduledTime: z.iso.datetime().transform((text) => Date.parse(text) as Instant),
});

/** What the schedule delivers: for which time, which is the same however often and late it comes. */
export type Delivery = z.infer<typeof deliverySchema>;

const HOW_TO_DELIVER =
  'The schedule sends {"scheduledTime": "2026-11-27T04:00:00Z"}; to run a period by hand, use ' +
  '`tieout invoke`.';

export function parseDelivery(payload: unknown): Delivery {
  return parsed(deliverySchema, payload, HOW_TO_DELIVER);
}

const keySchema = z.strictObject({
  organizationId: z.string().min(1) as unknown as z.ZodType<OrganizationId>,
  runId,
});

const HOW_TO_WORK = 'It is invoked by the nightly function alone: invoke that.';

export function parseRunKey(payload: unknown): RunKey {
  return parsed(keySchema, payload, HOW_TO_WORK);
}

const taskSchema = keySchema.extend({
  lanes: z.array(z.int().min(0)),
  concurrency: z.int().min(1),
});

export function parseShardTask(payload: unknown): ShardTask {
  return parsed(taskSchema, payload, HOW_TO_WORK);
}

/** A payload is shown so that whoever sent it finds the mistake, and no further. */
const SHOWN = 200;

function parsed<T>(schema: z.ZodType<T>, payload: unknown, remedy: string): T {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const text = JSON.stringify(payload) ?? 'undefined';
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  throw new Fault('PAYLOAD_INVALID', `The function does not know what ${shown} is.`, remedy);
}
