import { onTestFinished } from 'vitest';
import type { Clock, Instant } from '../../lib/model/instant.ts';
import type { JsonObject } from '../../lib/model/records.ts';
import { tableOf } from '../../lib/simulator/memory-table.ts';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../lib/simulator/server.ts';

export const KEY = 'sk_test';
const ORGANIZATION = 'org_1';
export const TRANSACTIONS = `/organizations/${ORGANIZATION}/transactions`;
export const MEMOS = `/organizations/${ORGANIZATION}/credit-memos`;

/** After every row that a test makes. */
export const LATER = Date.UTC(2026, 10, 22) as Instant;

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** A simulator over handmade rows, on a clock that moves only when somebody waits on it. */
export interface Served {
  readonly simulator: Simulator;
  readonly clock: Clock;
  ask(path: string, query?: Record<string, string>, init?: RequestInit): Promise<Reply>;
  /** Ids of the transactions that an answer holds, in its order. */
  ids(query: Record<string, string>): Promise<string[]>;
}

interface Worldly extends Partial<Omit<SimulatorOptions, 'world'>> {
  readonly transactions?: readonly JsonObject[];
  readonly creditMemos?: readonly JsonObject[];
}

export async function served(settings: Worldly = {}): Promise<Served> {
  const { transactions = [], creditMemos = [], ...options } = settings;
  const clock = options.clock ?? clockAt(LATER);
  const world = {
    organizationId: ORGANIZATION,
    transactions: tableOf(transactions),
    creditMemos: tableOf(creditMemos),
  };
  const simulator = await startSimulator({ apiKey: KEY, ...options, world, clock });
  onTestFinished(() => simulator.close());
  const ask: Served['ask'] = async (path, query = {}, init = {}) => {
    const search = new URLSearchParams(query);
    const response = await fetch(`${simulator.baseUrl}${path}?${search}`, {
      headers: { 'REB-APIKEY': KEY },
      redirect: 'manual',
      ...init,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  return {
    simulator,
    clock,
    ask,
    async ids(query) {
      const reply = await ask(TRANSACTIONS, { sort: 'createdTime', ...query });
      return (reply.json as { id: string }[]).map((row) => row.id);
    },
  };
}

export function clockAt(instant: Instant): Clock {
  let now: number = instant;
  return {
    now: () => now as Instant,
    wait: async (waitMs) => {
      now += waitMs;
    },
  };
}

/** `t0`, `t1` … one a second from 2026-11-20T00:00:00Z on. */
export function everySecond(count: number, more: (index: number) => JsonObject = () => ({})) {
  return Array.from({ length: count }, (_, index): JsonObject => {
    const createdTime = new Date(Date.UTC(2026, 10, 20) + index * 1000).toISOString();
    return { id: `t${index}`, createdTime, amount: index, currency: 'USD', ...more(index) };
  });
}

/** JSON, or the text itself where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
