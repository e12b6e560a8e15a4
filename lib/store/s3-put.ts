import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { asking, attemptsOf, nameOf } from './s3-fault.ts';
import { locationOf, type S3Object } from './s3-object.ts';
import { s3Text } from './s3-read.ts';
import type { Decision } from './store.ts';
import { contendedFault, existsFault } from './store-fault.ts';

/** Each time another writer was quicker; a handful at once is many. */
const ATTEMPTS_MAX = 50;

type Condition = { readonly IfNoneMatch: '*' } | { readonly IfMatch: string };

/** Replaces whatever stands there. */
export function s3Put(client: S3Client, object: S3Object, bytes: Uint8Array): Promise<void> {
  return asking(object, 'write', () => send(client, object, bytes));
}

/** Fault: `SNAPSHOT_EXISTS` where something stands there. */
export async function s3Create(client: S3Client, object: S3Object, text: string): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const outcome = await sendIf(client, object, text, { IfNoneMatch: '*' });
    if (outcome === 'written') return;
    if (outcome === 'busy') continue;
    // An answer that was lost is asked for again, and then it is our own object that is in the way.
    const isOurs = outcome === 'refused again' && (await s3Text(client, object))?.text === text;
    if (isOurs) return;
    throw existsFault(locationOf(object));
  }
  throw contendedFault(locationOf(object));
}

/** Compares and swaps by S3's own name of a version. */
export async function s3Update(
  client: S3Client,
  object: S3Object,
  decide: Decision,
): Promise<void> {
  let spell = quoted;
  let refused: string | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const found = await s3Text(client, object);
    const text = decide(found?.text);
    if (text === undefined) return;
    // Refused, though nobody came between. Versions are in quotes (RFC 9110, 8.8.3), and so they are
    // sent; radosgw 16 compares them with its own, which it keeps without.
    if (found !== undefined && found.version === refused) {
      spell = spell === quoted ? unquoted : quoted;
    }
    refused = found?.version;
    const condition: Condition =
      found === undefined ? { IfNoneMatch: '*' } : { IfMatch: spell(found.version) };
    if ((await sendIf(client, object, text, condition)) === 'written') return;
  }
  throw contendedFault(locationOf(object));
}

const quoted = (version: string): string => version;
const unquoted = (version: string): string => version.replaceAll('"', '');

type Outcome = 'written' | 'busy' | 'refused' | 'refused again';

async function sendIf(
  client: S3Client,
  object: S3Object,
  text: string,
  condition: Condition,
): Promise<Outcome> {
  return asking(object, 'write', async () => {
    try {
      await send(client, object, Buffer.from(text, 'utf8'), condition);
      return 'written';
    } catch (error) {
      const name = nameOf(error);
      if (name === 'ConditionalRequestConflict') return 'busy';
      // What was to be replaced has been removed.
      if (name === 'NoSuchKey') return 'refused';
      if (name === 'PreconditionFailed') return attemptsOf(error) > 1 ? 'refused again' : 'refused';
      throw error;
    }
  });
}

async function send(
  client: S3Client,
  object: S3Object,
  bytes: Uint8Array,
  condition?: Condition,
): Promise<void> {
  const request = { ...object, Body: bytes, ChecksumAlgorithm: 'CRC32' as const, ...condition };
  await client.send(new PutObjectCommand(request));
}
