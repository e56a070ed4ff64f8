import { addDays, type Day, daysBetween, parseDay } from '../../domain/day.ts';
import type { Answers } from '../../web/api/contract-shapes.ts';

/** Collected from 1 January 2026 to 13 weeks before and on 28 June 2026. */
export const HISTORY = { first: parseDay('2025-11-01'), last: parseDay('2026-06-28') };

export function aCollection(
  override: Partial<Answers['CollectionResponse']> = {},
): Answers['CollectionResponse'] {
  return {
    feeds: [
      aFeed({ feed: 'registration' }),
      aFeed({ feed: 'resets', stored: 7000, rejected: 3 }),
      aFeed({ feed: 'people' }),
    ],
    gaps: [],
    tenant: { name: 'Larkfield', sample: true, adminCentre: 'https://entra.microsoft.com' },
    timeZone: 'UTC',
    asOf: '2026-06-28T12:00:00.000Z',
    history: HISTORY,
    progress: null,
    ...override,
  };
}

type Feed = Answers['CollectionResponse']['feeds'][number];

export function aFeed(override: Partial<Feed> = {}): Feed {
  return {
    feed: 'registration',
    state: 'ok',
    lastCompleteAt: '2026-06-28T04:10:00.000Z',
    newestRecordAt: '2026-06-28T04:10:00.000Z',
    reason: null,
    stored: 200,
    rejected: 0,
    lastRun: null,
    ...override,
  };
}

/** Every day the same but the last, and none on the days named. */
export function aCoverage(
  first: string,
  last: string,
  {
    capable = 120,
    atEnd,
    missing = [],
  }: { capable?: number; atEnd?: number; missing?: string[] } = {},
): Answers['CoverageResponse'] {
  return {
    timeZone: 'UTC',
    days: daysBetween(first as Day, last as Day).map((day) => ({
      day,
      counts: missing.includes(day)
        ? null
        : {
            population: 200,
            enabled: 190,
            registered: 150,
            capable: day === last ? (atEnd ?? capable) : capable,
            mfaCapable: 160,
          },
    })),
  };
}

const FLOWS: Answers['ResetsSummaryResponse']['flows'] & object = {
  started: 100,
  completed: 61,
  unlocked: 9,
  contactedAdmin: 8,
  blocked: 3,
  notEntitled: 2,
  failed: 4,
  cancelled: 5,
  abandoned: 7,
  inProgress: 1,
};

export function aSummary(
  override: Partial<Answers['ResetsSummaryResponse']> = {},
): Answers['ResetsSummaryResponse'] {
  return {
    asOf: '2026-06-28T12:00:00.000Z',
    daysCollected: 91,
    flows: FLOWS,
    incidents: {
      selfServedFirst: 50,
      selfServedRetry: 10,
      fellBack: 12,
      abandoned: 3,
      settling: 6,
    },
    adminResets: 44,
    bypasses: 28,
    settlingBypasses: 2,
    served: { reset: 52, unlock: 8 },
    completionRate: { part: 70, whole: 97 },
    successRate: { part: 60, whole: 75 },
    selfServiceShare: { part: 60, whole: 100 },
    medianSecondsToReset: 134,
    ...override,
  };
}

/** What a period without any collected day answers. */
export const NOTHING_COLLECTED = aSummary({
  daysCollected: 0,
  flows: null,
  incidents: null,
  adminResets: null,
  bypasses: null,
  settlingBypasses: null,
  served: null,
  completionRate: { part: 0, whole: 0 },
  successRate: { part: 0, whole: 0 },
  selfServiceShare: { part: 0, whole: 0 },
  medianSecondsToReset: null,
});

type Bucket = Answers['ResetsTrendResponse']['buckets'][number];

export function aBucket(start: string, override: Partial<Bucket> = {}): Bucket {
  return {
    start,
    daysCollected: 7,
    partial: false,
    flows: FLOWS,
    incidents: {
      selfServedFirst: 50,
      selfServedRetry: 10,
      fellBack: 12,
      abandoned: 3,
      settling: 6,
    },
    adminResets: 44,
    bypasses: 28,
    settlingBypasses: 2,
    ...override,
  };
}

export const aTrend = (buckets: Bucket[] = [aBucket('2026-06-15'), aBucket('2026-06-22')]) => ({
  asOf: '2026-06-28T12:00:00.000Z',
  timeZone: 'UTC',
  buckets,
});

type Point = Answers['FailuresResponse']['points'][number];

/** One point a day up to the last one. */
export function someFailures(
  failed: (number | null)[],
  value?: string,
): Answers['FailuresResponse'] {
  const first = addDays(HISTORY.last, 1 - failed.length);
  const points: Point[] = failed.map((figure, index) => ({
    start: addDays(first, index),
    ...(value !== undefined && { value }),
    failed: figure,
    people: figure,
    addresses: figure,
    observed: figure,
    partial: false,
    expected: null,
    upper: null,
    level: null,
  }));
  return { asOf: '2026-06-28T12:00:00.000Z', timeZone: 'UTC', points, valuesLeftOut: 0 };
}

type Person = Answers['PeopleResponse']['people'][number];

export function aPerson(override: Partial<Person> = {}): Person {
  return {
    id: '0a',
    name: 'Quill Testerman',
    userPrincipalName: 'q.testerman@larkfield.example',
    department: 'Logistics',
    country: 'Austria',
    admin: false,
    enabled: true,
    registered: false,
    capable: false,
    methods: [],
    reason: 'nothing_registered',
    priority: null,
    excluded: false,
    manager: null,
    lastSignInAt: null,
    stateSince: null,
    note: null,
    done: false,
    ...override,
  };
}

export function somePeople(
  people: Person[],
  override: Partial<Answers['PeopleResponse']> = {},
): Answers['PeopleResponse'] {
  return {
    day: HISTORY.last,
    people,
    nextCursor: null,
    total: people.length,
    facets: {
      reason: [
        { value: 'capable', people: 120 },
        { value: 'nothing_registered', people: 53 },
        { value: 'too_few_methods', people: 27 },
      ],
      capable: [
        { value: 'true', people: 120 },
        { value: 'false', people: 80 },
      ],
      registered: [{ value: 'true', people: 147 }],
      enabled: [{ value: 'true', people: 190 }],
      admin: [{ value: 'true', people: 9 }],
      userType: [{ value: 'guest', people: 14 }],
      department: [
        { value: 'Logistics', people: 31 },
        { value: null, people: 4 },
      ],
      country: [{ value: 'Austria', people: 77 }],
      excluded: [{ value: 'true', people: 6 }],
    },
    ...override,
  };
}

export const NOTHING_ASIDE: Answers['SetAsideResponse'] = {
  quarantined: [],
  unknownReasons: [],
  unknownMethods: [],
  adminResetsLeftOut: [],
};
