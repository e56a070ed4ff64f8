import type { CauseFacts } from './cause.ts';
import type { ExcessBy, ExcessPart } from './evidence.ts';

/** The addresses that bring most of an excess, and stand out against what they usually bring. */
export interface Concentration {
  /** How many, at most 5. */
  addresses: number;
  /** What part of the whole excess they bring, 0 to 1. */
  share: number;
  /** How many of them were never seen in the 90 days before, and their part. */
  fresh: number;
  freshShare: number;
  /** Failed verifications from all of them. */
  failed: number;
}

/** As many addresses as somebody attacks from without trouble. */
const ADDRESSES_MOST = 5;
/** An office's address grows with all others: to stand out is to grow so many times more. */
const STANDS_OUT = 3;
/** No fault lets all addresses grow by more: then it is the addresses that stand out that make the growth. */
const GROWTH_MOST = 100;

/** Null: nothing tells of addresses. */
export function concentration(facts: CauseFacts): Concentration | null {
  const told = facts.explainedBy.find(({ by }) => by === 'address');
  const total = told && wholeExcess(told);
  if (!told || !total) return null;
  const growth = facts.expected ? facts.observed / facts.expected : 1;
  const top = told.parts
    .filter((part) => part.value !== null && standsOut(part, growth))
    .sort((one, other) => excessOf(other) - excessOf(one))
    .slice(0, ADDRESSES_MOST);
  const fresh = top.filter(({ isNew }) => isNew);
  return {
    ...{ addresses: top.length, share: sumOf(top, excessOf) / total },
    ...{ fresh: fresh.length, freshShare: sumOf(fresh, excessOf) / total },
    failed: sumOf(top, ({ observed }) => observed),
  };
}

function standsOut({ isNew, observed, expected }: ExcessPart, growth: number): boolean {
  const usual = Math.min(GROWTH_MOST, Math.max(1, growth)) * expected;
  return isNew || observed >= STANDS_OUT * usual;
}

/** The excess of all values, told or not. */
function wholeExcess({ parts, covered }: ExcessBy): number | null {
  const told = sumOf(parts, excessOf);
  return covered === null || covered <= 0 || told <= 0 ? null : told / covered;
}

function excessOf({ observed, expected }: ExcessPart): number {
  return Math.max(0, observed - expected);
}

function sumOf(parts: readonly ExcessPart[], of: (part: ExcessPart) => number): number {
  return parts.reduce((sum, part) => sum + of(part), 0);
}
