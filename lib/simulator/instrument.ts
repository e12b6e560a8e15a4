import { type Charge, usesSecondCard } from './charge.ts';
import { EUR } from './currencies.ts';
import type { Family } from './families.ts';
import { BINS } from './gateways.ts';
import type { Names } from './names.ts';
import { mix, pick } from './random.ts';

/** With what was paid. */
export interface Instrument {
  readonly method: string;
  /** Undefined for all that are no cards. */
  readonly bin: string | undefined;
  readonly json: string;
}

export function instrumentOf(charge: Charge, family: Family, names: Names): Instrument {
  const { flavour } = family.pattern;
  if (flavour === 'outside') return family.hash & 2 ? CASH : checkOf(family);
  const number = charge.customer * 2 + (usesSecondCard(family.hash) ? 1 : 0);
  const id = names.instrument.of(number);
  if (flavour === 'debit') return vaulted(charge.currency === EUR ? 'SEPA' : 'ach', id);
  if (flavour === 'offsite') return vaulted('paypal', id);
  return vaulted('payment-card', id, pick(mix(number, 11), BINS));
}

const CASH: Instrument = {
  method: 'cash',
  bin: undefined,
  json: '{"method":"cash","receivedBy":"Front desk"}',
};

function checkOf({ rows }: Family): Instrument {
  const json = `{"method":"check","reference":"Check 00${rows[0]}"}`;
  return { method: 'check', bin: undefined, json };
}

function vaulted(method: string, id: string, bin?: string): Instrument {
  return { method, bin, json: `{"method":"${method}","paymentInstrumentId":"${id}"}` };
}
