import type { OWNERS, ReasonsResponse } from '../../server/contract/resets.ts';
import { count, counted, readerLocale } from '../format.ts';

export type Owner = (typeof OWNERS)[number];
export type Reasons = NonNullable<ReasonsResponse['reasons']>;
export type OwnerRow = NonNullable<ReasonsResponse['owners']>[number];

interface OwnerWords {
  /** Who or what can take the cause away. */
  who: string;
  /** What to do next. */
  step: string;
  how: string;
  /** `once`: the organisation can take it away for everybody at once; `each`: by every person; `none`: by neither. */
  fix: 'once' | 'each' | 'none';
}

export const OWNER_WORDS: Record<Owner, OwnerWords> = {
  user: {
    who: 'The person',
    step: 'Get people to register a second method, and make the way easier',
    how: 'Nobody can do this for them. Tell them before they need it: what is asked, where to register, and how long it takes.',
    fix: 'each',
  },
  admin: {
    who: 'An admin',
    step: 'Switch self-service reset on for those it is off for',
    how: 'In Entra under Password reset, Properties: choose All, or the groups who are to have it.',
    fix: 'once',
  },
  licence: {
    who: 'Licences',
    step: 'Assign the licence that self-service reset needs',
    how: 'Entra ID P1 (or a plan that holds it) for each of these people; by group, so that it stays assigned.',
    fix: 'once',
  },
  scope: {
    who: 'Scope and groups',
    step: 'Add people to the group that self-service reset is limited to',
    how: 'Or open it for all. A dynamic group keeps new people in it by itself.',
    fix: 'once',
  },
  writeback: {
    who: 'Password writeback',
    step: 'Mend password writeback',
    how: 'See that the sync agent runs and can be reached, and that its account may reset passwords in every organisational unit.',
    fix: 'once',
  },
  password_policy: {
    who: 'Password policy',
    step: 'Show the password rules before people type',
    how: 'Put length, banned words and history where people are asked for the new password, and in the mail that leads there.',
    fix: 'once',
  },
  microsoft: {
    who: 'Microsoft',
    step: 'Watch the service health',
    how: 'Errors of the service itself. If they last, open a support request with the time and correlation id of a try.',
    fix: 'none',
  },
};

export const UNKNOWN_OWNER = 'Not known yet';

export const ownerName = (owner: Owner | null) =>
  owner === null ? UNKNOWN_OWNER : OWNER_WORDS[owner].who;

/** The word for it in the address of a list. */
export const ownerParameter = (owner: Owner | null) => owner ?? 'unknown';

const isCentral = (owner: Owner | null) => owner !== null && OWNER_WORDS[owner].fix === 'once';

/** How many lost tries can be taken away centrally, in a sentence. */
export function reasonsFinding({ lost, owners }: ReasonsResponse): string {
  if (lost === null || owners === null) return 'No day of this period was collected';
  if (lost === 0) return 'No try was lost in this period';
  const central = owners.filter(({ owner }) => isCentral(owner));
  const part = central.reduce((sum, { flows }) => sum + flows, 0);
  const top = central.toSorted((a, b) => b.flows - a.flows)[0];
  const tries = `${counted(lost, 'lost try', 'lost tries')}`;
  if (!top || part === 0) return `None of ${tries} can be taken away centrally`;
  return `${count(part)} of ${tries} can be fixed once, centrally; most by ${ownerName(top.owner).toLowerCase()}`;
}

/** What was lost and the largest reason for it, in a sentence or two for the head of the page. */
export function reasonsSay({ lost, reasons }: ReasonsResponse): string {
  if (lost === null || reasons === null) {
    return 'No day of this period was collected: there is nothing to show, not zero.';
  }
  const top = reasons.toSorted((a, b) => b.flows - a.flows)[0];
  if (!top) return 'No try was lost in this period.';
  const people = counted(top.people, 'person', 'people');
  return `${counted(lost, 'try was', 'tries were')} lost. Most often: “${top.reason}” (${counted(top.flows, 'try', 'tries')}, ${people}).`;
}

/** The one thing to do first, in a sentence for a title. */
export function stepsFinding(steps: readonly OwnerRow[]): string {
  const first = steps[0];
  if (!first) return 'There is nothing to do: no try was lost';
  const back = recoverText(first.owner, first.recoverablePerMonth);
  const { step } = stepOf(first.owner);
  return back ? `${step}: ${back}` : step;
}

export const stepOf = (owner: Owner | null): { step: string; how: string } =>
  owner === null
    ? {
        step: 'Read the reasons nobody knows yet',
        how: 'Microsoft used words this product has not seen. The records behind them show when and for whom.',
      }
    : OWNER_WORDS[owner];

const RECOVER = {
  once: 'fix once, recover',
  each: 'person by person, up to',
  none: 'out of your hands:',
};

/** `fix once, recover about 16 a month`; null: cannot be told, or rounds to none. */
export function recoverText(owner: Owner | null, perMonth: number | null): string | null {
  if (perMonth === null || perMonth < 0.05) return null;
  const how = owner === null ? 'recover' : RECOVER[OWNER_WORDS[owner].fix];
  return `${how} about ${aboutText(perMonth)} a month`;
}

const tenths = new Intl.NumberFormat(readerLocale(), {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** `16`, under ten `2.4`: a figure that is an estimate has no more digits than that. */
export function aboutText(value: number): string {
  return value >= 9.95 ? count(value) : tenths.format(value);
}

/** What there is to do, most resets back first; who gets none back, or cannot be told, by lost tries. */
export function stepsInOrder(owners: readonly OwnerRow[]): OwnerRow[] {
  return owners
    .filter(({ flows }) => flows > 0)
    .toSorted(
      (a, b) => (b.recoverablePerMonth ?? 0) - (a.recoverablePerMonth ?? 0) || b.flows - a.flows,
    );
}

/** The words nobody knows, in a sentence for a title. */
export function unknownFinding(unknown: Reasons): string {
  const flows = unknown.reduce((sum, row) => sum + row.flows, 0);
  const reasons = counted(unknown.length, 'reason', 'reasons');
  return `${reasons} nobody knows yet: ${counted(flows, 'lost try', 'lost tries')}`;
}
