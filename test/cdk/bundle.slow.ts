import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TieoutStack } from '../../cdk/stack.ts';
import { exampleDeployment } from './synthesized.ts';

/** https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html, `e_machine`. */
const MACHINES: Readonly<Record<number, string>> = { 62: 'x86_64', 183: 'arm64' };
const MACHINE_AT = 18;

/** npm fetches some twenty megabytes for each processor. */
const MOST_MS = 5 * 60_000;

/** Lambda unpacks 250 MiB at most. */
const UNPACKED_BYTES = 250 * 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'tieout-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

function bundlesFor(architecture: 'arm64' | 'x86_64'): Record<string, string> {
  const outdir = join(folder, architecture);
  const app = new App({ outdir, context: { 'aws:cdk:enable-asset-metadata': true } });
  const stack = new TieoutStack(app, exampleDeployment({ architecture }));
  const functions = Template.fromStack(stack).findResources('AWS::Lambda::Function');
  return Object.fromEntries(
    Object.entries(functions).map(([id, { Metadata }]) => [
      id.replace(/[0-9A-F]{8}$/, ''),
      join(outdir, Metadata['aws:asset:path']),
    ]),
  );
}

function filesOf(bundle: string): string[] {
  return readdirSync(bundle, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(bundle, join(entry.parentPath, entry.name)));
}

function sizeOf(bundle: string): number {
  return filesOf(bundle).reduce((sum, name) => sum + statSync(join(bundle, name)).size, 0);
}

function machineOf(path: string): string | undefined {
  const header = Buffer.alloc(MACHINE_AT + 2);
  readSync(openSync(path, 'r'), header, 0, header.length, 0);
  return MACHINES[header.readUInt16LE(MACHINE_AT)];
}

/** Starts a process that has the bundle, Node, and nothing else. */
function alone(bundle: string, script: string): string {
  const env = {
    AWS_REGION: 'eu-central-1',
    AWS_LAMBDA_FUNCTION_NAME: 'Tieout',
    TIEOUT_CONFIG: '{"organizationId":"org_1"}',
    TIEOUT_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:1:secret:key',
    TIEOUT_DEST: 's3://books',
    TIEOUT_EXTRACT_FUNCTION: 'extract:1',
    TIEOUT_JUDGE_FUNCTION: 'judge:1',
  };
  const flags = ['--input-type=module', '-e', script];
  return execFileSync(process.execPath, flags, { cwd: bundle, env, encoding: 'utf8' });
}

/** What CDK really makes: bundled by esbuild, the database fetched for the function's processor. */
describe.each(['arm64', 'x86_64'] as const)('the bundles for %s', (architecture) => {
  let bundles: Record<string, string> = {};
  beforeAll(() => {
    bundles = bundlesFor(architecture);
  }, MOST_MS);

  test('fit into a function', () => {
    for (const [name, bundle] of Object.entries(bundles)) {
      const size = sizeOf(bundle);
      process.stdout.write(`${architecture} ${name}: ${(size / 1024 / 1024).toFixed(1)} MiB\n`);
      expect(size).toBeLessThan(UNPACKED_BYTES);
    }
  });

  test('are one module each; only the one that judges has a database beside it', () => {
    expect(filesOf(bundles['Nightly']!)).toEqual(['index.mjs']);
    expect(filesOf(bundles['Extract']!)).toEqual(['index.mjs']);
    const packages = readdirSync(join(bundles['Judge']!, 'node_modules/@duckdb')).sort();
    const cpu = architecture === 'x86_64' ? 'x64' : 'arm64';
    expect(packages).toEqual(['node-api', 'node-bindings', `node-bindings-linux-${cpu}`]);
  });

  test("have Lambda's client only where the SDK of durable functions asks for it", () => {
    const holders = Object.keys(bundles).filter((name) =>
      readFileSync(join(bundles[name]!, 'index.mjs'), 'utf8').includes('/client-lambda/'),
    );
    expect(holders).toEqual(['Nightly']);
  });

  test("have native parts for the function's processor and no other", () => {
    const natives = filesOf(bundles['Judge']!).filter((name) => /\.(node|so)$/.test(name));
    expect(natives).toHaveLength(2);
    for (const name of natives) expect(machineOf(join(bundles['Judge']!, name))).toBe(architecture);
  });

  test('name no place that packages came from: the same code has the same digest anywhere', () => {
    expect(filesOf(bundles['Judge']!).filter((name) => name.endsWith('package-lock.json'))).toEqual(
      [],
    );
    const text = readFileSync(
      join(bundles['Judge']!, 'node_modules/@duckdb/node-api/package.json'),
      'utf8',
    );
    expect(text).not.toContain('_resolved');
  });

  test('are loaded by a process that has nothing else', () => {
    const script = "const { handler } = await import('./index.mjs'); console.log(typeof handler);";
    expect(alone(bundles['Nightly']!, script)).toBe('function\n');
    expect(alone(bundles['Extract']!, script)).toBe('function\n');
    // The database of another processor cannot be loaded on this machine.
    if (architecture !== thisMachine()) return;
    expect(alone(bundles['Judge']!, script)).toBe('function\n');
    const count = `const { DuckDBInstance } = await import('@duckdb/node-api');
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      console.log((await connection.runAndReadAll('select 42')).getRows()[0][0]);`;
    expect(alone(bundles['Judge']!, count)).toBe('42\n');
  });
});

function thisMachine(): string {
  return process.arch === 'x64' ? 'x86_64' : process.arch;
}
