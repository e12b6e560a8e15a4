import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MANIFEST_VERSION } from '../../lib/contract.ts';
import { readManifest, sealManifest } from '../../lib/snapshot/manifest.ts';
import { CONTENT } from './small-snapshot.ts';

/** Seals any text as a manifest's digest demands, so that only what is said about it is wrong. */
function sealed(content: object): string {
  const text = `${JSON.stringify({ ...content, digest: '' }, null, 2)}\n`;
  const digest = createHash('sha256').update(text).digest('hex');
  return text.replace(/"digest": ""\n\}\n$/, `"digest": "${digest}"\n}\n`);
}

/** The same members, last first, all the way down. */
function reversed<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, inner]) => [name, reversed(inner)])) as T;
}

describe('a manifest', () => {
  test('is read back as it was sealed', () => {
    const { manifest, text } = sealManifest(CONTENT);
    expect(readManifest(text)).toEqual(manifest);
    expect(manifest).toEqual({ ...CONTENT, digest: manifest.digest });
  });

  test('has the SHA-256 of its own text with an empty digest', () => {
    const { manifest, text } = sealManifest(CONTENT);
    expect(text).toBe(sealed(manifest));
    expect(text.endsWith('\n}\n')).toBe(true);
  });

  test('has one text, whatever order its members were given in', () => {
    expect(sealManifest(reversed(CONTENT)).text).toBe(sealManifest(CONTENT).text);
  });

  test('of the first night has no predecessor', () => {
    const { text } = sealManifest({ ...CONTENT, predecessor: null });
    expect(readManifest(text).predecessor).toBeNull();
  });

  test('may have members that a later Tieout added without harm', () => {
    expect(readManifest(sealed({ ...CONTENT, readiness: 'settled' }))).toMatchObject(CONTENT);
  });

  test('of a newer version is SNAPSHOT_NEWER, whatever else it says', () => {
    const newer = sealed({ manifestVersion: MANIFEST_VERSION + 1 });
    expect(() => readManifest(newer)).toThrow(expect.objectContaining({ code: 'SNAPSHOT_NEWER' }));
  });

  test.each([
    ['nothing', '', 'is no JSON'],
    ['half of it', sealManifest(CONTENT).text.slice(0, 300), 'is no JSON'],
    ['a list', '[]\n', 'ends without its digest'],
    ['null', 'null\n', 'ends without its digest'],
    ['compact JSON', JSON.stringify(CONTENT), 'ends without its digest'],
    ['another line end', sealManifest(CONTENT).text.replaceAll('\n', '\r\n'), 'without its digest'],
    ['another word', sealManifest(CONTENT).text.replace('live', 'dead'), 'says its digest is'],
    ['no scope', sealed({ ...CONTENT, scope: undefined }), "wrong at 'scope'"],
    [
      'a count that is none',
      sealed({ ...CONTENT, proof: [{ collection: 'transactions', index: -1 }] }),
      "wrong at 'proof.0.index'",
    ],
    ['an id that climbs', sealed({ ...CONTENT, runId: '../..' }), "wrong at 'runId'"],
    [
      'a file that climbs',
      sealed({
        ...CONTENT,
        files: [{ name: '../x', table: 'x', rowCount: 0, byteCount: 0, sha256: '' }],
      }),
      "wrong at 'files.0.name'",
    ],
  ])('that is %s is SNAPSHOT_DAMAGED and says why', (_what, text, why) => {
    expect(() => readManifest(text)).toThrow(
      expect.objectContaining({
        code: 'SNAPSHOT_DAMAGED',
        message: expect.stringContaining(why),
      }),
    );
  });
});
