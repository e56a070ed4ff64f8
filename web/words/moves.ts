import type { Move, MovesResponse } from '../../server/contract/registration.ts';
import type { Look } from '../charts/spec.ts';
import { counted, signedCount } from '../format.ts';

export type MoveBuckets = MovesResponse['buckets'];

/** The four ways in which the capable people of the population change; `sign` says in which direction. */
export const MOVE_KINDS: {
  move: Move;
  name: string;
  meaning: string;
  sign: 1 | -1;
  look: Look;
}[] = [
  {
    move: 'gained',
    name: 'gained',
    meaning: 'can now, could not before',
    sign: 1,
    look: 'measure',
  },
  { move: 'arrived', name: 'arrived', meaning: 'new here, and can', sign: 1, look: 'retry' },
  { move: 'lost', name: 'lost', meaning: 'could before, cannot now', sign: -1, look: 'blocked' },
  { move: 'departed', name: 'departed', meaning: 'could, and left', sign: -1, look: 'cancelled' },
];

/** The moves of a period; null: no day of it had a snapshot with one before it. */
export function movesTotal(buckets: MoveBuckets): Record<Move, number> | null {
  const total = { gained: 0, lost: 0, arrived: 0, departed: 0 };
  let isKnown = false;
  for (const bucket of buckets) {
    if (bucket.gained === null) continue;
    isKnown = true;
    for (const { move } of MOVE_KINDS) total[move] += bucket[move] ?? 0;
  }
  return isKnown ? total : null;
}

/** What moved, in a sentence for a title. */
export function movesFinding(buckets: MoveBuckets): string {
  const total = movesTotal(buckets);
  if (!total) return 'Nothing was collected that could be compared';
  const net = total.gained + total.arrived - total.lost - total.departed;
  const lost = counted(total.lost, 'person', 'people');
  const gained = counted(total.gained, 'person', 'people');
  return `${gained} gained the ability to reset and ${lost} lost it: ${signedCount(net)} with those who came and left`;
}
