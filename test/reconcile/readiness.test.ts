import { expect, test } from 'vitest';
import { type Cells, judgedNight, payment } from './night.ts';

const GATEWAYS = [{ gatewayAccountId: 'gw_1', reconciles: 'true', settles: 'true' }];
const at =
  (day: string, cells: Cells = {}) =>
  (id: string) =>
    payment(id, { createdTime: `${day}T12:00:00Z`, ...cells });

function many(count: number, one: (id: string) => Cells, prefix = 'm'): Cells[] {
  return Array.from({ length: count }, (_, index) => one(`${prefix}${index}`));
}

async function readiness(day: string, rows: readonly Cells[], published: Cells = {}) {
  const judged = await judgedNight({
    roster: [],
    rows: [{ source: 'earlier', table: 'transactions', rows }],
    inputs: {
      gateways: GATEWAYS,
      published: [
        {
          businessDate: day,
          collection: 'transactions',
          state: 'provisional',
          since: day,
          ...published,
        },
      ],
    },
  });
  return judged.readiness
    .filter(({ period, collection }) => period === day && collection === 'transactions')
    .map(({ state, reasons, since }) => [state, reasons, since].join(' | '));
}

const OPEN = { isReconciled: 'false' };

test.each<[string, string, Cells[], string]>([
  [
    'is settled when 99 % are reconciled',
    '2026-11-18',
    [...many(99, at('2026-11-18')), ...many(1, at('2026-11-18', OPEN), 'n')],
    'settled | 99 of 100 reconciled | 2026-11-20',
  ],
  [
    'is provisional when fewer are',
    '2026-11-18',
    [...many(98, at('2026-11-18')), ...many(1, at('2026-11-18', OPEN), 'n')],
    'provisional | 98 of 99 reconciled | 2026-11-18',
  ],
  [
    'does not wait for accounts that send no batches',
    '2026-11-18',
    many(1, at('2026-11-18', { ...OPEN, gatewayAccountId: 'gw_2' })),
    'settled |  | 2026-11-20',
  ],
  [
    'does not wait for what was processed elsewhere',
    '2026-11-18',
    many(1, at('2026-11-18', { ...OPEN, isProcessedOutside: 'true' })),
    'settled |  | 2026-11-20',
  ],
  [
    'is provisional while an outcome is unknown beyond its grace',
    '2026-11-18',
    many(1, at('2026-11-18', { result: 'unknown' })),
    'provisional | 1 outcomes unknown beyond their grace | 2026-11-18',
  ],
  [
    'lets a bank debit have its week',
    '2026-11-18',
    many(1, at('2026-11-18', { result: 'unknown', 'paymentInstrument.method': 'ach' })),
    'settled |  | 2026-11-20',
  ],
  [
    'is provisional on its seventh day',
    '2026-11-14',
    many(1, at('2026-11-14', OPEN)),
    'provisional | 0 of 1 reconciled | 2026-11-14',
  ],
  [
    'is settled after seven days, come what may',
    '2026-11-13',
    many(1, at('2026-11-13', OPEN)),
    'settled | older than 7 days; 0 of 1 reconciled | 2026-11-20',
  ],
])('a day %s', async (_title, day, rows, expected) => {
  expect(await readiness(day, rows)).toEqual([expected]);
});

test('a settled day is not judged again', async () => {
  expect(await readiness('2026-11-18', [], { state: 'settled' })).toEqual([]);
});

test('tonight’s days are judged for both collections', async () => {
  const { readiness: states } = await judgedNight({ roster: [] });
  expect(states.map(({ period, collection }) => `${period} ${collection}`)).toEqual([
    '2026-11-20 transactions',
    '2026-11-20 credit-memos',
  ]);
});
