import type { Day } from '../../domain/day.ts';
import { holdsOn } from '../../domain/exclusion.ts';
import type { CopiedDay, CopiedPerson } from './registration-days.ts';

/** Days on which somebody is left out: from `firstDay` up to, not including, `endDay`; null: no end. */
export interface LeftOut {
  /** Object id. */
  id: string;
  firstDay: Day;
  endDay: Day | null;
}

export type ModelMove = 'gained' | 'lost' | 'arrived' | 'departed';

/** What a history must say, from full copies of every published snapshot, in the plainest way. */
export class PopulationModel {
  readonly copies: readonly CopiedDay[];
  readonly leftOut: readonly LeftOut[];

  constructor(copies: readonly CopiedDay[], leftOut: readonly LeftOut[]) {
    this.copies = copies;
    this.leftOut = leftOut;
  }

  isLeftOut(id: string, day: Day): boolean {
    return this.leftOut.some((one) => one.id === id && holdsOn(one, day));
  }

  isCounted(copy: CopiedDay | undefined, id: string): boolean {
    const person = copy?.people.get(id);
    return copy !== undefined && isMember(person) && !this.isLeftOut(id, copy.day);
  }

  /** Everybody of the population of a copy. */
  population(copy: CopiedDay): CopiedPerson[] {
    return [...copy.people.values()].filter(({ row }) => this.isCounted(copy, row.id));
  }

  /** Object ids of those who made a move at the n-th snapshot. */
  moved(n: number, move: ModelMove): string[] {
    const [before, now] = [this.copies[n - 1], this.copies[n]];
    if (!before || !now) return [];
    const can = (copy: CopiedDay, id: string) =>
      this.isCounted(copy, id) && copy.people.get(id)?.row.state.capable === true;
    const ids = new Set([...before.people.keys(), ...now.people.keys()]);
    return [...ids].filter((id) => {
      const [could, does] = [can(before, id), can(now, id)];
      const [was, is] = [this.isCounted(before, id), this.isCounted(now, id)];
      if (move === 'gained') return was && is && !could && does;
      if (move === 'lost') return was && is && could && !does;
      return move === 'arrived' ? !was && does : could && !is;
    });
  }

  /** The last snapshot of each day. */
  lastOfDay(): Map<Day, CopiedDay> {
    return new Map(this.copies.map((copy) => [copy.day, copy]));
  }
}

export function isMember(person: CopiedPerson | undefined): boolean {
  if (!person) return false;
  return ['', 'member'].includes((person.row.state.userType ?? '').toLowerCase());
}
