import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** A file imports lower ranks and files of its own folder; what is not listed here may not exist. */
const RANKS: Readonly<Record<string, number>> = {
  'lib/model': 0,
  'lib/config.ts': 1,
  'lib/config': 0,
  'lib/contract.ts': 1,
  'lib/object-keys.ts': 2,
  'lib/calendar': 1,
  'lib/columns': 1,
  'lib/rebilly': 3,
  'lib/snapshot': 3,
  'lib/store': 3,
  'lib/reconcile': 3,
  'lib/report': 3,
  'lib/simulator': 3,
  'lib/workflow.ts': 3,
  functions: 4,
  cdk: 4,
};

/** The stack is built without the product: it knows names and settings, never the code behind. */
const OF_THE_STACK = ['lib/config.ts', 'lib/contract.ts', 'lib/object-keys.ts'];

/** A file that needs more holds two nouns. */
const MAX_LINES = 300;

/** Where whatever has no home ends up. */
const DRAWER = /(^|\/)(utils?|helpers?|common|shared|misc|types|index)(\/|\.ts$)/;

/** The tools read their settings from a default export. */
const TOOL_SETTINGS = /^[\w.-]+\.config\.ts$/;

/** What `lib/` is handed instead of taking it: clock, chance, environment, voice, processes. */
const AMBIENT: readonly (readonly [RegExp, string])[] = [
  [/\bprocess\.env\b/, 'process.env'],
  [/\bprocess\.(exit|std\w+|argv|on|cwd)\b/, 'process'],
  [/\bDate\.now\b/, 'Date.now'],
  [/\bnew Date\(\s*\)/, 'new Date()'],
  [/\bperformance\.now\b/, 'performance.now'],
  [/\bconsole\./, 'console'],
  [/\bMath\.random\b/, 'Math.random'],
  [/\bfrom 'node:(process|child_process|os|readline|vm|cluster)(\/\w+)?'/, 'a builtin of the edge'],
];

/** The places that are handed the machine, and hand it on. */
const OF_THE_MACHINE = [
  'functions/runtime.ts',
  'functions/cli/tieout.ts',
  'functions/lambda/lambda-runtime.ts',
];

/** The file system belongs to the store; a cache or a peek elsewhere would go around its promises. */
const FILE_SYSTEM = /\bfrom 'node:fs(\/promises)?'/;

interface Source {
  readonly path: string;
  readonly text: string;
}

const ROOT = join(import.meta.dirname, '..');

const SOURCES: readonly Source[] = ['lib', 'functions', 'cdk', 'test', '.'].flatMap(sourcesIn);

describe('the layout', () => {
  test('there are files to look at', () => {
    expect(SOURCES.length).toBeGreaterThan(20);
  });

  test.each([
    ['a file imports lower ranks and its own folder only', badRanks],
    ['no import leads back to where it came from', cycles],
    ['the stack knows names and settings only', badStackImports],
    ['the program imports nothing from its tests', testImports],
    ['lib takes nothing from its surroundings', ambient],
    ['only the runtime reads clock, chance and environment', strayMachine],
    ['the file system is touched by the store and at the edge', strayFileSystem],
    ['no file is longer than it can be read', longFiles],
    ['no file or folder is a drawer', drawers],
    ['every export has a name', defaultExports],
    ['no test is skipped, singled out or put off', idleTests],
  ])('%s', (_title, complaints) => {
    expect(complaints(SOURCES)).toEqual([]);
  });
});

describe('the layout test', () => {
  const file = (path: string, text: string): Source => ({ path, text });

  test.each<[string, (sources: readonly Source[]) => string[], readonly Source[]]>([
    ['an import of a higher rank', badRanks, [file('lib/model/a.ts', "import '../config.ts';")]],
    [
      'an import between folders of rank 2',
      badRanks,
      [file('lib/store/a.ts', "import type { B } from '../rebilly/b.ts';")],
    ],
    [
      'an import between files of rank 1',
      badRanks,
      [file('lib/config.ts', "import { x } from './contract.ts';")],
    ],
    ['a dynamic import', badRanks, [file('lib/model/a.ts', "await import('../store/s.ts')")]],
    ['a re-export', badRanks, [file('lib/model/a.ts', "export * from '../store/s.ts';")]],
    ['a folder without a rank', badRanks, [file('lib/new/a.ts', '')]],
    [
      'a cycle',
      cycles,
      [file('lib/a/a.ts', "import './b.ts'"), file('lib/a/b.ts', "import './a.ts'")],
    ],
    ['a stack that builds', badStackImports, [file('cdk/a.ts', "import '../lib/store/s.ts';")]],
    ['a program that needs its tests', testImports, [file('lib/a.ts', "import '../test/b.ts';")]],
    ['an environment in lib', ambient, [file('lib/a.ts', 'process.env.KEY')]],
    ['a clock in lib', ambient, [file('lib/a.ts', 'Date.now()')]],
    ['a date of now in lib', ambient, [file('lib/a.ts', 'new Date()')]],
    ['a console in lib', ambient, [file('lib/a.ts', 'console.error(1)')]],
    ['chance in lib', ambient, [file('lib/a.ts', 'Math.random()')]],
    ['a process in lib', ambient, [file('lib/a.ts', "import { env } from 'node:process';")]],
    ['a clock in a command', strayMachine, [file('functions/cli/a.ts', 'Date.now()')]],
    ['files in lib', strayFileSystem, [file('lib/a/a.ts', "import { rm } from 'node:fs';")]],
    ['a long file', longFiles, [file('lib/a.ts', '\n'.repeat(MAX_LINES + 1))]],
    ['a drawer', drawers, [file('lib/utils.ts', '')]],
    ['a drawer of files', drawers, [file('lib/common/a.ts', '')]],
    ['a default export', defaultExports, [file('lib/a.ts', 'export default 1;')]],
    ['a skipped test', idleTests, [file('test/a.test.ts', "test.skip('it', () => {});")]],
  ])('sees %s', (_title, complaints, sources) => {
    expect(complaints(sources)).not.toEqual([]);
  });

  test('lets an instant be made from a number, and a comment speak of a clock', () => {
    const sources = [file('lib/a.ts', '// Date.now() is handed in.\nnew Date(instant)')];
    expect(ambient(sources)).toEqual([]);
  });
});

