import { AnswerText, type ApiRecord } from '../model/api-record.ts';
import { Fault } from '../model/fault.ts';
import type { Clock, Instant } from '../model/instant.ts';
import type { Members } from '../model/members.ts';
import type { CollectionName } from '../model/records.ts';
import { createBudget } from './budget.ts';
import { decodePage } from './page.ts';
import { createRequester, Garbled, type Requester } from './request.ts';
import { type Row, rowsOf, type TimeField } from './row.ts';
import { createStop } from './stop.ts';
import { type Answer, createTransport, type Transport } from './transport.ts';

/** Contract 3.1: `limit` and `offset` stop here. */
export const PAGE_LIMIT = 1000;
export const OFFSET_LIMIT = 1000;

export interface PageQuestion {
  readonly collection: CollectionName;
  readonly filter: string;
  /** Field names joined by commas, `-` in front for descending. */
  readonly sort: string;
  /** The time by which the rows are read; `createdTime` when left out. */
  readonly field?: TimeField;
  readonly limit: number;
  readonly offset: number;
  /** What the rows' records will be asked for: it is noted in them as the answer is read. */
  readonly members?: Members;
}

/** One answer; consistent in itself, which is all that a moving collection can promise. */
export interface Page {
  /** Each once, in the order of the answer. */
  readonly rows: readonly Row[];
  /** `Pagination-Total`: rows that the filter counted when this page was made. */
  readonly total: number;
  /**
   * Gives the memory of the rows' records back, which cannot be read any more then. Of a page that
   * is not released it is collected.
   */
  release(): void;
}

/** What reading a lane asks of the API. */
export interface Questions {
  page(question: PageQuestion): Promise<Page>;
  /** How many rows a filter counts. */
  count(collection: CollectionName, filter: string): Promise<number>;
}

/** An organization's collections as the API shows them. */
export interface Source extends Questions {
  /** One record by its id; undefined only after the API itself said that there is none. */
  record(collection: CollectionName, id: string): Promise<ApiRecord | undefined>;
  /** Requests sent so far, repeated and refused ones too. */
  readonly requestCount: number;
  /** Requests a window that the organization may send, where the API tells. */
  readonly rateLimit: number | undefined;
  /** Ends whatever is asked or waited for, now and from now on, with this reason. */
  stop(reason: Error): void;
  close(): Promise<void>;
}

export interface SourceOptions {
  readonly baseUrl: string;
  readonly organizationId: string;
  readonly apiKey: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** Requests under way at once, at most. */
  readonly concurrency: number;
  readonly reserveShare: number;
  readonly throttleMs: number;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  readonly onPause: (until: Instant) => void;
  readonly onRetry: (reason: string, attempt: number) => void;
}

const OPERATIONS = {
  transactions: { collection: 'GetTransactionCollection', single: 'GetTransaction' },
  'credit-memos': { collection: 'GetCreditMemoCollection', single: 'GetCreditMemo' },
} as const;

export function createSource(options: SourceOptions): Source {
  const { origin, pathname } = new URL(options.baseUrl);
  const root = `${pathname.replace(/\/+$/, '')}/organizations/${options.organizationId}`;
  const transport = createTransport({
    origin,
    connections: options.concurrency,
    timeoutMs: options.timeoutMs,
  });
  const { stop, unlessStopped } = createStop();
  const clock: Clock = {
    now: () => options.clock.now(),
    wait: (waitMs) => unlessStopped(() => options.clock.wait(waitMs)),
  };
  let requestCount = 0;
  const counted: Transport = {
    ...transport,
    get(path, headers) {
      requestCount += 1;
      return unlessStopped(() => transport.get(path, headers));
    },
  };
  const probe = { collection: 'transactions', filter: '', sort: '-createdTime' } as const;
  const budget = createBudget({
    ...options,
    clock,
    probe: () =>
      counted.get(root + pagePath({ ...probe, limit: 1, offset: 0 }), {
        accept: 'application/json',
        'reb-apikey': options.apiKey,
      }),
  });
  const requester = createRequester({
    ...options,
    clock,
    transport: counted,
    budget,
    root,
    origin,
  });
  return {
    page: (question) => askPage(requester, question),
    async count(collection, filter) {
      // `limit=0` is legal, but what it answers is not documented (contract 3.2).
      const question = { collection, filter, sort: 'createdTime', limit: 1, offset: 0 };
      const { total, release } = await askPage(requester, question);
      release();
      return total;
    },
    record: (collection, id) => askRecord(requester, collection, id),
    get requestCount() {
      return requestCount;
    },
    get rateLimit() {
      return budget.limit;
    },
    stop,
    close: () => transport.close(),
  };
}

