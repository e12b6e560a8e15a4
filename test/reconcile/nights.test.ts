import { appeared } from '../../lib/reconcile/rules/appeared.ts';
import { restated } from '../../lib/reconcile/rules/restated.ts';
import { revisionWentBack } from '../../lib/reconcile/rules/revision-went-back.ts';
import { vanished } from '../../lib/reconcile/rules/vanished.ts';
import { volumeOutlier } from '../../lib/reconcile/rules/volume-outlier.ts';
import { type Cells, memo, payment } from './night.ts';
import { type Case, ruleFacts } from './rule-facts.ts';

const CREATED = { createdTime: '2026-11-10T10:00:00Z' };
/** What was published, and what it became. */
const change = (before: Cells, after: Cells): Case => ({
  earlier: [payment('a', { ...CREATED, ...before })],
  changed: [payment('a', { ...CREATED, ...before, revision: '2', ...after })],
});
const correction = (before: Cells, after: Cells, said: Cells = {}): Case => ({
  ...change(before, after),
  fires: { a: said },
});
const memoChange = (before: Cells, after: Cells): Case => ({
  earlierMemos: [memo('a', { ...CREATED, ...before })],
  changedMemos: [memo('a', { ...CREATED, ...before, revision: '2', ...after })],
});

ruleFacts(restated, {
  'another amount': correction(
    {},
    { amount: '90.00' },
    { expected: 'amount 100.00', actual: 'amount 90.00', difference: '-10.00' },
  ),
  'an amount for the first time': change({ amount: undefined }, { amount: '90.00' }),
  'no amount any more': correction({}, { amount: undefined }, { actual: 'amount empty' }),
  'another currency': correction({}, { currency: 'EUR' }),
  'another type': correction({}, { type: 'authorize' }, { difference: '-100.00' }),
  'another parent': correction({ parentTransactionId: 'p' }, { parentTransactionId: 'q' }),
  'a parent for the first time': change({}, { parentTransactionId: 'p' }),
  'another customer': correction({}, { customerId: 'c' }),
  'an outcome turned over': correction(
    {},
    { result: 'declined' },
    { expected: 'result approved', actual: 'result declined', difference: '-100.00' },
  ),
  'an outcome at last': change({ result: 'unknown', status: 'pending' }, { result: 'declined' }),
  settled: change({}, { settlementTime: '2026-11-12T00:00:00Z' }),
  'settled at another time': correction(
    { settlementTime: '2026-11-12T00:00:00Z' },
    { settlementTime: '2026-11-13T00:00:00Z' },
  ),
  refunded: change({}, { status: 'refunded' }),
  'no more refunded': correction({ status: 'refunded' }, { status: 'completed' }),
  disputed: change({ status: 'partially-refunded' }, { status: 'disputed', isDisputed: 'true' }),
  'no more disputed': change({ status: 'disputed' }, { status: 'completed' }),
  'pending again': correction({ status: 'disputed' }, { status: 'pending' }),
  'a word that nobody knows': change({}, { status: 'suspended' }),
  reconciled: change({ isReconciled: 'false' }, { isReconciled: 'true' }),
  'nothing but the revision': change({}, {}),
  'a memo of another total': {
    ...memoChange({}, { totalAmount: '90.00' }),
    fires: { a: { collection: 'credit-memos', difference: '-10.00' } },
  },
  'a draft is still written': memoChange(
    { status: 'draft' },
    { status: 'issued', totalAmount: '90.00' },
  ),
  'a memo that was spent': memoChange({}, { status: 'applied', unusedAmount: '0.00' }),
  'a memo that is unspent again': {
    ...memoChange({ status: 'applied' }, { status: 'issued' }),
    fires: { a: {} },
  },
});

ruleFacts(revisionWentBack, {
  'it fell': correction(
    { revision: '3' },
    { revision: '2' },
    { expected: 'at least 3', actual: '2' },
  ),
  'values moved without it': correction(
    { revision: '2' },
    { isReconciled: 'false' },
    { expected: 'more than 2', actual: '2' },
  ),
  'it rose': change({}, { isReconciled: 'false' }),
  'nothing moved': change({ revision: '2' }, {}),
  'without one': { ...change({ revision: undefined }, { revision: undefined }), unclear: 1 },
});

ruleFacts(vanished, {
  'the API does not return it': {
    earlier: [payment('a', CREATED)],
    absent: [{ collection: 'transactions', id: 'a' }],
    fires: { a: { difference: '-100.00', actual: 'gone' } },
  },
  'a memo': {
    earlierMemos: [memo('a', CREATED)],
    absent: [{ collection: 'credit-memos', id: 'a' }],
    fires: { a: { collection: 'credit-memos' } },
  },
  'a memo of that id is gone, not a transaction': {
    earlier: [payment('a', CREATED)],
    absent: [{ collection: 'credit-memos', id: 'a' }],
  },
  'it was never published': { absent: [{ collection: 'transactions', id: 'a' }] },
  'it is there': { earlier: [payment('a', CREATED)] },
});

const DAYS = ['transactions', 'credit-memos'].map((collection) => ({
  businessDate: '2026-11-10',
  collection,
  state: 'settled',
  since: '2026-11-18',
}));
/** A day whose memos were not read. */
const HALF_DAY = { ...DAYS[0]!, businessDate: '2026-11-08' };

ruleFacts(
  appeared,
  {
    'nobody had published it': {
      changed: [payment('a', CREATED)],
      fires: { a: { difference: '100.00' } },
    },
    'a memo': {
      changedMemos: [memo('a', CREATED)],
      fires: { a: { collection: 'credit-memos' } },
    },
    'it had been published': {
      changed: [payment('a', CREATED)],
      earlier: [payment('a', CREATED)],
    },
    'its day had not': { changed: [payment('a', { createdTime: '2026-11-09T10:00:00Z' })] },
    'of its day only payments were published': {
      changedMemos: [memo('a', { createdTime: '2026-11-08T10:00:00Z' })],
    },
    'it is of this night': { transactions: [payment('a')] },
  },
  { inputs: { published: [...DAYS, HALF_DAY] } },
);

const FRIDAYS = ['2026-10-23', '2026-10-30', '2026-11-06', '2026-11-13'];
const usual = (...counts: number[]) => ({
  volumes: [
    ...counts.map((count, at) => ({ businessDate: FRIDAYS[at]!, moneyInCount: `${count}` })),
    { businessDate: '2026-11-19', moneyInCount: '1000000' },
    { businessDate: '2026-10-16', moneyInCount: '1000000' },
  ],
});
const DAY = '2026-11-20';
const payments = (count: number): Case => ({
  transactions: Array.from({ length: count }, (_, at) => payment(`a${at}`)),
});

/** A day has no number in front: each night is a snapshot of its own. */
const volume = (title: string, night: Case, inputs: ReturnType<typeof usual>, said?: Cells) =>
  ruleFacts(
    volumeOutlier,
    { [title]: { ...night, ...(said && { fires: { [DAY]: said } }) } },
    { inputs },
  );

volume('fewer than a fifth', payments(1), usual(2, 6, 6, 90), { expected: '6', actual: '1' });
volume('a fifth', payments(1), usual(1, 5, 5, 90));
volume('none at all', { transactions: [payment('a', { type: 'setup' })] }, usual(5, 5, 5, 5), {
  actual: '0',
});
volume('none, as on every such weekday', payments(0), usual(0, 0, 0, 7));
volume('none, and nobody knows what is usual', payments(0), usual(), { expected: 'some' });
volume('some, and nobody knows what is usual', { ...payments(1), unclear: 1 }, usual());
