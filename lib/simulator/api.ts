import type { Instant } from '../model/instant.ts';
import type { CollectionName } from '../model/records.ts';
import { type Answer, JSON_TYPE } from './answer.ts';
import { select } from './collection.ts';
import { exactRow } from './exact-row.ts';
import { expanded } from './expand.ts';
import type { Gate } from './gate.ts';
import type { Mishap, Nastiness } from './nastiness.ts';
import { parseExpand, parseQuery, type Query } from './query.ts';
import { mix } from './random.ts';
import { type InvalidField, refusal } from './refusal.ts';
import type { Table, World } from './table.ts';
import { type Tampering, tampering } from './tampering.ts';
import { type UnrestfulTable, unrest } from './unrest.ts';

/** The operations a key may be given (contract 1). */
export type OperationId =
  | 'GetTransactionCollection'
  | 'GetTransaction'
  | 'GetCreditMemoCollection'
  | 'GetCreditMemo';

export interface ApiSettings {
  readonly world: World;
  readonly apiKey: string;
  /** Undefined: the key may call every operation. */
  readonly permissions: ReadonlySet<OperationId> | undefined;
  readonly nastiness: Nastiness;
  readonly seed: number;
  readonly gate: Gate;
}

export interface Question {
  /** Counts every request from 1. */
  readonly number: number;
  readonly method: string;
  /** As it came, not yet decoded. */
  readonly path: string;
  readonly params: URLSearchParams;
  readonly apiKey: string | undefined;
  readonly now: Instant;
  readonly asOf: Instant;
  /** What will happen to the answer on its way. */
  readonly mishap: Mishap | undefined;
}

interface Route {
  readonly organizationId: string;
  readonly collection: CollectionName;
  readonly id: string | undefined;
}

/** What a table is asked through: how its rows move, and how its pages are tampered with. */
interface Shelf {
  readonly at: UnrestfulTable;
  readonly tamper: Tampering;
}

const PATH = /^\/organizations\/([^/]+)\/(transactions|credit-memos)(?:\/([^/]+))?$/;

const SHUFFLE = 11;

/** Everything the API says, without a socket: a question in, an answer out. */
export function createApi(settings: ApiSettings): (question: Question) => Answer {
  const { world, nastiness, seed } = settings;
  const shelf = (table: Table, collection: CollectionName): Shelf => ({
    at: unrest(table, { collection, nastiness, seed }),
    tamper: tampering(nastiness),
  });
  const shelves: Readonly<Record<CollectionName, Shelf>> = {
    transactions: shelf(world.transactions, 'transactions'),
    'credit-memos': shelf(world.creditMemos, 'credit-memos'),
  };
  return (question) => {
    const route = routeOf(question.path);
    if (route === undefined) return refusal(404, 'There is no such resource.');
    if (nastiness.redirectTo !== '') return redirect(question, nastiness);
    const refused = admission(settings, question, route);
    if (refused !== undefined) return refused;
    if (question.mishap === 'throttle') settings.gate.shut(question.now, nastiness.throttleMs);
    const passage = settings.gate.pass(question.now);
    if (passage.refusal !== undefined) return passage.refusal;
    const answer =
      route.id === undefined
        ? collectionAnswer(settings, shelves, route.collection, question)
        : resourceAnswer(shelves, route.collection, route.id, question);
    if (answer.status !== 200) return answer;
    return { ...answer, headers: { ...answer.headers, ...passage.headers } };
  };
}

function routeOf(path: string): Route | undefined {
  const found = PATH.exec(path);
  if (found === null) return undefined;
  const [, organization, collection, id] = found;
  try {
    return {
      organizationId: decodeURIComponent(organization!),
      collection: collection as CollectionName,
      id: id === undefined ? undefined : decodeURIComponent(id),
    };
  } catch {
    // A path whose escapes are broken names nothing.
    return undefined;
  }
}

