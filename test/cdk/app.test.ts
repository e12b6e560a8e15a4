import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const APP = join(import.meta.dirname, '../../cdk/app.ts');
const folder = mkdtempSync(join(tmpdir(), 'tieout-cdk-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** The program that `cdk` starts, told `-c config=FILE`. What it builds is for `npm run synth`. */
function start(config: string, text?: string) {
  const file = join(folder, config);
  if (text !== undefined) writeFileSync(file, text);
  const context = JSON.stringify({ config: file, 'aws:cdk:bundling-stacks': [] });
  const env = { ...process.env, CDK_CONTEXT_JSON: context, CDK_OUTDIR: join(folder, 'out') };
  const { status, stderr } = spawnSync(process.execPath, [APP], { env, encoding: 'utf8' });
  return { status, stderr: stderr.replaceAll(folder, '…') };
}

describe('the program that builds the stack', () => {
  test.each([
    [
      'with a wrong value',
      '{"organizationId": "org_1", "aws": {"hour": 25}}',
      'CONFIG_INVALID: …/c.json: aws.hour is 25. Give it a whole number from 0 to 23.\n',
    ],
    ['that is cut', '{"organizationId": "org', 'CONFIG_UNREADABLE: …/c.json is no JSON:'],
  ])('ends with one line for a configuration %s', (_title, text, line) => {
    const { status, stderr } = start('c.json', text);
    expect(stderr).toContain(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });

  test('ends with one line where there is no configuration', () => {
    const { status, stderr } = start('none.json');
    expect(stderr).toBe(
      'CONFIG_UNREADABLE: …/none.json does not exist. ' +
        'Write it, or name another with -c config=FILE.\n',
    );
    expect(status).toBe(2);
  });
});
