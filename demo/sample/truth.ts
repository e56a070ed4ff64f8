/** How a need ended. */
export type NeedPath =
  | 'self_service'
  | 'self_service_retry'
  | 'desk_first'
  | 'desk_after_failure'
  | 'desk_after_stop'
  | 'other';

/** One person's need, and what the person did: what analytics can only infer. */
export interface Need {
  personId: string;
  /** UTC ms. */
  at: number;
  unlock: boolean;
  /** Whether self-service was open to the person at that moment. */
  capable: boolean;
  path: NeedPath;
  /** Correlation ids of the flows, in order. */
  flows: string[];
  /** Correlation ids of the desk's resets, in order. */
  adminResets: string[];
  /** Whether the person calls the desk where there is no self-service: a ticket avoided if it was solved. */
  wouldHaveCalled: boolean;
}

/** What really happened at Larkfield; other lists hold correlation ids. */
export interface Truth {
  needs: Need[];
  attackFlows: string[];
  /** The one flow with which the attackers got in. */
  attackSuccess: string | null;
  firstPasswords: string[];
  massResets: string[];
  automationResets: string[];
  syncResets: string[];
  unknownInitiatorResets: string[];
  ownResets: string[];
}

export function emptyTruth(): Truth {
  return {
    needs: [],
    attackFlows: [],
    attackSuccess: null,
    firstPasswords: [],
    massResets: [],
    automationResets: [],
    syncResets: [],
    unknownInitiatorResets: [],
    ownResets: [],
  };
}
