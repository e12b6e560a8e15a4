import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

export const ROOT = join(import.meta.dirname, '..');

/** The database is no JavaScript: its binding for the function's processor lies beside the bundle. */
const DUCKDB = '@duckdb/node-api';

/**
 * One file with all that it imports, the AWS SDK too: what was tested is what runs, and a start
 * reads one file. It is CommonJS: of `node:http` Node gives a module every name at once, and one of
 * them loads an HTTP client that nobody here calls (238 ms to load against 310 ms). It is not
 * minified: a stack trace in the log names our functions and lines, and minified it took no less
 * time (242 ms). What is imported by `* as` comes in without what nobody uses: zod without its
 * languages is a quarter of it.
 */
export const BUNDLE: BundlingOptions = {
  format: OutputFormat.CJS,
  target: 'node24',
  mainFields: ['module', 'main'],
  bundleAwsSDK: true,
};

/** The same, with the database in a `node_modules` of its own. */
export function bundleWithDatabase(architecture: Architecture): BundlingOptions {
  return {
    ...BUNDLE,
    externalModules: ['@duckdb/*'],
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (_, folder) => installDatabase(folder, architecture),
    },
  };
}

/** Not the binding of this machine: npm is told for whom it installs. */
function installDatabase(folder: string, architecture: Architecture): string[] {
  const version = dependencies()[DUCKDB];
  // Docker and Lambda have a name for Intel's processors, Node has another.
  const cpu = architecture.name === 'x86_64' ? 'x64' : architecture.name;
  const platform = `--os=linux --cpu=${cpu} --libc=glibc`;
  const quiet = '--no-save --no-package-lock --no-audit --no-fund --ignore-scripts';
  return [
    `npm install --prefix "${folder}" ${quiet} ${platform} ${DUCKDB}@${version}`,
    // It names where the packages came from: the same bundle would have another digest elsewhere.
    `rm -f "${folder}/node_modules/.package-lock.json"`,
  ];
}

function dependencies(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).dependencies;
}
