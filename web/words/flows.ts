import type { FlowCounts } from '../../server/contract/resets.ts';
import type { Look } from '../charts/spec.ts';

/** Every outcome of a try, in the order of the stack. */
export const FLOW_CLASSES: {
  key: Exclude<keyof FlowCounts, 'started'>;
  name: string;
  look: Look;
}[] = [
  { key: 'completed', name: 'Completed', look: 'measure' },
  { key: 'unlocked', name: 'Unlocked', look: 'retry' },
  { key: 'contactedAdmin', name: 'Contacted an admin', look: 'desk' },
  { key: 'blocked', name: 'Blocked', look: 'blocked' },
  { key: 'failed', name: 'Failed', look: 'failed' },
  { key: 'notEntitled', name: 'Not entitled', look: 'scope' },
  { key: 'cancelled', name: 'Cancelled', look: 'cancelled' },
  { key: 'abandoned', name: 'Abandoned', look: 'abandoned' },
  { key: 'inProgress', name: 'In progress', look: 'open' },
];
