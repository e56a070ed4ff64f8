import { addDays, type Day } from './day.ts';
import type { Share } from './share.ts';

/** Somebody whose account is new. */
export interface Joiner {
  /** Day on which the account was made. */
  created: Day;
  /** Day of the first snapshot that showed the person registered; null: none did. */
  registered: Day | null;
}

export interface JoinersOfMonth {
  joined: number;
  within7: Share;
  within14: Share;
  within30: Share;
}

/**
 * How many new people there are and how many of them were registered within 7, 14 and 30 days after the day of
 * their account. Only people whose 7th (14th, 30th) day has come by `known`, the last snapshot's day, are in the
 * whole: of the others it is not known yet.
 */
export function joinersOfMonth(joiners: readonly Joiner[], known: Day): JoinersOfMonth {
  const byDay = [...Map.groupBy(joiners, ({ created }) => created)];
  const within = (days: number): Share => {
    const share = { part: 0, whole: 0 };
    for (const [created, own] of byDay) {
      const until = addDays(created, days);
      if (until > known) continue;
      share.whole += own.length;
      for (const { registered } of own)
        if (registered !== null && registered <= until) share.part += 1;
    }
    return share;
  };
  return {
    joined: joiners.length,
    within7: within(7),
    within14: within(14),
    within30: within(30),
  };
}
