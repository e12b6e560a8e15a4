import type { Row } from '../seen.ts';
import { type Books, childrenIn, isApproved, isMoneyIn } from './books.ts';

/** Pairs of transactions of which there may be only one; the earlier one is in question. */
export function twinsIn(books: Books): readonly (readonly [rule: string, earlier: Row])[] {
  const approved = books.rows.filter(isApproved);
  const moneyIn = books.rows.filter((row) => isMoneyIn(books, row));
  return [
    ...pairs(
      approved,
      ['requestId', 'type'],
      (a, b) => !areRelated(a, b) && minutes(a, b) <= 1440,
    ).map((row) => ['duplicate-request-id', row] as const),
    ...pairs(
      approved,
      ['gatewayTransactionId', 'gatewayAccountId', 'type'],
      (a, b) => !areRelated(a, b) && a['gatewayTransactionId'] !== null,
    ).map((row) => ['duplicate-gateway-reference', row] as const),
    ...pairs(moneyIn, ['customerId', 'amount', 'currency'], (a, b) =>
      isChargedTwice(books, a, b),
    ).map((row) => ['duplicate-charge', row] as const),
  ];
}

function isChargedTwice(books: Books, a: Row, b: Row): boolean {
  const [one, other] = [a['invoiceIds'], b['invoiceIds']] as [string[], string[]];
  const isOnePurpose = one.length + other.length === 0 || one.some((id) => other.includes(id));
  const isOneCard =
    a['paymentInstrument'].paymentInstrumentId === b['paymentInstrument'].paymentInstrumentId;
  const isUndone = (row: Row) =>
    childrenIn(books, row).some((one) => one['amount'] === row['amount']);
  return (
    isOnePurpose &&
    isOneCard &&
    minutes(a, b) <= 10 &&
    !areRelated(a, b) &&
    !isUndone(a) &&
    !isUndone(b)
  );
}

function areRelated(a: Row, b: Row): boolean {
  const [one, other] = [a['parentTransactionId'], b['parentTransactionId']];
  return one === b['id'] || other === a['id'] || (one !== undefined && one === other);
}

function minutes(a: Row, b: Row): number {
  return Math.abs(Date.parse(a['createdTime']) - Date.parse(b['createdTime'])) / 60_000;
}

/** Rows are in order of time, so the first of two is the earlier one. */
function pairs(
  rows: readonly Row[],
  members: readonly string[],
  areTwins: (a: Row, b: Row) => boolean,
): Row[] {
  const groups = Map.groupBy(rows, (row) => members.map((member) => row[member]).join(' '));
  return [...groups.values()].flatMap((same) =>
    same.filter((row, at) => same.slice(at + 1).some((later) => areTwins(row, later))),
  );
}
