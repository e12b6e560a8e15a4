import { describe, expect, test } from 'vitest';
import { createRuntime } from '../../functions/runtime.ts';
import { fakeHost } from '../world/host.ts';

describe('the key', () => {
  test.each([
    ['sk_live_1', 'sk_live_1'],
    ['  sk_live_1\n', 'sk_live_1'],
  ])('%j is taken as %s', (given, key) => {
    const runtime = createRuntime(fakeHost({ env: { REBILLY_API_KEY: given } }).host);
    expect(runtime.apiKey()).toBe(key);
  });

  test.each([[undefined], [''], ['   '], ['a b'], ['clé'], ['a\r\nb']])(
    '%j is refused',
    (given) => {
      const env = given === undefined ? {} : { REBILLY_API_KEY: given };
      const runtime = createRuntime(fakeHost({ env }).host);
      expect(() => runtime.apiKey()).toThrow(expect.objectContaining({ code: 'KEY_MISSING' }));
    },
  );

  test('leaves through no stream, as it is or encoded', () => {
    const world = fakeHost({ env: { REBILLY_API_KEY: 'sk/1+2' } });
    const runtime = createRuntime(world.host);
    runtime.out.write('a sk/1+2 b sk%2F1%2B2 sk/1+2\n');
    runtime.err.write('sk/1+2\n');
    expect(world.printed('stdout')).toBe('a [key] b [key] [key]\n');
    expect(world.printed('stderr')).toBe('[key]\n');
  });

  test('that is not set changes no text', () => {
    expect(createRuntime(fakeHost().host).redact('abc')).toBe('abc');
  });
});

describe('a signal', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a wait with INTERRUPTED', async (name) => {
    const world = fakeHost();
    const { clock, stopSignal } = createRuntime(world.host);
    const waiting = clock.wait(3_600_000);
    world.signal(name);
    await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await expect(clock.wait(3_600_000)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(stopSignal.aborted).toBe(true);
    expect(world.exits).toEqual([]);
  });

  test('ends the program at once when it is the second', () => {
    const world = fakeHost();
    createRuntime(world.host);
    world.signal('SIGINT');
    world.signal('SIGINT');
    expect(world.exits).toEqual([1]);
  });
});

test('a reader that goes away ends nothing', () => {
  const world = fakeHost();
  createRuntime(world.host);
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  expect(() => world.stdout.emit('error', gone)).not.toThrow();
  const broken = Object.assign(new Error('write EIO'), { code: 'EIO' });
  expect(() => world.stdout.emit('error', broken)).toThrow('EIO');
});

test('an empty base URL in the environment counts as none', () => {
  const env = { REBILLY_BASE_URL: '' };
  expect(createRuntime(fakeHost({ env }).host).baseUrl).toBeUndefined();
});

test('a terminal that does not know its width is taken for a usual one', () => {
  const world = fakeHost({ isTerminal: true });
  const { err } = createRuntime(world.host);
  Object.assign(world.stderr, { columns: 120 });
  expect(err.columnCount).toBe(120);
  Object.assign(world.stderr, { columns: 0 });
  expect(err.columnCount).toBe(80);
});
