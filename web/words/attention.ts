import type { FEED_STATES } from '../../server/contract/collection.ts';

// Apart from labels.ts, so that the first page does not load the labels.

/** States of a feed that somebody should do something about. */
export const needsAttention = (state: (typeof FEED_STATES)[number]) =>
  state === 'late' || state === 'failed' || state === 'unavailable';
