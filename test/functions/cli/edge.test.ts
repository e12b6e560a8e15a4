import { describe, expect, test } from 'vitest';
import { atTheEdge } from '../../../functions/cli/edge.ts';
import { createRuntime } from '../../../functions/runtime.ts';
import { Fault } from '../../../lib/model/fault.ts';
import { fakeHost } from '../../world/host.ts';

describe('at the edge', () => {
  test.each<[string, unknown, number, string]>([
    ['a fault', new Fault('INCOMPLETE', 'A.', 'B.'), 1, 'INCOMPLETE: A. B.\n'],
    ['a fault of usage', new Fault('DATE_INVALID', 'A.', 'B.'), 2, 'DATE_INVALID: A. B.\n'],
    [
      'a fault over several lines',
      new Fault('INCOMPLETE', 'A\r\n  b.', 'C.'),
      1,
      'INCOMPLETE: A b. C.\n',
    ],
    [
      'a defect',
      new TypeError('x is undefined'),
      1,
      'INTERNAL: TypeError: x is undefined. ' +
        'This is a defect: report it with the command and what --debug shows.\n',
    ],
    [
      'a thrown text',
      'oops',
      1,
      'INTERNAL: oops. This is a defect: report it with the command and what --debug shows.\n',
    ],
  ])('%s is one line and an exit code', async (_title, error, exitCode, line) => {
    const world = fakeHost();
    const work = () => Promise.reject(error);
    expect(await atTheEdge(createRuntime(world.host), { debug: false }, work)).toBe(exitCode);
    expect(world.printed('stderr')).toBe(line);
  });

  test('what breaks after a signal broke by it', async () => {
    const world = fakeHost();
    const exitCode = await atTheEdge(createRuntime(world.host), { debug: false }, async () => {
      world.signal('SIGTERM');
      throw new Error('socket hang up');
    });
    expect(exitCode).toBe(1);
    expect(world.printed('stderr')).toMatch(/^INTERRUPTED: SIGTERM came before/);
  });

  test('a command says itself what a signal interrupted', async () => {
    const world = fakeHost();
    await atTheEdge(createRuntime(world.host), { debug: false }, async () => {
      world.signal('SIGINT');
      throw new Fault('INTERRUPTED', 'Nobody watches any more.', 'The run goes on.');
    });
    expect(world.printed('stderr')).toBe(
      'INTERRUPTED: Nobody watches any more. The run goes on.\n',
    );
  });

  test('causes are shown when asked for, without the key', async () => {
    const world = fakeHost({ env: { REBILLY_API_KEY: 'sk_hush' } });
    const cause = new Error('refused sk_hush');
    const fault = new Fault('KEY_REFUSED', 'A.', 'B.', { cause });
    await atTheEdge(createRuntime(world.host), { debug: true }, () => Promise.reject(fault));
    const printed = world.printed('stderr');
    expect(printed).toContain('Caused by: Error: refused [key]');
    expect(printed).not.toContain('sk_hush');
  });

  test('work that succeeds is silent', async () => {
    const world = fakeHost();
    const runtime = createRuntime(world.host);
    expect(await atTheEdge(runtime, { debug: false }, async () => undefined)).toBe(0);
    expect(world.printed('stderr')).toBe('');
  });
});
