import type { Settings } from '../lib/config.ts';
import { membersOf } from '../lib/model/api-record.ts';
import { Fault } from '../lib/model/fault.ts';
import { type Clock, type Instant, parseTimestamp, timestampText } from '../lib/model/instant.ts';
import type { CollectionName, JsonObject } from '../lib/model/records.ts';
import { problemText, readProblem } from '../lib/rebilly/problem.ts';
import type { Source } from '../lib/rebilly/source.ts';
import { type Answer, createTransport } from '../lib/rebilly/transport.ts';

/** `bad` stops a run, `note` is something that Tieout copes with but an operator may want to know. */
export type Verdict = 'good' | 'note' | 'bad';

export interface Finding {
  readonly question: string;
  readonly answer: string;
  readonly verdict: Verdict;
}

/** One GET below `/transactions`, its answer unjudged; never repeated. */
export type Ask = (query: string) => Promise<Answer>;

/** A way to ask that takes any answer: the examined API may answer as it likes. */
export function openAsk(settings: Settings, apiKey: string): { ask: Ask; close(): Promise<void> } {
  const { origin, pathname } = new URL(settings.baseUrl);
  const root = `${pathname.replace(/\/+$/, '')}/organizations/${settings.organizationId}`;
  const timeoutMs = settings.requestTimeoutSeconds * 1000;
  const transport = createTransport({ origin, connections: 1, timeoutMs });
  const headers = { accept: 'application/json', 'accept-encoding': 'gzip', 'reb-apikey': apiKey };
  return {
    async ask(query) {
      try {
        return await transport.get(`${root}/transactions?${query}`, headers);
      } catch (cause) {
        const remedy = 'Check the base URL and the network, then try again.';
        throw new Fault('HOST_UNREACHABLE', `${origin} stopped answering.`, remedy, { cause });
      }
    },
    close: () => transport.close(),
  };
}

/**
 * Ten cheap GETs, one after the other, that tell what this key may do and how this API behaves
 * where nothing is documented. A refused key or an unknown organization is a fault: there is
 * nothing to examine then.
 */
export async function* examine(source: Source, ask: Ask, clock: Clock): AsyncGenerator<Finding> {
  const transaction = yield* examineCollection(source, 'transactions');
  yield* examineRecord(source, 'transactions', transaction);
  const creditMemo = yield* examineCollection(source, 'credit-memos');
  yield* examineRecord(source, 'credit-memos', creditMemo);
  if (transaction === undefined) return;

  const zero = await ask('limit=0');
  yield rateHeaders(zero);
  yield serverClock(zero, clock.now());
  yield limitZero(zero);
  yield offsetBeyond(await ask('limit=1&offset=1001'));
  yield* examineFilters(ask, transaction);
  const sorted = await ask('limit=1&sort=createdTime,id');
  yield told('May rows be sorted by createdTime and id?', sorted, 'note');
}

async function* examineCollection(
  source: Source,
  collection: CollectionName,
): AsyncGenerator<Finding, JsonObject | undefined> {
  const question = `May the key list ${collection}?`;
  try {
    const page = await source.page({
      collection,
      filter: '',
      sort: '-createdTime',
      limit: 1,
      offset: 0,
    });
    yield { question, answer: `yes, ${page.total} rows`, verdict: 'good' };
    const [row] = page.rows;
    return row && membersOf(row.record);
  } catch (error) {
    yield permission(question, error, 'bad');
    return undefined;
  }
}

async function* examineRecord(
  source: Source,
  collection: CollectionName,
  record: JsonObject | undefined,
): AsyncGenerator<Finding> {
  const question = `May the key read one of the ${collection} by its id?`;
  const id = record?.['id'];
  if (typeof id !== 'string') return;
  try {
    const found = await source.record(collection, id);
    yield { question, answer: found ? 'yes' : `no row has the id '${id}'`, verdict: 'good' };
  } catch (error) {
    yield permission(question, error, 'note');
  }
}

