import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VERSION } from '../../../functions/version.ts';
import { tieout, typed } from '../../world/command-line.ts';

const RUN = ['run', '--organization', 'org_1'];

const BAD_FILES = {
  'broken.json': '{',
  'unknown.json': '{"timezome": "UTC"}',
  'credentials.json': '{"baseUrl": "https://u:hush@api.rebilly.com"}',
};

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'tieout-'));
  for (const [name, text] of Object.entries(BAD_FILES)) await writeFile(join(cwd, name), text);
});

afterAll(() => rm(cwd, { recursive: true }));

describe('a wrong command line ends with code 2 and one line', () => {
  test.each<[string, string[], RegExp]>([
    ['no command', [], /^COMMAND_UNKNOWN: No command was given\./],
    ['an unknown command', ['rum'], /^COMMAND_UNKNOWN: Unknown command 'rum'\. .*'run'\?/],
    ['an unknown flag', ['run', '--dat', 'x'], /^FLAG_INVALID: .*'--dat'\. .*'--date'\?/],
    ['a flag without its value', ['run', '--date'], /^FLAG_INVALID: .*argument missing/],
    ['a stray argument', ['run', '2026-11-20'], /^FLAG_INVALID: Too many arguments/],
    ['a missing argument', ['verify'], /^FLAG_INVALID: Missing required argument 'dir'/],
    [
      'a day and a range',
      [...RUN, '--date', '2026-11-20', '--from', '2026-11-01', '--to', '2026-11-02'],
      /^FLAG_INVALID: .*cannot be used with/,
    ],
    [
      'a range without its end',
      [...RUN, '--from', '2026-11-01'],
      /^FLAG_INVALID: --from 2026-11-01 stands without --to\./,
    ],
    [
      'a range without its start',
      [...RUN, '--to', '2026-11-01'],
      /^FLAG_INVALID: --to 2026-11-01 stands without --from\./,
    ],
    ['too many readers', [...RUN, '--concurrency', '9'], /^FLAG_INVALID: .*'9'\. .* from 1 to 8\./],
    ['half a reader', [...RUN, '--concurrency', '1.5'], /^FLAG_INVALID: --concurrency/],
    [
      'an unknown collection',
      [...RUN, '--collections', 'transactions,credit-memo'],
      /^FLAG_INVALID: .*'credit-memo'\. Did you mean 'credit-memos'\?/,
    ],
    ['no organization', ['run'], /^ORGANIZATION_INVALID: No organization was named\./],
    [
      'an organization that climbs',
      ['run', '--organization', '..'],
      /^ORGANIZATION_INVALID: '\.\.'/,
    ],
    ['an absent file', [...RUN, '--config', 'no.json'], /^CONFIG_UNREADABLE: \S+no\.json does not/],
    ['a folder for a file', [...RUN, '--config', '.'], /^CONFIG_UNREADABLE: \S+: EISDIR/],
    [
      'a file that is no JSON',
      [...RUN, '--config', 'broken.json'],
      /^CONFIG_UNREADABLE: \S+ is no/,
    ],
    [
      'an unknown key',
      [...RUN, '--config', 'unknown.json'],
      /^CONFIG_INVALID: .*'timezome'\. Did you mean 'timezone'\?/,
    ],
    [
      'an address with a password',
      [...RUN, '--config', 'credentials.json'],
      /^BASE_URL_INVALID: (?!.*hush)/,
    ],
    [
      'an address in the clear',
      [...RUN, '--base-url', 'http://api.rebilly.com'],
      /^BASE_URL_INVALID: .*unencrypted/,
    ],
    [
      'a bucket of others',
      ['verify', 'gs://books/tieout'],
      /^DESTINATION_INVALID: 'gs:\/\/books\/tieout' is neither a directory nor a bucket/,
    ],
    [
      'a bucket that cannot be',
      ['verify', 's3://My_Books'],
      /^DESTINATION_INVALID: "s3:\/\/My_Books" has no name that a bucket can have/,
    ],
    ['no key', RUN, /^KEY_MISSING: REBILLY_API_KEY is not set\./],
    ['a port that is none', ['simulate', '--port', '70000'], /^FLAG_INVALID: --port is '70000'\./],
    [
      'a world of no days',
      ['simulate', '--days', '0'],
      /^FLAG_INVALID: --days .* from 1 to 3650\./,
    ],
    [
      'an unknown misbehaviour',
      ['simulate', '--nasty', 'ties,eror'],
      /^FLAG_INVALID: --nasty names 'eror'\. Did you mean 'errors'\?/,
    ],
    [
      'an instant that is none',
      ['simulate', '--as-of', 'noon'],
      /^FLAG_INVALID: --as-of is 'noon'/,
    ],
    ['a day that is none', ['simulate', '--start', '2026-13-01'], /^DATE_INVALID: /],
  ])('%s', async (_title, args, line) => {
    const at = args.indexOf('--config') + 1;
    const placed = at === 0 ? args : args.with(at, join(cwd, args[at]!));
    const { exitCode, stdout, stderr } = await typed(placed);
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^[^\n]+[.?]\n$/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

describe('the program, in a process of its own', () => {
  test('ends with code 2 and one line when it was called wrongly', async () => {
    const { exitCode, stdout, stderr } = await tieout(['run', '--organization', 'a/b'], { cwd });
    expect(stderr).toMatch(/^ORGANIZATION_INVALID: 'a\/b' is no organization id\. [^\n]+\n$/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  test('finds the configuration where it is started', async () => {
    const named = join(cwd, 'tieout.config.json');
    await writeFile(named, '{"concurrency": 99}');
    const { stderr } = await tieout(RUN, { cwd });
    await rm(named);
    expect(stderr).toMatch(/^CONFIG_INVALID: tieout\.config\.json: concurrency is 99\. /);
  });

  test('shows the stack below the line with --debug', async () => {
    const { exitCode, stderr } = await tieout(['run', '--dat', '--debug']);
    const [line, ...stack] = stderr.split('\n');
    expect(line).toMatch(/^FLAG_INVALID: /);
    expect(stack.join('\n')).toMatch(/^ {4}at .*program\.ts/m);
    expect(exitCode).toBe(2);
  });

  test('prints the version of the package', async () => {
    expect(await tieout(['--version'])).toEqual({
      exitCode: 0,
      stdout: `${VERSION}\n`,
      stderr: '',
    });
  });
});

test('a key with characters that no header carries is refused without being shown', async () => {
  const { exitCode, stderr } = await typed(RUN, { env: { REBILLY_API_KEY: 'sk_hush\nX-Evil: 1' } });
  expect(stderr).toMatch(/^KEY_MISSING: REBILLY_API_KEY holds what no header can carry\./);
  expect(stderr).not.toContain('hush');
  expect(exitCode).toBe(2);
});

test('a key that was pasted into a flag is not printed back', async () => {
  const env = { REBILLY_API_KEY: 'sk_live_hush' };
  const { stderr } = await typed(['run', '--organization', 'a/sk_live_hush'], { env });
  expect(stderr).toMatch(/^ORGANIZATION_INVALID: 'a\/\[key\]'/);
});

test.each(['run', 'plan', 'verify', 'invoke', 'doctor', 'simulate', 'demo'])(
  '%s --help ends well, with an example',
  async (command) => {
    const { exitCode, stdout, stderr } = await typed([command, '--help']);
    expect(stdout).toContain(`$ tieout ${command}`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  },
);
