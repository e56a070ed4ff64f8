import { methodLabel } from '../../domain/method.ts';
import type { MethodsTrendResponse } from '../../server/contract/registration.ts';
import { percent, points, pointsText } from '../format.ts';

type Days = MethodsTrendResponse['days'];

const ends = (days: Days) => {
  const known = days.filter(({ people }) => people !== null);
  return { first: known[0], last: known.at(-1) };
};

/** The method that moved most between the ends of a period, in a sentence for a title. */
export function mixFinding({ methods, days }: MethodsTrendResponse): string {
  const { first, last } = ends(days);
  if (!first || !last) return 'No day of this period was collected';
  const moved = methods
    .map((method, index) => ({
      method,
      now: { part: last.people?.[index] ?? 0, whole: last.population ?? 0 },
      change: points(
        { part: last.people?.[index] ?? 0, whole: last.population ?? 0 },
        { part: first.people?.[index] ?? 0, whole: first.population ?? 0 },
      ),
    }))
    .toSorted((a, b) => Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0))[0];
  if (!moved) return 'Nobody has registered a method';
  if (!moved.change) return 'The mix of methods did not change';
  const verb = moved.change > 0 ? 'rose' : 'fell';
  return `${methodLabel(moved.method)} ${verb} most: by ${pointsText(moved.change)} to ${percent(moved.now)} of people`;
}

/** How those with something to spare changed, in a sentence for a title. */
export function depthTrendFinding({ days }: MethodsTrendResponse): string {
  const { first, last } = ends(days);
  if (!first || !last) return 'No day of this period was collected';
  const spare = (day: Days[number]) => ({
    part: (day.depth?.[2] ?? 0) + (day.depth?.[3] ?? 0),
    whole: day.population ?? 0,
  });
  const change = points(spare(last), spare(first));
  const now = percent(spare(last));
  if (!change) return `${now} of people have two families of reset methods or more`;
  const verb = change > 0 ? 'up' : 'down';
  return `${now} of people have two families of reset methods or more, ${verb} by ${pointsText(change)}`;
}
