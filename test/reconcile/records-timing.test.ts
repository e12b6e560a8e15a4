import { flaggedByGateway } from '../../lib/reconcile/rules/flagged-by-gateway.ts';
import { outcomeUnknown } from '../../lib/reconcile/rules/outcome-unknown.ts';
import { statusContradictsResult } from '../../lib/reconcile/rules/status-contradicts-result.ts';
import { unreconciled } from '../../lib/reconcile/rules/unreconciled.ts';
import { unsettled } from '../../lib/reconcile/rules/unsettled.ts';
import { type Cells, payment } from './night.ts';
import { type Case, ruleFacts } from './rule-facts.ts';

/** A payment of the period that differs in these cells. */
const one = (cells: Cells = {}): Case => ({ transactions: [payment('a', cells)] });
const fires = (cells: Cells, said: Cells = {}): Case => ({ ...one(cells), fires: { a: said } });
const unclear = (cells: Cells): Case => ({ ...one(cells), unclear: 1 });
/** The same, of an earlier day. */
const aged = (day: string, cells: Cells = {}): Case => ({
  changed: [payment('a', { createdTime: `${day}T12:00:00Z`, ...cells })],
});

ruleFacts(flaggedByGateway, {
  'Rebilly corrected it': fires(
    { hadDiscrepancy: 'true', discrepancyTime: '2026-11-20T15:00:00Z' },
    { actual: 'changed by Rebilly', status: 'new' },
  ),
  'at a time it does not tell': fires({ hadDiscrepancy: 'true' }),
  'it did not': one(),
  'nobody knows': unclear({ hadDiscrepancy: undefined }),
});

ruleFacts(outcomeUnknown, {
  'a card after a day': {
    ...aged('2026-11-19', { result: 'unknown', status: 'timeout' }),
    fires: { a: { actual: 'unknown' } },
  },
  'a card on its day': aged('2026-11-20', { result: 'unknown' }),
  'a bank debit after a week': {
    ...aged('2026-11-13', { result: 'unknown', 'paymentInstrument.method': 'ach' }),
    fires: { a: {} },
  },
  'a bank debit within the week': aged('2026-11-14', {
    result: 'unknown',
    'paymentInstrument.method': 'ach',
  }),
  'the older name of the method tells it too': {
    ...aged('2026-11-13', {
      result: 'unknown',
      'paymentInstrument.method': undefined,
      method: 'ach',
    }),
    fires: { a: {} },
  },
  'a final result': aged('2026-11-01', { result: 'declined', status: 'timeout' }),
  'nobody knows how': {
    ...aged('2026-11-01', { result: 'unknown', 'paymentInstrument.method': undefined }),
    unclear: 1,
  },
});

ruleFacts(statusContradictsResult, {
  'completed, outcome unknown': fires({ result: 'unknown' }, { expected: 'a final result' }),
  'completed, declined': one({ result: 'declined' }),
  'refunded, declined': fires(
    { status: 'refunded', result: 'declined' },
    { expected: 'approved', actual: 'declined' },
  ),
  'partially refunded, abandoned': fires({ status: 'partially-refunded', result: 'abandoned' }),
  'voided, canceled': fires({ status: 'voided', result: 'canceled' }),
  'disputed, unknown': fires({ status: 'disputed', result: 'unknown' }),
  'disputed, approved': one({ status: 'disputed' }),
  'pending, unknown': one({ status: 'pending', result: 'unknown' }),
  'without a result': unclear({ result: undefined }),
});

const GATEWAYS = [
  { gatewayAccountId: 'gw_1', reconciles: 'true', settles: 'true' },
  { gatewayAccountId: 'gw_2', reconciles: 'false', settles: 'false' },
];
const OPEN = { isReconciled: 'false' };

ruleFacts(
  unreconciled,
  {
    'no batch held it': { ...aged('2026-11-17', OPEN), fires: { a: { expected: 'matched' } } },
    'a refund too': { ...aged('2026-11-17', { ...OPEN, type: 'refund' }), fires: { a: {} } },
    'one may still come': aged('2026-11-18', OPEN),
    'it was matched': aged('2026-11-17'),
    'it was processed elsewhere': aged('2026-11-17', { ...OPEN, isProcessedOutside: 'true' }),
    'nothing moved': aged('2026-11-17', { ...OPEN, amount: '0.00' }),
    'it was declined': aged('2026-11-17', { ...OPEN, result: 'declined' }),
    'without a result': { ...aged('2026-11-17', { ...OPEN, result: undefined }), unclear: 1 },
    'it was voided': aged('2026-11-17', { ...OPEN, status: 'voided' }),
    'an authorization moves nothing': aged('2026-11-17', { ...OPEN, type: 'authorize' }),
    'the account sends no batches': {
      ...aged('2026-11-17', { ...OPEN, gatewayAccountId: 'gw_2' }),
      unclear: 1,
    },
    'it does not tell where it was processed': {
      ...aged('2026-11-17', { ...OPEN, isProcessedOutside: undefined }),
      unclear: 1,
    },
    'it was processed elsewhere, with another account': aged('2026-11-17', {
      ...OPEN,
      isProcessedOutside: 'true',
      gatewayAccountId: 'gw_2',
    }),
    'nobody knows the account': {
      ...aged('2026-11-17', { ...OPEN, gatewayAccountId: 'gw_3' }),
      unclear: 1,
    },
    'it does not tell whether it was matched': {
      ...aged('2026-11-17', { isReconciled: undefined }),
      unclear: 1,
    },
  },
  { inputs: { gateways: GATEWAYS } },
);

ruleFacts(
  unsettled,
  {
    'the bank has not settled it': {
      ...aged('2026-11-13'),
      fires: { a: { expected: 'settled' } },
    },
    'the bank still may': aged('2026-11-14'),
    'it was settled': aged('2026-11-13', { settlementTime: '2026-11-15T00:00:00Z' }),
    'a refund is not waited for': aged('2026-11-13', { type: 'refund' }),
    'it was processed elsewhere': aged('2026-11-13', { isProcessedOutside: 'true' }),
    'without a result': { ...aged('2026-11-13', { result: undefined }), unclear: 1 },
    'the account tells of no settlement': {
      ...aged('2026-11-13', { gatewayAccountId: 'gw_2' }),
      unclear: 1,
    },
    'it does not tell where it was processed': {
      ...aged('2026-11-13', { isProcessedOutside: undefined }),
      unclear: 1,
    },
  },
  { inputs: { gateways: GATEWAYS } },
);
