import { describe, expect, test } from 'vitest';
import { adminResetFiltersOf } from '../../web/words/admin-reset-filters.ts';
import { hoursFinding, officeSides, officeText, tintOf, weekOf } from '../../web/words/hours.ts';
import { incidentFiltersOf } from '../../web/words/incident-filters.ts';
import { eventsOf, storySay } from '../../web/words/incident-story.ts';
import { methodsFinding } from '../../web/words/method-stages.ts';
import { aboutText, reasonsFinding, recoverText, stepsInOrder } from '../../web/words/owners.ts';
import { funnelFinding, stageRows } from '../../web/words/stages.ts';
import { repeatsFinding, spreadPlaces } from '../../web/words/times.ts';
import { agentName, changesFinding, writebackFinding } from '../../web/words/writeback.ts';
import {
  aFunnel,
  aStory,
  aWriteback,
  someHours,
  someReasons,
  someTimes,
} from './resets-answers.ts';

const OFFICE = { weekdays: [1, 2, 3, 4, 5], from: 8, until: 18 };

describe('office hours', () => {
  test.each([
    [OFFICE, 'Mon–Fri 08:00–18:00'],
    [{ weekdays: [3, 1], from: 9, until: 12 }, 'Mon, Wed 09:00–12:00'],
    [{ weekdays: [], from: 8, until: 18 }, 'none'],
    [{ weekdays: [1], from: 8, until: 8 }, 'none'],
  ])('%j are said as %s', (office, words) => {
    expect(officeText(office)).toBe(words);
  });

  test('are outlined where they begin and end, also around a day off', () => {
    const office = { ...OFFICE, weekdays: [1, 3] };

    expect(officeSides(OFFICE, 5, 17)).toEqual(['office', 'o-until', 'o-last']);
    expect(officeSides(OFFICE, 5, 18)).toEqual([]);
    expect(officeSides(office, 1, 9)).toEqual(['office', 'o-first', 'o-last']);
  });
});

describe('the map of hours', () => {
  test('holds every hour of the week; one without anything is zero', () => {
    const week = weekOf([{ weekday: 7, hour: 23, flows: 2, incidents: 1, selfServed: 0 }]);

    expect(week.map((row) => row.length)).toEqual([24, 24, 24, 24, 24, 24, 24]);
    expect(week[6]?.[23]?.flows).toBe(2);
    expect(week[0]?.[0]?.incidents).toBe(0);
  });

  test('tints anything there is, however little', () => {
    expect([0, 1, 50, 100].map((value) => tintOf(value, 100))).toEqual([0, 1, 3, 5]);
    expect(tintOf(0, 0)).toBe(0);
  });

  test('finds what the map counts', () => {
    expect(hoursFinding(someHours(), 'selfServed')).toMatch(
      /^27\.3.% of self-served incidents fall outside/,
    );
    expect(hoursFinding(someHours({ cells: [] }), 'incidents')).toBe(
      'Nobody needed a reset in this period',
    );
  });
});

describe('the funnel', () => {
  test('keeps those in progress out of what is lost', () => {
    const started = stageRows(aFunnel().stages ?? [], null)[2];

    expect(started).toMatchObject({ stopped: 11, lost: 10, inProgress: 1 });
  });

  test('a period without a try, and one without a loss, say so', () => {
    expect(funnelFinding([{ stage: 'identified', flows: 0, inProgress: 0 }])).toBe(
      'Nobody tried a reset in this period',
    );
    expect(
      funnelFinding([
        { stage: 'identified', flows: 5, inProgress: 0 },
        { stage: 'done', flows: 5, inProgress: 0 },
      ]),
    ).toBe('5 tries, none of them lost');
  });

  test('methods with a handful of tries are not compared', () => {
    expect(
      methodsFinding([
        {
          method: 'email',
          started: 3,
          passed: 0,
          gatesPassed: 0,
          passwordSubmitted: 0,
          done: 0,
          switchedAway: 0,
        },
      ]),
    ).toBe('1 method in use; too few tries to compare them');
  });
});

describe('what can be fixed', () => {
  test('what cannot be told is not promised', () => {
    expect(recoverText('scope', null)).toBeNull();
    expect(recoverText('scope', 0.01)).toBeNull();
  });

  test('only what the organisation can change at once is fixed once', () => {
    expect(recoverText('scope', 7.46)).toBe('fix once, recover about 7.5 a month');
    expect(recoverText('user', 213.6)).toBe('person by person, up to about 214 a month');
    expect(recoverText('microsoft', 2)).toBe('out of your hands: about 2.0 a month');
    expect(aboutText(9.96)).toBe('10');
  });

  test('most resets back come first; what cannot be told comes last', () => {
    expect(stepsInOrder(someReasons().owners ?? []).map(({ owner }) => owner)).toEqual([
      'writeback',
      'user',
      null,
    ]);
  });

  test('says where nothing is central', () => {
    const owners = (someReasons().owners ?? []).filter(({ owner }) => owner === 'user');

    expect(reasonsFinding(someReasons({ owners, lost: 17 }))).toBe(
      'None of 17 lost tries can be taken away centrally',
    );
  });
});

describe('times and repeats', () => {
  test('the spread lies within its axis', () => {
    expect(spreadPlaces({ flows: 1, p10: 10, p25: 20, median: 50, p75: 80, p90: 100 })).toEqual({
      p10: 10,
      p25: 20,
      median: 50,
      p75: 80,
      p90: 100,
    });
  });

  test('too young to tell is not "none came back"', () => {
    const none = { part: 0, whole: 0 };

    expect(repeatsFinding(someTimes({ repeats: { within7Days: none, within30Days: none } }))).toBe(
      'Too early to tell whether resets last',
    );
    expect(
      repeatsFinding(
        someTimes({ repeats: { within7Days: { part: 1, whole: 10 }, within30Days: none } }),
      ),
    ).toMatch(/^10\.0.% needed another reset within 7 days$/);
  });
});

describe('writeback', () => {
  test('no agent and "None" are two things', () => {
    expect([null, 'None', 'CloudSync'].map(agentName)).toEqual([
      'No agent named',
      'None: in the cloud only',
      'CloudSync',
    ]);
  });

  test('says what was written where nothing was lost, and that nothing was changed', () => {
    expect(writebackFinding(aWriteback({ failures: [] }))).toBe(
      'Writeback lost no try; 50 resets were written on-premises',
    );
    expect(changesFinding({ succeeded: 0, failed: 0 })).toBe('Nobody changed a password they knew');
  });
});

describe('filters of an address', () => {
  test('what the server would refuse is left out', () => {
    const query = new URLSearchParams('hour=24&weekday=0&passed=true&stage=won&agent=&limit=9');

    expect(incidentFiltersOf(query)).toEqual({ agent: '' });
    expect(adminResetFiltersOf(new URLSearchParams('settling=true&bypass=maybe'))).toEqual({});
  });
});

describe('the story of an incident', () => {
  test('is in order of time, whatever the order of the answer', () => {
    const { flows } = aStory();

    expect(
      eventsOf(aStory({ flows: flows.toReversed() })).map((event) =>
        event.kind === 'try' ? event.number : event.kind,
      ),
    ).toEqual([1, 2, 'admin']);
  });

  test('a success that did not last is told before the desk', () => {
    const [first] = aStory().flows;
    const flows = first ? [{ ...first, outcome: 'unlocked' as const, reason: null }] : [];

    expect(storySay(aStory({ flows }), 'UTC')).toContain(
      'The person unlocked the account alone, and still fell back to the desk: Otto Desk',
    );
  });
});
