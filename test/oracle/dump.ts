import { dayAfter, dayAt } from './days.ts';
import type { Lab } from './lab.ts';

/** The period that all tests look at: the month before `now`, and some days around it. */
export function periodOf({ now, timeZone }: { now: number; timeZone: string }) {
  const today = dayAt(now, timeZone);
  return { first: dayAfter(today, -34), last: dayAfter(today, 1) };
}

export interface PersonSeen {
  id: string;
  [field: string]: unknown;
}

interface PeoplePage {
  people: PersonSeen[];
  nextCursor: string | null;
  total: number;
}

/** Everybody that `filters` match, page by page. */
export async function allPeople({ ask }: Pick<Lab, 'ask'>, filters: string, limit = 200) {
  const people: PersonSeen[] = [];
  let cursor: string | null = null;
  let total = 0;
  do {
    const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = (await ask(`/people?limit=${limit}${filters}${next}`)) as PeoplePage;
    people.push(...page.people);
    total = page.total;
    cursor = page.nextCursor;
  } while (cursor !== null && people.length <= 5000);
  return { people, total };
}

const DIMENSIONS = ['department', 'country', 'office', 'company', 'admin'];

/** Every figure of the API that does not tell when or how it was collected. */
export async function dump(lab: Pick<Lab, 'ask'>, when: { now: number; timeZone: string }) {
  const { first, last } = periodOf(when);
  const period = `first=${first}&last=${last}`;
  const answers: Record<string, unknown> = {};
  const paths = [
    `/registration/coverage?${period}`,
    ...DIMENSIONS.map((dimension) => `/registration/by/${dimension}`),
    '/registration/methods',
    `/resets/summary?${period}`,
    ...['day', 'week', 'month'].map((bucket) => `/resets/trend?${period}&bucket=${bucket}`),
    ...['hour', 'day'].map((bucket) => `/verification/failures?${period}&bucket=${bucket}`),
    `/verification/failures?${period}&bucket=day&by=method`,
  ];
  for (const path of paths) answers[path] = await lab.ask(path);
  const guests = await allPeople(lab, '&userType=guest');
  const members = await allPeople(lab, '');
  answers.people = { guests, members };
  for (const { id } of members.people.slice(0, 45))
    answers[id] = withoutTimes(await lab.ask(`/people/${id}`));
  answers.reconciliation = withoutTimes(await lab.ask('/registration/reconciliation'));
  const { feeds, ...collection } = (await lab.ask('/collection')) as { feeds: Feed[] };
  answers.collection = collection;
  answers.feeds = feeds.map(({ feed, state, stored, reason }) => ({ feed, state, stored, reason }));
  return answers;
}

interface Feed {
  feed: string;
  state: string;
  stored: number;
  reason: string | null;
}

/** When a snapshot was taken differs from run to run. */
function withoutTimes(answer: unknown): unknown {
  const text = JSON.stringify(answer, (key, value) => (key === 'takenAt' ? undefined : value));
  return JSON.parse(text);
}
