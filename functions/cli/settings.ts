import { readFile } from 'node:fs/promises';
import {
  CONFIG_FILE,
  type Config,
  loadConfig,
  type Settings,
  settle,
  unreadable,
} from '../../lib/config.ts';
import { Fault } from '../../lib/model/fault.ts';
import type { Runtime } from '../runtime.ts';
import { overridesOf, type SettingsFlags } from './flags.ts';

/** What a command goes by: its flags, the environment, the configuration file and the defaults. */
export async function readSettings(runtime: Runtime, flags: SettingsFlags): Promise<Settings> {
  const config = await readConfig(flags.config);
  return settle(config, overridesOf(flags), { baseUrl: runtime.baseUrl });
}

/** A file that was named must be there; the one with the usual name may be. */
export async function readConfig(named: string | undefined): Promise<Config> {
  const path = named ?? CONFIG_FILE;
  try {
    return loadConfig(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof Fault) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (named === undefined && code === 'ENOENT') return loadConfig('{}', path);
    throw unreadable(path, error, 'Name a JSON file that can be read with --config.');
  }
}
