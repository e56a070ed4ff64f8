import type { FLOW_OUTCOMES } from '../../server/contract/people.ts';
import type { FlowCounts } from '../../server/contract/resets.ts';
import type { Look } from '../charts/spec.ts';

/** Every outcome of a try, in the order of the stack. */
export const FLOW_CLASSES: {
  key: Exclude<keyof FlowCounts, 'started'>;
  name: string;
  /** The filter of the list that holds those it counts. */
  outcome: (typeof FLOW_OUTCOMES)[number];
  look: Look;
}[] = [
  { key: 'completed', name: 'Completed', outcome: 'completed', look: 'measure' },
  { key: 'unlocked', name: 'Unlocked', outcome: 'unlocked', look: 'retry' },
  { key: 'contactedAdmin', name: 'Contacted an admin', outcome: 'contacted_admin', look: 'desk' },
  { key: 'blocked', name: 'Blocked', outcome: 'blocked', look: 'blocked' },
  { key: 'failed', name: 'Failed', outcome: 'failed', look: 'failed' },
  { key: 'notEntitled', name: 'Not entitled', outcome: 'not_entitled', look: 'scope' },
  { key: 'cancelled', name: 'Cancelled', outcome: 'cancelled', look: 'cancelled' },
  { key: 'abandoned', name: 'Abandoned', outcome: 'abandoned', look: 'abandoned' },
  { key: 'inProgress', name: 'In progress', outcome: 'in_progress', look: 'open' },
];
