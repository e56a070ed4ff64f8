import type { Share } from '../../domain/share.ts';
import type {
  IncidentCounts,
  ResetsSummaryResponse,
  ResetsTrendResponse,
} from '../../server/contract/resets.ts';
import type { FailuresResponse } from '../../server/contract/verification.ts';
import { count, counted, dayShort, percent, points } from '../format.ts';

export type Buckets = ResetsTrendResponse['buckets'];
export type Points = FailuresResponse['points'];

/** Smaller changes of a share are no finding, in points. */
const NOTABLE_POINTS = 1;

const NO_INCIDENTS: IncidentCounts = {
  selfServedFirst: 0,
  selfServedRetry: 0,
  fellBack: 0,
  abandoned: 0,
  settling: 0,
};

/** Of a comparison period at least this share must have been read, or its rates are those of other days. */
const COMPARABLE = 0.8;

/** The figures of a comparison period of `days` days; null: too little of it was read to compare with. */
export function comparable<T extends { daysCollected: number }>(
  answer: T | null,
  days: number,
): T | null {
  return answer && answer.daysCollected >= COMPARABLE * days ? answer : null;
}

/** Sums what was collected; null: nothing was. */
export function incidentsOf(buckets: Buckets): IncidentCounts | null {
  const collected = buckets.flatMap(({ incidents }) => (incidents ? [incidents] : []));
  if (collected.length === 0) return null;
  return collected.reduce(
    (sum, incidents) => ({
      selfServedFirst: sum.selfServedFirst + incidents.selfServedFirst,
      selfServedRetry: sum.selfServedRetry + incidents.selfServedRetry,
      fellBack: sum.fellBack + incidents.fellBack,
      abandoned: sum.abandoned + incidents.abandoned,
      settling: sum.settling + incidents.settling,
    }),
    NO_INCIDENTS,
  );
}

export const settled = (incidents: IncidentCounts) =>
  incidents.selfServedFirst + incidents.selfServedRetry + incidents.fellBack + incidents.abandoned;

const fellBack = (incidents: IncidentCounts | null): Share | null =>
  incidents && { part: incidents.fellBack, whole: settled(incidents) };

/** How the second half of the period compares with the first, in a sentence for a title. */
export function incidentsFinding(buckets: Buckets): string {
  const all = incidentsOf(buckets);
  if (!all) return 'No day of this period was collected';
  if (settled(all) + all.settling === 0) return 'Nobody needed a reset in this period';
  if (settled(all) === 0)
    return `${counted(all.settling, 'incident is', 'incidents are')} still settling`;
  const middle = Math.ceil(buckets.length / 2);
  const early = fellBack(incidentsOf(buckets.slice(0, middle)));
  const late = fellBack(incidentsOf(buckets.slice(middle)));
  const change = points(late, early);
  const overall = fellBack(all);
  if (change === null) return `${percent(overall)} of incidents fell back to the desk`;
  if (Math.abs(change) < NOTABLE_POINTS) {
    return `About as many incidents fall back to the desk as before: ${percent(late)}`;
  }
  const which = change < 0 ? 'Fewer' : 'More';
  return `${which} incidents fall back to the desk: ${percent(late)} in the second half, ${percent(early)} in the first`;
}

/** A peak counts as such from this many failures on, and from this many times the usual. */
const PEAK_LEAST = 10;
const PEAK_TIMES = 4;

/** The position that stands out of all others; null: none does. */
export function peakOf(points: Points): number | null {
  const known = points.flatMap(({ failed }, index) => (failed === null ? [] : [{ failed, index }]));
  const top = known.toSorted((a, b) => b.failed - a.failed)[0];
  if (!top || top.failed < PEAK_LEAST) return null;
  // The middle of the days with any, so that quiet nights of an hourly chart do not make all else a peak.
  const usual = known.filter(({ failed }) => failed > 0).toSorted((a, b) => a.failed - b.failed);
  const middle = usual[Math.floor((usual.length - 1) / 2)]?.failed ?? 0;
  return top.failed >= PEAK_TIMES * middle ? top.index : null;
}

/** The position furthest above what was expected, of those at alert or critical; null: none is. */
export function breakOf(points: Points): number | null {
  let [furthest, found]: [number, number | null] = [0, null];
  for (const [index, { failed, expected, level }] of points.entries()) {
    const excess = (failed ?? 0) - (expected ?? 0);
    if (!level || level === 'watch' || excess <= furthest) continue;
    [furthest, found] = [excess, index];
  }
  return found;
}

/** What broke the learned band, else the most failed verifications in one day or hour, in a sentence for a title. */
export function failuresFinding(points: Points, name: (start: string) => string): string {
  const known = points.filter(({ failed }) => failed !== null);
  if (known.length === 0) return 'No day of this period was collected';
  const top = known.toSorted((a, b) => (b.failed ?? 0) - (a.failed ?? 0))[0];
  if (!top?.failed) return 'No verification failed in this period';
  const broke = points[breakOf(points) ?? -1];
  if (broke) {
    const expected = Math.round(broke.expected ?? 0);
    const usual = expected > 0 ? counted(expected, 'was', 'were') : 'hardly any were';
    return `${name(broke.start)} broke the band: ${count(broke.failed)} failed where ${usual} expected`;
  }
  const peak = peakOf(points);
  if (peak === null)
    return `No spike: at most ${counted(top.failed, 'failed verification', 'failed verifications')} at a time`;
  return `${name(top.start)} stands out: ${counted(top.failed, 'failed verification', 'failed verifications')}`;
}

/** The overview in two sentences. */
export function overviewSay(summary: ResetsSummaryResponse): string {
  const { incidents, successRate: success, selfServiceShare: share } = summary;
  if (incidents === null)
    return 'No day of this period was collected: there is nothing to show, which is not zero.';
  if (success.whole === 0)
    return 'No incident of this period has settled yet, so there is no rate to show.';
  const alone = `${percent(success)} of the password problems that start in self-service end there.`;
  if (share.whole === success.whole) return alone;
  return `${alone} Of all cases that became visible, ${percent(share)} never reached the desk.`;
}

/** A bucket's name for people. */
export function bucketName(
  start: string,
  bucket: 'day' | 'week' | 'month',
  month: (day: string) => string,
) {
  if (bucket === 'month') return month(start);
  return bucket === 'week' ? `week of ${dayShort(start)}` : dayShort(start);
}
