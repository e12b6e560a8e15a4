import type { AnswerText, ApiRecord } from '../model/api-record.ts';
import {
  CLOSE_LIST,
  COMMA,
  NO_JSON,
  OPEN_LIST,
  OPEN_OBJECT,
  skipSpace,
} from '../model/json-bytes.ts';
import { jsonAt, textAt } from '../model/json-value.ts';
import {
  askedMembers,
  type Found,
  findMembers,
  fromOf,
  type Members,
  placeRoom,
  slotOf,
  toOf,
} from '../model/members.ts';
import type { Json } from '../model/records.ts';

/** A record with what reading needs of it, as it was sent: each may be absent, or anything. */
export interface Sent {
  readonly record: ApiRecord;
  readonly id: Json | undefined;
  readonly createdTime: Json | undefined;
  readonly updatedTime: Json | undefined;
  readonly revision: Json | undefined;
}

const HEAD_NAMES = ['id', 'createdTime', 'updatedTime', 'revision'];

/** Asked for where nobody asks for more. */
const HEAD = askedMembers(HEAD_NAMES, { slots: HEAD_NAMES.map((_, slot) => slot) });

/** A record has some three kilobytes; where a page has more records than this says, room is made. */
const LEAST_RECORD_BYTES = 2000;

/**
 * Reads the body of a collection's answer, which `answer` holds. Undefined when it is no JSON array
 * of objects: the caller knows which answer it was and says so. Every byte is looked at once; no
 * objects are made of records of which no more than some cells will be read. Where the members stand
 * that `members` asks for is noted on the way, so that nobody has to look again.
 */
export function decodePage(
  answer: AnswerText,
  members: Members = HEAD,
): readonly Sent[] | undefined {
  const { bytes } = answer;
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== OPEN_LIST) return undefined;
  at = skipSpace(bytes, at + 1);
  const page: Sent[] = [];
  if (bytes[at] === CLOSE_LIST) return isLast(bytes, at) ? page : undefined;
  const room = placeRoom(members, Math.ceil(bytes.length / LEAST_RECORD_BYTES));
  const [id, createdTime, updatedTime, revision] = HEAD_NAMES.map((name) => slotOf(members, name));
  for (;;) {
    const start = at;
    if (bytes[start] !== OPEN_OBJECT) return undefined;
    const found = findMembers(bytes, start, room);
    const { end } = found;
    if (end === NO_JSON) return undefined;
    page.push({
      record: { answer, start, end, found },
      id: valueAt(bytes, found, id!),
      createdTime: valueAt(bytes, found, createdTime!),
      updatedTime: valueAt(bytes, found, updatedTime!),
      revision: valueAt(bytes, found, revision!),
    });
    at = skipSpace(bytes, end);
    if (bytes[at] === CLOSE_LIST) return isLast(bytes, at) ? page : undefined;
    if (bytes[at] !== COMMA) return undefined;
    at = skipSpace(bytes, at + 1);
  }
}

function isLast(bytes: Buffer, at: number): boolean {
  return skipSpace(bytes, at + 1) === bytes.length;
}

function valueAt(bytes: Buffer, found: Found, slot: number): Json | undefined {
  const [from, to] = [fromOf(found, slot), toOf(found, slot)];
  return to === 0 ? undefined : (textAt(bytes, from, to) ?? jsonAt(bytes, from, to));
}
