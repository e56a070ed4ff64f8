import type { FlowCounts } from '../../server/contract/resets.ts';
import { count, counted } from '../format.ts';
import { type Buckets, incidentsOf, type Points } from './resets.ts';

// What only the Resets pages say: apart from resets.ts, so that the first page does not load it.

/** The largest loss among tries that ended without success, in a sentence for a title. */
export function flowsFinding(flows: FlowCounts | null): string {
  if (!flows) return 'No day of this period was collected';
  if (flows.started === 0) return 'Nobody tried a reset in this period';
  const losses: [string, number][] = [
    ['were abandoned', flows.abandoned],
    ['were cancelled', flows.cancelled],
    ['ended with a call to an admin', flows.contactedAdmin],
    ['were blocked', flows.blocked],
    ['failed', flows.failed],
    ['were not entitled', flows.notEntitled],
  ];
  const done = flows.completed + flows.unlocked;
  const top = losses.toSorted((a, b) => b[1] - a[1])[0];
  const start = `${count(done)} of ${counted(flows.started, 'try', 'tries')} ended with success`;
  return top && top[1] > 0 ? `${start}; most of the others ${top[0]} (${count(top[1])})` : start;
}

/** What people ended alone against what admins reset, in a sentence for a title. */
export function deskFinding(buckets: Buckets): string {
  const collected = buckets.filter(({ adminResets }) => adminResets !== null);
  if (collected.length === 0) return 'No day of this period was collected';
  const resets = collected.reduce((sum, bucket) => sum + (bucket.adminResets ?? 0), 0);
  const straight = collected.reduce((sum, bucket) => sum + (bucket.bypasses ?? 0), 0);
  const all = incidentsOf(buckets);
  const alone = all ? all.selfServedFirst + all.selfServedRetry : 0;
  const served = `${counted(alone, 'incident', 'incidents')} ended alone`;
  if (resets === 0) return `${served}; no admin reset a password for somebody else`;
  const needs = counted(straight, 'need', 'needs');
  return `${served}, against ${counted(resets, 'admin reset', 'admin resets')}; ${needs} went straight to the desk`;
}

/** Failures of the whole period per method, most first. */
export function failuresByMethod(points: Points): { method: string; failed: number }[] {
  const sums = new Map<string, number>();
  for (const { value, failed } of points) {
    if (!value || failed === null) continue;
    const method = value === 'unknown' ? 'a method not named' : value;
    sums.set(method, (sums.get(method) ?? 0) + failed);
  }
  return [...sums]
    .map(([method, failed]) => ({ method, failed }))
    .filter(({ failed }) => failed > 0)
    .toSorted((a, b) => b.failed - a.failed);
}
