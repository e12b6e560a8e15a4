import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fetchPage } from './plain-pages.ts';
import type { Scenario } from './scenario.ts';

export type ApiOptions = Pick<Scenario, 'rowCount' | 'latencyMs' | 'gzip'>;

/** The simulated API, seen from outside its process. */
export interface Api {
  readonly baseUrl: string;
  /** What it did since it was started. */
  spent(): Promise<{ readonly requestCount: number; readonly cpuS: number }>;
  stop(): Promise<void>;
}

/** Whoever is measured first should meet the same warm server as the others. */
const WARM_UP_PAGES = 20;

export async function startApi({ rowCount, latencyMs, gzip }: ApiOptions): Promise<Api> {
  const options = JSON.stringify({ rowCount, latencyMs, gzip });
  const child = fork(join(import.meta.dirname, 'api-process.ts'), [options]);
  const heard = async () => (await once(child, 'message'))[0];
  const { baseUrl } = await heard();
  for (let page = 0; page < WARM_UP_PAGES; page += 1) await fetchPage(baseUrl, { offset: 0 });
  return {
    baseUrl,
    spent() {
      const answer = heard();
      child.send('spent');
      return answer;
    },
    async stop() {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}
