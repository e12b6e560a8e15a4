import { createHash } from 'node:crypto';
import { businessDate, type TimeZone, yesterday } from '../../lib/calendar/business-day.ts';
import { Fault } from '../../lib/model/fault.ts';
import type { OrganizationId } from '../../lib/model/ids.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { periodName } from '../../lib/object-keys.ts';
import type { DoorRequest } from '../door.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html: 1 to 64 of these characters. */
const NAME_LENGTH = 64;
const NAME_CHARACTERS = /^[\w-]+$/;

/** With the longest period this leaves 25 characters to the organization. */
const REQUEST_ID = /^[\w-]{1,16}$/;

const DIGEST_LENGTH = 8;

/** Fault: `FLAG_INVALID`. */
export function assertRequestId(text: string): void {
  if (REQUEST_ID.test(text)) return;
  const remedy = 'Give it 1 to 16 letters, digits, - or _, for example close-2026-11.';
  throw new Fault('FLAG_INVALID', `--request-id is '${text}'.`, remedy);
}

/**
 * Names an execution after organization, period and request. AWS starts a name once: the same
 * request that comes again finds the execution that is there.
 */
export function executionName(
  organizationId: OrganizationId,
  request: DoorRequest,
  requestId: string,
): string {
  return nameOf(organizationId, `${askedFor(request)}-${requestId}`);
}

/**
 * Names the execution that a schedule starts after organization, period and scheduled day. A delivery
 * that comes again tells the same scheduled time, however late, and so finds the execution that is
 * there. No request by hand is named like it: an id of its own has no room for this one.
 */
export function nightName(
  organizationId: OrganizationId,
  scheduledAt: Instant,
  zone: TimeZone,
): string {
  const scheduledDay = businessDate(scheduledAt, zone);
  return nameOf(organizationId, `${yesterday(scheduledAt, zone)}-nightly-${scheduledDay}`);
}

function nameOf(organizationId: OrganizationId, rest: string): string {
  return `${fitting(organizationId, NAME_LENGTH - rest.length - 1)}-${rest}`;
}

function askedFor({ resume, date, from = date, to = date }: DoorRequest): string {
  if (resume !== undefined) return resume;
  return from !== undefined && to !== undefined ? periodName(from, to) : 'missing';
}

/** What does not fit is told apart by a digest: a name is unique in an account, not a stack. */
function fitting(organizationId: OrganizationId, length: number): string {
  if (organizationId.length <= length && NAME_CHARACTERS.test(organizationId))
    return organizationId;
  const digest = createHash('sha256').update(organizationId).digest('hex').slice(0, DIGEST_LENGTH);
  const words = organizationId.replace(/[^\w-]/g, '_').slice(0, length - DIGEST_LENGTH - 1);
  return `${words}-${digest}`;
}
