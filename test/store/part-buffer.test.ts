import { expect, test } from 'vitest';
import {
  createPartBuffer,
  createPartRooms,
  type GatheredPart,
} from '../../lib/store/part-buffer.ts';
import { fc } from '../world/properties.ts';

const PART_BYTES = 1024 * 1024;

test('bytes come out as they went in, in parts of one size, however they are cut', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 2 * PART_BYTES }), { maxLength: 6 });
  fc.assert(
    fc.property(sizes, (lengths) => {
      const whole = Buffer.concat(lengths.map((length, at) => Buffer.alloc(length, at + 1)));
      const gathered = createPartBuffer(createPartRooms(PART_BYTES));
      const parts: GatheredPart[] = [];
      let at = 0;
      for (const length of lengths) {
        for (let rest: Uint8Array = whole.subarray(at, at + length); rest.length > 0; ) {
          if (gathered.isFull) parts.push(gathered.take());
          rest = gathered.add(rest);
        }
        at += length;
      }
      expect(parts.every(({ bytes }) => bytes.length === PART_BYTES)).toBe(true);
      parts.push(gathered.take());
      expect(Buffer.concat(parts.map(({ bytes }) => bytes)).equals(whole)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('a room that was given back is taken again, by whoever needs one next', () => {
  const rooms = createPartRooms(PART_BYTES);
  const [one, other] = [createPartBuffer(rooms), createPartBuffer(rooms)];
  const partOf = (buffer: typeof one) => {
    buffer.add(Buffer.alloc(PART_BYTES));
    return buffer.take();
  };
  const first = partOf(one);
  const second = partOf(one);
  expect(second.bytes.buffer).not.toBe(first.bytes.buffer);
  first.release();
  expect(partOf(other).bytes.buffer).toBe(first.bytes.buffer);
});

test('what stays small takes no room of a whole part', () => {
  const rooms = createPartRooms(PART_BYTES);
  const gathered = createPartBuffer(rooms);
  gathered.add(Buffer.from('small'));
  const part = gathered.take();
  expect(part.bytes.buffer.byteLength).toBeLessThan(PART_BYTES / 8);
  part.release();
  expect(rooms.take().length).toBe(PART_BYTES);
});
