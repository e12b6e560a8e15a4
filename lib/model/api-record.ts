import { isUtf8 } from 'node:buffer';
import { Fault } from './fault.ts';
import { jsonAt } from './json-value.ts';
import type { Found } from './members.ts';
import type { JsonObject } from './records.ts';

/** The bytes of an answer, which its records share until they are given back: UTF-8 always. */
export class AnswerText {
  #bytes: Buffer | undefined;

  /** What is no UTF-8 in the body becomes U+FFFD, as text decoding makes of it. */
  constructor(body: Buffer) {
    this.#bytes = isUtf8(body) ? body : Buffer.from(body.toString('utf8'));
  }

  get bytes(): Buffer {
    if (this.#bytes !== undefined) return this.#bytes;
    throw new Fault(
      'INTERNAL',
      'A record was to be read after the bytes of its answer were given back.',
      'Please report this as a defect of Tieout.',
    );
  }

  /** The bytes are somebody else's from now on: none of the records can be read any more. */
  forget(): void {
    this.#bytes = undefined;
  }
}

/**
 * One row of a collection as the API sent it: a JSON object in the bytes of its answer. Of a row's
 * 3.5 kB no more than some cells are ever read, so objects are made of those few records that
 * somebody looks at whole.
 */
export interface ApiRecord {
  readonly answer: AnswerText;
  readonly start: number;
  readonly end: number;
  /** What was found in it when its answer was held against JSON. */
  readonly found?: Found;
}

/**
 * Every member may be absent, null, of a new kind or unheard of (contract 6: there is no `required`
 * list): whoever reads one looks before it trusts.
 */
export function membersOf({ answer, start, end }: ApiRecord): JsonObject {
  return jsonAt(answer.bytes, start, end) as JsonObject;
}

/** A record of these members, each once, written as JSON.stringify does. */
export function recordOf(members: JsonObject): ApiRecord {
  const bytes = Buffer.from(JSON.stringify(members));
  return { answer: new AnswerText(bytes), start: 0, end: bytes.length };
}
