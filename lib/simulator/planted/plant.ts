import type { Instant } from '../../model/instant.ts';
import type { CollectionName } from '../../model/records.ts';
import type { Ground } from './ground.ts';

/** A rule and a record of which it is true: what whoever judges the planted world must find. */
export interface Label {
  readonly rule: string;
  readonly collection: CollectionName | 'invoices' | 'days';
  /** The rule's key subject; of a day its date. */
  readonly recordId: string;
  /** Name of the plant that made it true. */
  readonly plantedBy: string;
  /** Days that must pass after the record's own business day; absent: it is wrong at once. */
  readonly ageDays?: number;
  /** Days after which it is over by itself; absent: never. */
  readonly lapseDays?: number;
  /** When it happened, for what only a later night can see. */
  readonly since?: Instant;
  /** When it was mended; absent: never. */
  readonly until?: Instant;
  /** When it became wrong by another amount; absent: never. */
  readonly movedAt?: Instant;
}

/** A label as a plant writes it: who planted is known. */
export type Truth = Omit<Label, 'plantedBy' | 'collection'> & Partial<Pick<Label, 'collection'>>;

/** One way to make a rule true. */
export interface Plant {
  /** `rule/how` */
  readonly name: string;
  /** What an accountant would see, in one sentence. */
  readonly sight: string;
  /**
   * Changes rows of the ground, and tells every rule that is true because of it: from what was
   * done, never by asking a rule. `round` counts the plants of a rule from 0. A truth without
   * collection is about a transaction.
   */
  plant(ground: Ground, round: number): readonly Truth[];
}

export function ruleOf({ name }: Plant): string {
  return name.slice(0, name.indexOf('/'));
}