function badRanks(sources: readonly Source[]): string[] {
  return product(sources).flatMap((source) => {
    const own = homeOf(source.path);
    if (own === undefined) return [`${source.path} stands where no rank is`];
    return importsOf(source)
      .filter((path) => {
        const home = homeOf(path);
        return home === undefined ? isProduct(path) : home !== own && RANKS[home]! >= RANKS[own]!;
      })
      .map((path) => `${source.path} imports ${path}`);
  });
}

function cycles(sources: readonly Source[]): string[] {
  const importsByPath = new Map(sources.map((source) => [source.path, importsOf(source)]));
  const finished = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (trail.includes(path) || finished.has(path)) return;
    for (const next of importsByPath.get(path) ?? []) visit(next, [...trail, path]);
    finished.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return found;
}

function badStackImports(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => path.startsWith('cdk/'))
    .flatMap((source) =>
      importsOf(source)
        .filter((path) => !path.startsWith('cdk/') && !OF_THE_STACK.includes(path))
        .map((path) => `${source.path} imports ${path}`),
    );
}

function testImports(sources: readonly Source[]): string[] {
  return product(sources).flatMap((source) =>
    importsOf(source)
      .filter((path) => path.startsWith('test/'))
      .map((path) => `${source.path} imports ${path}`),
  );
}

function ambient(sources: readonly Source[]): string[] {
  return library(sources).flatMap((source) => taken(source, AMBIENT));
}

function strayMachine(sources: readonly Source[]): string[] {
  const machine = AMBIENT.filter(([pattern]) => !pattern.source.includes('node:'));
  return sources
    .filter(({ path }) => path.startsWith('functions/') && !OF_THE_MACHINE.includes(path))
    .flatMap((source) => taken(source, machine));
}

function taken({ path, text }: Source, forbidden: typeof AMBIENT): string[] {
  const code = withoutComments(text);
  return forbidden
    .filter(([pattern]) => pattern.test(code))
    .map(([, name]) => `${path} takes ${name}`);
}

function strayFileSystem(sources: readonly Source[]): string[] {
  return library(sources)
    .filter(({ path, text }) => !path.startsWith('lib/store/') && FILE_SYSTEM.test(text))
    .map(({ path }) => path);
}

function longFiles(sources: readonly Source[]): string[] {
  return sources
    .map(({ path, text }) => ({ path, lineCount: text.split('\n').length - 1 }))
    .filter(({ lineCount }) => lineCount > MAX_LINES)
    .map(({ path, lineCount }) => `${path} has ${lineCount} lines`);
}

function drawers(sources: readonly Source[]): string[] {
  return sources.map(({ path }) => path).filter((path) => DRAWER.test(path));
}

function defaultExports(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path, text }) => !TOOL_SETTINGS.test(path) && /^export default\b/m.test(text))
    .map(({ path }) => path);
}

function idleTests(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => path.startsWith('test/'))
    .filter(({ text }) => /^\s*(test|it|describe)\.(skip|only|todo|fails)\b/m.test(text))
    .map(({ path }) => path);
}

function isProduct(path: string): boolean {
  return /^(lib|functions|cdk)\//.test(path);
}

function product(sources: readonly Source[]): Source[] {
  return sources.filter(({ path }) => isProduct(path));
}

function library(sources: readonly Source[]): Source[] {
  return sources.filter(({ path }) => path.startsWith('lib/'));
}

/** The entry of RANKS that a path falls under. */
function homeOf(path: string): string | undefined {
  return Object.keys(RANKS).find((home) => path === home || path.startsWith(`${home}/`));
}

/** Paths from the root of everything that a file imports or re-exports by a relative name. */
function importsOf({ path, text }: Source): string[] {
  const names = text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'(\.[^']+)'/g);
  return [...names].map(([, name]) => normalize(join(dirname(path), name!)));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

function sourcesIn(folder: string): Source[] {
  const at = join(ROOT, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at, { withFileTypes: true, recursive: folder !== '.' })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }));
}
