import { mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bundle, bundlesOf, byteCountOf, type FunctionName, filesOf } from './bundles.ts';
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

function machineOf(path: string): string | undefined {
  const header = Buffer.alloc(MACHINE_AT + 2);
  readSync(openSync(path, 'r'), header, 0, header.length, 0);
  return MACHINES[header.readUInt16LE(MACHINE_AT)];
}

/** What CDK really makes; that it works is told by `bundled-night.slow.ts`. */
describe.each(['arm64', 'x86_64'] as const)('the bundles for %s', (architecture) => {
  let bundles: Readonly<Record<FunctionName, Bundle>>;
  beforeAll(() => {
    bundles = bundlesOf(exampleDeployment({ architecture }), join(folder, architecture));
  }, MOST_MS);

  test('fit into a function', () => {
    for (const bundle of Object.values(bundles)) {
      expect(byteCountOf(bundle)).toBeLessThan(UNPACKED_BYTES);
    }
  });

  test('are one file each; only the one that judges has a database beside it', () => {
    for (const name of ['Starter', 'Nightly', 'Extract'] as const) {
      expect(filesOf(bundles[name])).toEqual(['index.js']);
    }
    const packages = readdirSync(join(bundles.Judge.folder, 'node_modules/@duckdb')).sort();
    const cpu = architecture === 'x86_64' ? 'x64' : 'arm64';
    expect(packages).toEqual(['node-api', 'node-bindings', `node-bindings-linux-${cpu}`]);
  });

  test("have Lambda's client only where a night is started, or its steps are written down", () => {
    const hasClient = ({ folder }: Bundle) =>
      readFileSync(join(folder, 'index.js'), 'utf8').includes('/client-lambda/');
    expect([bundles.Starter, bundles.Nightly].map(hasClient)).toEqual([true, true]);
    expect([bundles.Extract, bundles.Judge].map(hasClient)).toEqual([false, false]);
  });

  test("have native parts for the function's processor and no other", () => {
    const { Judge } = bundles;
    const natives = filesOf(Judge).filter((name) => /\.(node|so)$/.test(name));
    expect(natives).toHaveLength(2);
    for (const name of natives) expect(machineOf(join(Judge.folder, name))).toBe(architecture);
  });

  test('name no place that packages came from: the same code has the same digest anywhere', () => {
    const { Judge } = bundles;
    expect(filesOf(Judge).filter((name) => name.endsWith('package-lock.json'))).toEqual([]);
    const path = join(Judge.folder, 'node_modules/@duckdb/node-api/package.json');
    expect(readFileSync(path, 'utf8')).not.toContain('_resolved');
  });
});
