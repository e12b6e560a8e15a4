import type { Instant } from '../model/instant.ts';
import { type Charge, type Customers, chargeOfFamily, partOf } from './charge.ts';
import type { Families, Member } from './families.ts';
import { WEBSITES } from './gateways.ts';
import { type Instrument, instrumentOf } from './instrument.ts';
import { type Child, childrenOf, firstChildAt, type Life, lifeOf } from './life.ts';
import { momentText } from './moments.ts';
import type { Names } from './names.ts';
import type { Face } from './people.ts';
import { mix, pick } from './random.ts';
import type { Timeline } from './timeline.ts';
import { type View, viewOf } from './view.ts';

/** What transactions of one world are made from. */
export interface TransactionWorld {
  readonly seed: number;
  readonly organizationId: string;
  readonly timeline: Timeline;
  readonly families: Families;
  readonly customers: Customers;
  readonly names: Names;
  readonly faceOf: (hash: number) => Face;
  readonly linksOf: (facts: TransactionFacts) => string;
}

/** Everything there is to say about one transaction at one instant. */
export interface TransactionFacts {
  readonly index: number;
  readonly asOf: Instant;
  readonly hash: number;
  readonly member: Member;
  readonly charge: Charge;
  readonly amount: number;
  readonly children: readonly Child[];
  readonly life: Life;
  readonly view: View;
  readonly instrument: Instrument;
  readonly face: Face;
  readonly id: string;
  readonly customerId: string;
  readonly websiteId: string;
  /** Undefined for rows without; so is `invoiceId`. */
  readonly parentId: string | undefined;
  readonly invoiceId: string | undefined;
  readonly createdText: string;
  readonly updatedText: string;
}

export function transactionFacts(
  world: TransactionWorld,
  index: number,
  asOf: Instant,
): TransactionFacts {
  const { seed, timeline, names } = world;
  const member = world.families.of(index);
  const { family, role, place } = member;
  const charge = chargeOfFamily(family, world.customers);
  const amount = partOf(charge.amount, member);
  const children = childrenOf(member, charge, timeline.createdAt);
  const createdAt = timeline.createdAt(index);
  const life = lifeOf(member, charge, createdAt, firstChildAt(member, timeline.createdAt));
  const view = viewOf(member, life, children, amount, asOf);
  const createdText = timeline.createdText(index);
  const { flavour } = family.pattern;
  return {
    index,
    asOf,
    hash: mix(family.hash, 64 + place),
    member,
    charge,
    amount,
    children,
    life,
    view,
    instrument: instrumentOf(charge, family, names),
    face: world.faceOf(mix(charge.customer, seed ^ 1)),
    id: names.transaction.of(index),
    customerId: names.customer.of(charge.customer),
    websiteId: pick(mix(charge.customer, seed), WEBSITES),
    parentId: role.parent < 0 ? undefined : names.transaction.of(family.rows[role.parent]!),
    invoiceId:
      flavour === 'payout' || flavour === 'deposit' ? undefined : names.invoice.of(family.rows[0]!),
    createdText,
    updatedText: view.updatedAt === createdAt ? createdText : momentText(view.updatedAt),
  };
}
