import type { Label } from '../../../lib/simulator/planted/plant.ts';
import type { Books, Finding } from './books.ts';
import { MEMO_QUESTIONS, misnumbered, overdrawn, paidBackTwice, takesPart } from './memos.ts';
import { PAYMENT_QUESTIONS } from './payments.ts';
import { twinsIn } from './twins.ts';

/** Everything a person finds who asks every question of every record. In order. */
export function findingsIn(books: Books): Finding[] {
  const found: Finding[] = [];
  const tell = (rule: string, collection: Label['collection'], id: string) =>
    found.push(`${rule} ${collection} ${id}`);
  for (const row of books.rows) {
    for (const [rule, isWrong] of Object.entries(PAYMENT_QUESTIONS)) {
      if (isWrong(row, books)) tell(rule, 'transactions', row['id']);
    }
  }
  for (const memo of books.memos.filter(takesPart)) {
    for (const [rule, isWrong] of Object.entries(MEMO_QUESTIONS)) {
      if (isWrong(memo, books)) tell(rule, 'credit-memos', memo['id']);
    }
  }
  for (const [rule, row] of twinsIn(books)) tell(rule, 'transactions', row['id']);
  for (const memo of misnumbered(books)) tell('memo-number-gap', 'credit-memos', memo['id']);
  for (const id of overdrawn(books)) tell('memo-exceeds-transaction', 'transactions', id);
  for (const id of paidBackTwice(books)) tell('compensated-twice', 'invoices', id);
  return found.sort();
}

/** The same of labels. */
export function promisedBy(labels: readonly Label[]): Finding[] {
  return labels.map(({ rule, collection, recordId }) => `${rule} ${collection} ${recordId}`).sort();
}
