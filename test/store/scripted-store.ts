import { vi } from 'vitest';
import { s3Store } from '../../lib/store/s3.ts';
import type { Store } from '../../lib/store/store.ts';
import { NO_OTHER_CREDENTIALS } from '../world/s3-environment.ts';
import {
  type S3Answer,
  type S3Request,
  type ScriptedS3,
  startScriptedS3,
} from '../world/scripted-s3.ts';

/** A store over a server that answers what a test says. */
export interface ScriptedStore {
  readonly store: Store;
  readonly server: ScriptedS3;
}

/** `env` is what is different from an environment that has everything. */
export async function openScripted(
  answer: (request: S3Request, number: number) => S3Answer,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<ScriptedStore> {
  const server = await startScriptedS3(answer);
  const environment = { ...server.environment, ...NO_OTHER_CREDENTIALS, ...env };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return { store: s3Store('s3://books/tieout'), server };
}
