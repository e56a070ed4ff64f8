import type { Answers } from '../../web/api/contract-shapes.ts';

/** What the server answers until expected calls have been worked out. */
export const NO_PRIORITY: Answers['PriorityResponse'] = { priority: null };

type Priority = NonNullable<Answers['PriorityResponse']['priority']>;

export function aPriority(override: Partial<Priority> = {}): Answers['PriorityResponse'] {
  return {
    priority: {
      day: '2026-06-28',
      madeAt: '2026-06-28T04:12:00.000Z',
      basis: 'fitted',
      whyStated: null,
      weights: [{ feature: 'resets', meaning: 'A reset by an admin in 90 days', factor: 2.4 }],
      expectedCalls: 212.4,
      people: 4820,
      concentration: {
        first: '2025-07-01',
        last: '2026-06-28',
        calls: 1000,
        top: [
          { people: { part: 49, whole: 4820 }, calls: { part: 160, whole: 1000 }, chance: 60.5 },
          { people: { part: 482, whole: 4820 }, calls: { part: 410, whole: 1000 }, chance: 250 },
        ],
      },
      backtest: {
        first: '2026-03-31',
        last: '2026-06-28',
        calls: 240,
        top: [
          {
            people: { part: 482, whole: 4820 },
            calls: 88,
            longestUnregistered: 51,
            random: 24.3,
          },
        ],
        deciles: [
          { people: 482, expected: 80.25, calls: 88 },
          { people: 482, expected: 31, calls: 29 },
        ],
      },
      whyNoBacktest: null,
      ...override,
    },
  };
}

type Exclusion = Answers['Exclusion'];

/** One person, active, without expiry. */
export function anExclusion(override: Partial<Exclusion> = {}): Exclusion {
  return {
    id: '1',
    person: {
      id: '0a',
      name: 'Quill Testerman',
      userPrincipalName: 'q.testerman@larkfield.example',
    },
    rule: null,
    reason: 'On leave',
    author: 'Ines',
    setAt: '2026-06-20T09:00:00.000Z',
    firstDay: '2026-06-20',
    until: null,
    endedOn: null,
    state: 'active',
    people: 1,
    ...override,
  };
}

/** A rule that has expired. */
export const aRule = (override: Partial<Exclusion> = {}) =>
  anExclusion({
    id: '2',
    person: null,
    rule: { field: 'userPrincipalName', match: 'starts_with', value: 'svc-' },
    reason: 'Service accounts',
    people: 12,
    ...override,
  });
