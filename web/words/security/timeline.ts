import type { AlertResponse } from '../../../server/contract/alerts.ts';
import { count, counted } from '../../format.ts';
import { usualText } from './alerts.ts';

type Timeline = AlertResponse['timeline'];

/** What the timeline of an alert shows, in a sentence; `short` names a position. */
export function timelineFinding(
  { points, bucket, title }: Timeline,
  short: (start: string) => string,
): string {
  const inside = points.filter(({ within, observed }) => within && observed !== null);
  const [first] = inside;
  if (!first) return `${title}: nothing was collected within the alert`;
  const peak = inside.reduce((most, point) =>
    (point.observed ?? 0) > (most.observed ?? 0) ? point : most,
  );
  const usual = peak.expected === null ? '' : `, against ${usualText(peak.expected)} usually`;
  const length =
    inside.length === 1 ? '' : `; it takes in ${counted(inside.length, bucket, `${bucket}s`)}`;
  return `${short(peak.start)}: ${count(peak.observed)}${usual}${length}`;
}