function redirect({ path, params }: Question, { redirectTo }: Nastiness): Answer {
  const query = params.size === 0 ? '' : `?${params}`;
  return { status: 307, headers: { Location: `${redirectTo}${path}${query}` }, body: '' };
}

/** The refusals that come before a question is read, in the order in which they come. */
function admission(
  { apiKey, permissions, world }: ApiSettings,
  question: Question,
  route: Route,
): Answer | undefined {
  if (question.method !== 'GET') {
    const headers = { Allow: 'GET' };
    return refusal(405, `${question.method} is not allowed here.`, { headers });
  }
  if (question.apiKey !== apiKey) return refusal(401, 'The API key is missing or not valid.');
  if (route.organizationId !== world.organizationId) {
    return refusal(404, 'There is no such organization.');
  }
  const operation = operationOf(route);
  if (permissions !== undefined && !permissions.has(operation)) {
    return refusal(403, `The API key may not call ${operation}.`);
  }
  return undefined;
}

function operationOf({ collection, id }: Route): OperationId {
  const name = collection === 'transactions' ? 'GetTransaction' : 'GetCreditMemo';
  return id === undefined ? `${name}Collection` : name;
}

function collectionAnswer(
  settings: ApiSettings,
  shelves: Readonly<Record<CollectionName, Shelf>>,
  collection: CollectionName,
  question: Question,
): Answer {
  const { nastiness, seed } = settings;
  const invalid: InvalidField[] = [];
  const query = parseQuery(question.params, collection, nastiness, invalid);
  if (invalid.length > 0) return unprocessable(invalid);
  const table = shelves[collection].at(question.number, question.asOf);
  const throwOf = mix(mix(seed, SHUFFLE), question.number);
  const tieOrder = (index: number) => mix(throwOf, index);
  const { total, indexes } = select(
    table,
    query,
    question.asOf,
    nastiness.shuffleTies ? tieOrder : undefined,
  );
  // A lie that gets lost on its way would be told to nobody.
  const isHeard = question.mishap === undefined;
  const shown = isHeard ? shelves[collection].tamper(indexes) : indexes;
  const transactions = shelves['transactions'].at(question.number, question.asOf);
  const texts = shown.map((index) =>
    rowText(table, index, query.expand, transactions, question.asOf),
  );
  const headers = { 'Content-Type': JSON_TYPE, ...paginationOf(query, total, nastiness) };
  return { status: 200, headers, body: `[${texts.join(',')}]` };
}

function paginationOf(
  { limit, offset }: Query,
  total: number,
  { missingPaginationHeaders, totalCap }: Nastiness,
): Readonly<Record<string, string>> {
  if (missingPaginationHeaders) return {};
  return {
    'Pagination-Total': String(Math.min(total, totalCap)),
    'Pagination-Limit': String(limit),
    'Pagination-Offset': String(offset),
  };
}

function resourceAnswer(
  shelves: Readonly<Record<CollectionName, Shelf>>,
  collection: CollectionName,
  id: string,
  { number, params, asOf }: Question,
): Answer {
  const invalid: InvalidField[] = [];
  const expand = parseExpand(params, collection, invalid);
  if (invalid.length > 0) return unprocessable(invalid);
  const table = shelves[collection].at(number, asOf);
  const index = table.indexOf(id);
  if (index === undefined || table.createdAt(index) > asOf) {
    return refusal(404, `There is no '${id}'.`);
  }
  const body = rowText(table, index, expand, shelves['transactions'].at(number, asOf), asOf);
  return { status: 200, headers: { 'Content-Type': JSON_TYPE }, body };
}

function unprocessable(invalidFields: readonly InvalidField[]): Answer {
  return refusal(422, 'Some parameters are not valid.', { invalidFields });
}

function rowText(
  table: Table,
  index: number,
  expand: readonly string[],
  transactions: Table,
  asOf: Instant,
): string {
  if (expand.length === 0) return table.text(index, asOf);
  return JSON.stringify(expanded(exactRow(table.text(index, asOf)), expand, transactions, asOf));
}