function pagePath({ collection, filter, sort, limit, offset }: PageQuestion): string {
  const asked = filter === '' ? '' : `&filter=${encodeURIComponent(filter)}`;
  return `/${collection}?limit=${limit}&offset=${offset}&sort=${encodeURIComponent(sort)}${asked}`;
}

function askPage(requester: Requester, question: PageQuestion): Promise<Page> {
  return requester.get({
    path: pagePath(question),
    operation: OPERATIONS[question.collection].collection,
    read: (answer) => readPage(answer, question),
  });
}

function readPage(
  answer: Answer,
  { collection, limit, offset, field, members }: PageQuestion,
): Page | Garbled {
  const text = new AnswerText(answer.body);
  const sent = decodePage(text, members);
  if (!sent) return new Garbled('ANSWER_INVALID', 'the answer is no JSON array of objects');
  const [total, limitEcho, offsetEcho] = ['total', 'limit', 'offset'].map((name) =>
    readCount(answer.headers[`pagination-${name}`]),
  );
  if (total === undefined || limitEcho === undefined || offsetEcho === undefined) {
    return new Garbled('ANSWER_INCOHERENT', 'the answer lacks its Pagination headers');
  }
  if (limitEcho !== limit || offsetEcho !== offset) {
    return new Garbled(
      'ANSWER_INCOHERENT',
      `asked for limit ${limit} and offset ${offset}, the answer is of ${limitEcho} and ${offsetEcho}`,
    );
  }
  const due = Math.min(limit, Math.max(0, total - offset));
  if (sent.length !== due) {
    const counted = `${total} rows are counted, so ${due} belong on the page`;
    return new Garbled('ANSWER_INCOHERENT', `${counted}, but it holds ${sent.length}`);
  }
  const rows = rowsOf(collection, sent, field);
  if (new Set(rows.map((row) => row.id)).size < rows.length) {
    return new Garbled('ANSWER_INCOHERENT', 'the answer shows a row twice');
  }
  const release = () => {
    text.forget();
    answer.release();
  };
  return { rows, total, release };
}

function readCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** As a path segment these would climb out of the collection: no record can have such an id. */
export function checkAskable(id: string): void {
  if (id !== '' && id !== '.' && id !== '..') return;
  throw new Fault(
    'ID_INVALID',
    `'${id}' would ask for something else than a record.`,
    'The record that names it is worth a look in Rebilly.',
  );
}

function askRecord(
  requester: Requester,
  collection: CollectionName,
  id: string,
): Promise<ApiRecord | undefined> {
  checkAskable(id);
  return requester.get<ApiRecord | undefined>({
    path: `/${collection}/${encodeURIComponent(id)}`,
    operation: OPERATIONS[collection].single,
    accept: [404, 410],
    read: (answer) => (answer.status === 200 ? readRecord(answer, id) : undefined),
  });
}

function readRecord(answer: Answer, id: string): ApiRecord | Garbled {
  const wrapped = Buffer.concat([Buffer.from('['), answer.body, Buffer.from(']')]);
  const [sent, ...more] = decodePage(new AnswerText(wrapped)) ?? [];
  if (sent?.id === id && more.length === 0) return sent.record;
  return new Garbled('ANSWER_INVALID', `the answer is not the record '${id}'`);
}
