import { createIds, type Ids } from './ids.ts';
import { mix } from './random.ts';

/** The numberings of a world: every id it shows, and back from a row's id to the row. */
export interface Names {
  readonly transaction: Ids;
  readonly creditMemo: Ids;
  readonly customer: Ids;
  readonly invoice: Ids;
  readonly subscription: Ids;
  readonly instrument: Ids;
  readonly request: Ids;
  readonly reference: Ids;
  readonly deposit: Ids;
  readonly payout: Ids;
  readonly memoItem: Ids;
  readonly memoInvoice: Ids;
  readonly quote: Ids;
}

export function createNames(seed: number, oddities: boolean): Names {
  const ids = (prefix: string) => createIds(prefix, seed);
  return {
    transaction: oddities ? withChosenIds(ids('txn_'), seed) : ids('txn_'),
    creditMemo: oddities ? withChosenIds(ids('crmm_'), seed) : ids('crmm_'),
    customer: ids('cus_'),
    invoice: ids('in_'),
    subscription: ids('sub_'),
    instrument: ids('inst_'),
    request: ids('req_'),
    reference: ids('ref_'),
    deposit: ids('dep_req_'),
    payout: ids('pout_req_'),
    memoItem: ids('crmm_itm_'),
    memoInvoice: createIds('in_', mix(seed, 1)),
    quote: ids('quote_'),
  };
}

/** One row in so many has an id its merchant chose. */
const CHOSEN_EVERY = 61;
const CHOSEN = /^(?:@order-|order\.\.|~|-)(\d{1,10})$/;
const CHOICES = ['@order-', 'order..', '~', '-'] as const;

/** Ids that begin with `@` or hold `..` are legal, and trouble for who puts them into a path. */
function withChosenIds(ids: Ids, seed: number): Ids {
  const of = (number: number): string => {
    const hash = mix(seed ^ 0x1d, number) >>> 0;
    if (hash % CHOSEN_EVERY !== 0) return ids.of(number);
    return `${CHOICES[(hash >>> 8) % CHOICES.length]}${number}`;
  };
  return {
    of,
    numberOf(id) {
      const found = CHOSEN.exec(id);
      const number = found ? Number(found[1]) : ids.numberOf(id);
      return number !== undefined && of(number) === id ? number : undefined;
    },
  };
}
