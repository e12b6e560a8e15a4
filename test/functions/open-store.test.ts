import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tieout } from '../world/command-line.ts';

/** Says which packages of the AWS SDK a process loads. */
const SPY = `import { registerHooks } from 'node:module';
registerHooks({
  resolve(name, context, next) {
    if (/^@(aws-sdk|smithy)\\//.test(name)) process.stderr.write('loads ' + name + '\\n');
    return next(name, context);
  },
});`;

const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(SPY)}`;

test('a directory is opened without the AWS SDK, a bucket with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-empty-'));
  const directory = await tieout(['verify', folder], { env: { NODE_OPTIONS } });
  await rmdir(folder);
  expect(directory.stderr).toMatch(/^SNAPSHOT_MISSING: [^\n]+\n$/);
  const env = { NODE_OPTIONS, AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: '/dev/null' };
  const bucket = await tieout(['verify', 's3://books/nights'], { env });
  expect(bucket.stderr).toMatch(/^loads @aws-sdk\/client-s3\n/);
  expect(bucket.stderr).toMatch(/\nDESTINATION_INVALID: .*no region says where bucket 'books' is/);
});
