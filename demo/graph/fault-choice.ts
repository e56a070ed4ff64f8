import type { FaultedRequest, FaultName, Faults, NamedFault, RouteName } from '../faults.ts';
import { namedFaults, seededFault } from '../faults.ts';
import { isList } from './routes.ts';

export interface StruckFault {
  route: RouteName;
  page: number;
  attempt: number;
  fault: FaultName;
}

export interface FaultChoice {
  /** The fault this request meets, null for none; each call is one more attempt at `url`. */
  choose(request: { url: URL; route: RouteName; page: number }): NamedFault | null;
  /** Other faults from now on. */
  change(faults: Faults | undefined): void;
  /** Every fault that struck, oldest first. */
  readonly struck: StruckFault[];
}

/**
 * Chooses faults and counts attempts. Attempts at one address begin anew after a sound answer, as a new
 * round, so that a long run goes on meeting faults at the same address.
 */
export function faultChoice(initial: Faults | undefined): FaultChoice {
  const struck: StruckFault[] = [];
  const counts = new Map<string, { round: number; attempt: number }>();
  let strike = striker(initial);
  return {
    struck,
    change: (faults) => {
      strike = striker(faults);
    },
    choose({ url, route, page }) {
      const { round, attempt } = counts.get(url.href) ?? { round: 0, attempt: 1 };
      const question = `${questionOf(url)}#${round}`;
      const named = strike({ route, page, attempt, question, isList: isList(route) });
      const next = named ? { round, attempt: attempt + 1 } : { round: round + 1, attempt: 1 };
      counts.set(url.href, next);
      if (named) struck.push({ route, page, attempt, fault: named.fault });
      return named;
    },
  };
}

function striker(faults: Faults | undefined): (request: FaultedRequest) => NamedFault | null {
  if (!faults) return () => null;
  if (Array.isArray(faults)) return namedFaults(faults).strike;
  return (request) => {
    const fault = seededFault(faults, request);
    return fault && { route: request.route, fault };
  };
}

/** The query without what changes from page to page. */
function questionOf(url: URL): string {
  const query = new URLSearchParams(url.search);
  query.delete('$skiptoken');
  return query.toString();
}
