import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Config } from '../../../lib/config.ts';
import type { FaultCode } from '../../../lib/model/fault.ts';
import { refusal, type S3Answer, startScriptedS3 } from '../../world/scripted-s3.ts';
import type { Start } from './cloud.ts';
import { threeDays } from './three-days.ts';

const EARLIER = '2026-03-04T06:00:00Z';
const NOW = '2026-03-06T06:00:00Z';
const KEPT = 'kept';

const { books, at } = threeDays();

/** What is wrong with one start; all else is right. */
interface Bad extends Start {
  readonly secret?: string | undefined;
  readonly config?: object;
  readonly dest?: string;
  /** What the bucket says to whatever it is asked. */
  readonly bucket?: (line: string) => S3Answer;
}

let earlier: Record<string, string>;

beforeAll(async () => {
  await at(EARLIER, (cloud) => cloud.start(KEPT));
  earlier = await published();
  expect(earlier).not.toEqual({});
});

/** Every file that looks published, with its bytes. */
async function published(): Promise<Record<string, string>> {
  const names = await books().published(KEPT);
  const bytes = names.map((name) => readFile(books().at(join(KEPT, name)), 'base64'));
  const texts = await Promise.all(bytes);
  return Object.fromEntries(names.map((name, at) => [name, texts[at]!]));
}

const REFUSED = /refused the key .*\. Put a valid secret API key into the secret;/;
const DATE = { date: '2026-03-04' };
const S3 = 's3://books/nights';
const NOTHING: S3Answer = { status: 200, body: '<ListBucketResult></ListBucketResult>' };
const denied = () => refusal(403, 'AccessDenied');

test.each<[string, FaultCode, RegExp, Bad]>([
  ['no secret', 'SECRET_UNREADABLE', /no such secret/, { secret: undefined }],
  ['an empty secret', 'KEY_MISSING', /The secret is empty/, { secret: '' }],
  ['a secret of blanks', 'KEY_MISSING', /The secret is empty/, { secret: ' \n' }],
  ['a secret that is JSON', 'KEY_MISSING', /what no header can carry/, { secret: '{"key": "sk"}' }],
  ['a key that the API refuses', 'KEY_REFUSED', REFUSED, { secret: 'sk_of_somebody_else' }],
  [
    'a key that is refused to a run by hand',
    'KEY_REFUSED',
    REFUSED,
    { secret: 'sk', payload: DATE },
  ],
  [
    'a key that is refused to a count',
    'KEY_REFUSED',
    REFUSED,
    { secret: 'sk', payload: { ...DATE, dryRun: true } },
  ],
  [
    'a bucket that is not there',
    'DESTINATION_INVALID',
    /there is no bucket 'books'/,
    { dest: S3, bucket: () => refusal(404, 'NoSuchBucket') },
  ],
  [
    'a bucket that denies to read',
    'DESTINATION_UNREADABLE',
    /bucket 'books' denies it .* s3:ListBucket/,
    { dest: S3, bucket: denied },
  ],
  [
    'a bucket that denies to read, to a run by hand',
    'DESTINATION_UNREADABLE',
    /bucket 'books' denies it .* s3:GetObject/,
    { dest: S3, bucket: denied, payload: DATE },
  ],
  [
    'a bucket that denies to write',
    'DESTINATION_UNWRITABLE',
    /bucket 'books' denies it .* s3:PutObject/,
    {
      dest: S3,
      bucket: (line) => {
        if (line.startsWith('PUT')) return denied();
        return line.includes('list-type=2') ? NOTHING : refusal(404, 'NoSuchKey');
      },
    },
  ],
  ['what is no address of a bucket', 'DESTINATION_INVALID', /no name/, { dest: 's3://B_ooks' }],
  [
    'a payload of nonsense',
    'PAYLOAD_INVALID',
    /\{"day":"2026-03-04"\}/,
    { payload: { day: DATE.date } },
  ],
  ['a payload that is no JSON object', 'PAYLOAD_INVALID', /"yesterday"/, { payload: 'yesterday' }],
  ['a day that is none', 'DATE_INVALID', /2026-02-30/, { payload: { date: '2026-02-30' } }],
  [
    'days in reverse',
    'PERIOD_REVERSED',
    /2026-03-04/,
    { payload: { from: '2026-03-04', to: '2026-03-03' } },
  ],
  [
    'a run that is not there',
    'RESUME_IMPOSSIBLE',
    /no parts of a run 20260101T000000Z/,
    { payload: { resume: '20260101T000000Z' } },
  ],
  [
    'a configuration that was changed behind the stack',
    'CONFIG_INVALID',
    /unknown key 'zone'/,
    { config: { zone: 'UTC' } },
  ],
])(
  '%s is a named fault in the log, the notice and the error; earlier snapshots stay as they were',
  async (_title, code, sentence, { dest = KEPT, config = {}, bucket, ...bad }) => {
    const server = bucket && (await startScriptedS3(({ line }) => bucket(line)));
    const catchUp = { catchUpDays: 0, ...config } as Partial<Config>;
    await at(
      NOW,
      async (cloud) => {
        for (const [name, value] of Object.entries(server?.environment ?? {})) {
          vi.stubEnv(name, value);
        }
        if ('secret' in bad) cloud.aws.setSecret(bad.secret);
        const result = await cloud.start(dest, bad);

        expect(result.getStatus()).toBe('FAILED');
        const line = expect.stringMatching(new RegExp(`^${code}: .*${sentence.source}`));
        expect(result.getError()).toMatchObject({ errorType: code, errorMessage: line });
        const errors = cloud.printed.filter(({ level }) => level === 'ERROR');
        expect(errors).toMatchObject([{ code, message: line }]);
        expect(cloud.aws.messages).toHaveLength(1);
        const [{ subject, text } = { subject: '', text: '' }] = cloud.aws.messages;
        expect(subject).toMatch(new RegExp(`^Tieout .*FAILED: ${code}$`));
        expect(text).toContain(`${code}: `);
        expect(text).toContain(`What to do:\n  ${errors[0]!.remedy}\n`);
        expect(text).toContain('every earlier snapshot is as it was');
        expect(await published()).toEqual(earlier);
      },
      catchUp,
    );
    await server?.close();
  },
);
