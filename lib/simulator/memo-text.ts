import type { Instant } from '../model/instant.ts';
import { amountText, type Currency } from './currencies.ts';
import type { Allocation, MemoFacts, MemoWorld } from './memo-facts.ts';
import type { MemoItem } from './memo-items.ts';
import { momentText } from './moments.ts';
import { chance, mix, pick } from './random.ts';

const REASONS = [
  'return',
  'product-unsatisfactory',
  'order-change',
  'order-cancellation',
  'write-off',
  'waiver',
  'customer-credit',
  'prepayment',
  'other',
] as const;

/** Writes a credit memo as it stands at an instant, as JSON text. */
export function memoText(world: MemoWorld, facts: MemoFacts, asOf: Instant): string {
  const { index, currency, customerId, invoiceId } = facts;
  const allocations = facts.allocations.filter(({ at }) => at <= asOf);
  const hasTurned = facts.turnsAt !== undefined && facts.turnsAt <= asOf;
  const used = allocations.reduce((sum, { amount }) => sum + amount, 0);
  const status = statusOf(facts, used, hasTurned);
  const unused = status === 'voided' ? 0 : facts.total - used;
  const updatedAt = hasTurned ? facts.turnsAt : allocations.at(-1)?.at;
  const created = world.memoTimeline.createdText(index);
  const isQuoted = facts.fate === 'quotation' || facts.fate === 'approved-quotation';
  const reason = reasonOf(facts);
  const money = (minor: number) => amountText(minor, currency);
  return (
    `{"id":"${world.names.creditMemo.of(index)}","number":${facts.number}` +
    `,"customerId":"${customerId}","currency":"${currency.code}"` +
    `,"status":"${status}","reason":"${reason}","description":"Credit ${facts.number}: ${reason}"` +
    `,"items":[${facts.items.map((item, line) => itemText(world, facts, item, line)).join()}]` +
    `,"shippingAmount":${money(facts.shipping)},"taxAmount":${money(facts.tax)}` +
    `,"totalAmount":${money(facts.total)},"unusedAmount":${money(unused)}` +
    `,"allocations":{"transactions":[${allocationsText(allocations, 'transaction', currency)}]` +
    `,"invoices":[${allocationsText(allocations, 'invoice', currency)}]}` +
    `,"invoiceId":${invoiceId === undefined ? 'null' : `"${invoiceId}"`}` +
    `,"quoteId":${isQuoted ? `"${world.names.quote.of(index)}"` : 'null'}` +
    `,"revision":${1 + allocations.length + (hasTurned ? 1 : 0)},"createdTime":"${created}"` +
    `,"updatedTime":"${updatedAt === undefined ? created : momentText(updatedAt)}"` +
    `,"_links":[${linksText(world, facts)}]}`
  );
}

/** A chargeback's memo would be allocated to the disputed payment, never to a refund. */
function reasonOf({ hash, allocations }: MemoFacts): string {
  const isPaidOut = allocations.some(({ to }) => to === 'transaction');
  return !isPaidOut && chance(mix(hash, 8), 0.05) ? 'chargeback' : pick(mix(hash, 7), REASONS);
}

function statusOf({ fate, total }: MemoFacts, used: number, hasTurned: boolean): string {
  if (fate === 'draft' || fate === 'quotation') return fate;
  if (fate === 'approved-quotation') return hasTurned ? 'issued' : 'quotation';
  if (fate === 'voided' && hasTurned) return 'voided';
  if (used === 0) return 'issued';
  return used === total ? 'applied' : 'partially-applied';
}

function itemText(world: MemoWorld, facts: MemoFacts, item: MemoItem, line: number): string {
  const { currency, index } = facts;
  return (
    `{"id":"${world.names.memoItem.of(index * 4 + line)}","invoiceItemId":null` +
    `,"description":"${item.description}","unitPrice":${amountText(item.unitPrice, currency)}` +
    `,"quantity":${item.quantity},"price":${amountText(item.price, currency)}` +
    `,"productId":"prod_${item.description.slice(0, 4).toLowerCase()}","planId":null` +
    `,"tax":${taxText(item, currency)}}`
  );
}

function taxText({ tax }: MemoItem, currency: Currency): string {
  if (tax === undefined) return 'null';
  const head = `{"amount":${amountText(tax.amount, currency)}`;
  if (tax.shares === undefined) return `${head},"description":"VAT","rate":${tax.rate}}`;
  const [state, county, city, special] = tax.shares.map((share) => amountText(share, currency));
  return (
    `${head},"description":"Sales tax","rate":${tax.rate},"stateAmount":${state}` +
    `,"countyAmount":${county},"cityAmount":${city},"specialDistrictAmount":${special}` +
    ',"stateRate":0.0625,"countyRate":0.005,"cityRate":0.0125,"specialDistrictRate":0.0025' +
    ',"jurisdictions":{"country":"US","state":"TX","county":"TRAVIS","city":"AUSTIN"}}'
  );
}

function allocationsText(
  allocations: readonly Allocation[],
  to: Allocation['to'],
  currency: Currency,
): string {
  return allocations
    .filter((allocation) => allocation.to === to)
    .map(({ id, amount, at }) => {
      const time = momentText(at);
      return (
        `{"${to}Id":"${id}","amount":${amountText(amount, currency)}` +
        `,"currency":"${currency.code}","createdTime":"${time}","updatedTime":"${time}"}`
      );
    })
    .join();
}

function linksText({ organizationId, names }: MemoWorld, facts: MemoFacts): string {
  const base = `{"href":"https://api.rebilly.com/organizations/${organizationId}/`;
  const self = names.creditMemo.of(facts.index);
  const invoice =
    facts.invoiceId === undefined ? '' : `,${base}invoices/${facts.invoiceId}","rel":"invoice"}`;
  return (
    `${base}credit-memos/${self}","rel":"self"},${base}customers/${facts.customerId}` +
    `","rel":"customer"}${invoice}`
  );
}
