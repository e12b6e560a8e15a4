import type { Group, Groups } from './groups.ts';
import {
  LONE_SALE,
  PARTLY_REFUNDED_SALE,
  type Pattern,
  patternOf,
  REFUNDED_SALE,
  type Role,
} from './patterns.ts';
import { mix } from './random.ts';
import type { Timeline } from './timeline.ts';

/** Rows that belong together: a charge and what became of it. */
export interface Family {
  readonly hash: number;
  readonly pattern: Pattern;
  /** The row of each role, rising in time. */
  readonly rows: readonly number[];
  /** A credit memo is paid out through this family's refund: its customer has no other family. */
  readonly isCredited: boolean;
  /** Lies in a dense second whose sales all have one amount. */
  readonly isUniform: boolean;
}

export interface Member {
  readonly family: Family;
  readonly place: number;
  readonly role: Role;
}

export interface Families {
  of(index: number): Member;
  /** The first family of a group: the one a credit memo may belong to. */
  firstOf(group: number): Family;
}

export interface FamiliesOptions {
  readonly seed: number;
  readonly timeline: Timeline;
  readonly groups: Groups;
  readonly hasUniformSecond: boolean;
  /** Some authorizations are neither captured nor voided. */
  readonly lapses: boolean;
  /** Whether a credit memo looks for a refund in this group. */
  readonly isCredited: (group: number) => boolean;
}

export function createFamilies(options: FamiliesOptions): Families {
  const { seed, timeline, groups, hasUniformSecond, lapses, isCredited } = options;

  /** The family that begins at a place of a group, and how much of the group it takes. */
  const familyAt = (group: Group, place: number): Family => {
    const first = group.rows[place]!;
    const hash = mix(seed, first);
    const isUniform = hasUniformSecond && first >= timeline.denseFrom && first < timeline.denseTo;
    const credited = place === 0 && !isUniform && isCredited(group.number);
    const wanted = isUniform ? LONE_SALE : credited ? refunded(hash) : patternOf(hash, lapses);
    const pattern = fits(group, place, wanted) ? wanted : LONE_SALE;
    const rows = group.rows.slice(place, place + pattern.roles.length);
    return { hash, pattern, rows, isUniform, isCredited: credited && rows.length > 1 };
  };

  const fits = (group: Group, place: number, { roles, spanMsMax }: Pattern): boolean => {
    if (roles.length === 1) return true;
    const last = place + roles.length - 1;
    if (last >= group.rows.length) return false;
    if (spanMsMax === Number.POSITIVE_INFINITY) return true;
    const spanMs = timeline.createdAt(group.rows[last]!) - timeline.createdAt(group.rows[place]!);
    return spanMs <= spanMsMax;
  };

  return {
    of(index) {
      const group = groups.of(index);
      let place = 0;
      let family = familyAt(group, 0);
      while (group.rows[place + family.rows.length - 1]! < index) {
        place += family.rows.length;
        family = familyAt(group, place);
      }
      const own = family.rows.indexOf(index);
      return { family, place: own, role: family.pattern.roles[own]! };
    },
    firstOf: (group) => familyAt(groups.at(group), 0),
  };
}

function refunded(hash: number): Pattern {
  return hash & 0x100 ? REFUNDED_SALE : PARTLY_REFUNDED_SALE;
}