/** A missing permission is a finding; whatever else is wrong ends the examination. */
function permission(question: string, error: unknown, verdict: Verdict): Finding {
  if (error instanceof Fault && error.code === 'PERMISSION_MISSING') {
    return { question, answer: `no. ${error.remedy}`, verdict };
  }
  throw error;
}

async function* examineFilters(ask: Ask, transaction: JsonObject): AsyncGenerator<Finding> {
  const { id, createdTime } = transaction;
  if (typeof createdTime !== 'string' || typeof id !== 'string') return;
  const created = parseTimestamp(createdTime);
  if (created === undefined) {
    const question = 'Can creation times be read?';
    yield { question, answer: `'${createdTime}' is no RFC 3339 time`, verdict: 'bad' };
    return;
  }
  const fraction = created.fraction === '' ? 'no, whole seconds' : `yes, '${createdTime}'`;
  yield { question: 'Do times carry fractions of a second?', answer: fraction, verdict: 'good' };
  const at = timestampText(created);
  yield inclusive(await ask(`limit=1&filter=${encodeURIComponent(`createdTime:${at}..${at}`)}`));
  const updated = await ask(`limit=1&filter=${encodeURIComponent(`updatedTime:${at}..`)}`);
  yield told('May rows be filtered by updatedTime?', updated, 'note');
  const byId = await ask(`limit=1&filter=${encodeURIComponent(`id:${id}`)}`);
  yield told('May rows be filtered by id?', byId, 'note');
}

function inclusive(answer: Answer): Finding {
  const question = 'Are both ends of a time range included?';
  if (answer.status !== 200) return told(question, answer, 'bad');
  return Number(answer.headers['pagination-total']) >= 1
    ? { question, answer: 'yes', verdict: 'good' }
    : { question, answer: 'no: a range of one instant misses its own row', verdict: 'bad' };
}

function told(question: string, answer: Answer, otherwise: Verdict): Finding {
  if (answer.status === 200) return { question, answer: 'yes', verdict: 'good' };
  const reason = problemText(readProblem(answer.body));
  return { question, answer: `no, ${answer.status}: ${reason}`, verdict: otherwise };
}

function rateHeaders({ headers }: Answer): Finding {
  const question = 'Do answers tell the rate limit?';
  const limit = headers['x-ratelimit-limit'];
  const remaining = headers['x-ratelimit-remaining'];
  return limit === undefined || remaining === undefined
    ? { question, answer: 'no: only --concurrency holds Tieout back', verdict: 'note' }
    : { question, answer: `yes, ${remaining} of ${limit} left`, verdict: 'good' };
}

/** Resets are told by the server's clock; Tieout measures against it, but nightly schedules cannot. */
const NOTABLE_SKEW_MS = 30_000;

function serverClock({ headers }: Answer, now: Instant): Finding {
  const question = "Does the server's clock agree with ours?";
  const skewMs = Date.parse(headers['date'] ?? '') - now;
  if (Number.isNaN(skewMs)) return { question, answer: 'it does not tell', verdict: 'note' };
  const answer = `${Math.abs(Math.round(skewMs / 1000))} s ${skewMs < 0 ? 'behind' : 'ahead'}`;
  return { question, answer, verdict: Math.abs(skewMs) > NOTABLE_SKEW_MS ? 'note' : 'good' };
}

function limitZero(answer: Answer): Finding {
  const question = 'What does limit=0 answer?';
  if (answer.status !== 200)
    return { question, answer: `refused, ${answer.status}`, verdict: 'good' };
  const limit = answer.headers['pagination-limit'] ?? 'unknown';
  return { question, answer: limit === '0' ? 'no rows' : `a page of ${limit}`, verdict: 'good' };
}

function offsetBeyond(answer: Answer): Finding {
  const question = 'What does an offset above 1,000 answer?';
  if (answer.status !== 200)
    return { question, answer: `refused, ${answer.status}`, verdict: 'good' };
  const offset = answer.headers['pagination-offset'];
  const said = offset === '1001' ? 'the page that was asked' : `silently, the page at ${offset}`;
  return { question, answer: said, verdict: 'good' };
}
