import { expect, test } from 'vitest';
import { listed } from './listed.ts';
import { type Candidate, promised } from './promised.ts';

/** What becomes of an object that others write too. */
export function racesContract(candidate: Candidate): void {
  const { makeStore } = candidate;

  test('an update sees what stands there, and leaves it where it has nothing to say', async () => {
    const store = await makeStore();
    const seen: (string | undefined)[] = [];
    const say = (next: string | undefined) => (text: string | undefined) => {
      seen.push(text);
      return next;
    };
    await store.update('run=1/latest.json', say(undefined));
    expect(await listed(store, '')).toEqual([]);
    await store.update('run=1/latest.json', say('ä'));
    await store.update('run=1/latest.json', say(undefined));
    expect(await store.text('run=1/latest.json')).toBe('ä');
    expect(seen).toEqual([undefined, undefined, 'ä']);
  });

  test('an update replaces, again and again', async () => {
    const store = await makeStore();
    for (const text of ['one', 'two', 'three']) await store.update('a', () => text);
    expect(await store.text('a')).toBe('three');
  });

  test('what an update throws is thrown, and nothing is written', async () => {
    const store = await makeStore();
    await store.put('a', 'old');
    const update = store.update('a', () => {
      throw new Error('Undecided.');
    });
    await expect(update).rejects.toThrow('Undecided.');
    await store.update('a', (text) => `${text}, then new`);
    expect(await store.text('a')).toBe('old, then new');
  });

  promised(
    candidate,
    'compare and swap',
    'of two writers at once the older never wins, whoever is first',
    async (store) => {
      const newest = (id: number) => (text: string | undefined) =>
        text !== undefined && Number(text) >= id ? undefined : String(id);
      for (let round = 0; round < 10; round += 1) {
        const key = `period=${round}/latest.json`;
        const ids = round % 2 === 0 ? [1, 2] : [2, 1];
        await Promise.all(ids.map((id) => store.update(key, newest(id))));
        expect(await store.text(key)).toBe('2');
      }
    },
  );

  promised(
    candidate,
    'compare and swap',
    'of ten who count at once none is lost',
    async (store) => {
      const count = () => store.update('count', (text) => String(Number(text ?? 0) + 1));
      await Promise.all(Array.from({ length: 10 }, count));
      expect(await store.text('count')).toBe('10');
    },
  );

  promised(
    candidate,
    'one winner of a new key',
    'onlyNew never replaces, and leaves what stands there',
    async (store) => {
      await store.put('manifest.json', 'first', { onlyNew: true });
      const second = store.put('manifest.json', 'second', { onlyNew: true });
      await expect(second).rejects.toMatchObject({ code: 'SNAPSHOT_EXISTS' });
      expect(await store.text('manifest.json')).toBe('first');
      expect(await listed(store, '')).toEqual(['manifest.json 5']);
    },
  );

  promised(
    candidate,
    'one winner of a new key',
    'of ten who write a new key at once, one wins and nine are told',
    async (store) => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, n) =>
          store.put('run=1/manifest.json', `writer ${n}`, { onlyNew: true }),
        ),
      );
      const winners = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
      expect(winners.length).toBe(1);
      expect(await store.text('run=1/manifest.json')).toBe(`writer ${winners[0]}`);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('SNAPSHOT_EXISTS');
      }
    },
  );
}
