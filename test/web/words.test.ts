import { describe, expect, test } from 'vitest';
import { usualCells, usualNotes, usualWords } from '../../web/charts/usual-band.ts';
import {
  byFinding,
  coverageFinding,
  depthFinding,
  methodsFinding,
} from '../../web/words/coverage.ts';
import { missingRuns } from '../../web/words/gaps.ts';
import { filtersOf } from '../../web/words/people-filters.ts';
import { reconciliation, reconciliationFinding } from '../../web/words/reconcile.ts';
import { comparable, failuresFinding, incidentsFinding, peakOf } from '../../web/words/resets.ts';
import { complaint, complaintsOf, type Setting } from '../../web/words/settings.ts';
import { flowsFinding } from '../../web/words/tries.ts';
import { aBucket, aCoverage, aSummary, someFailures } from './answers.ts';

const plain = (text: string) => text.replace(/\s/g, ' ');

describe('what a title says of coverage', () => {
  test.each([
    ['rose', { capable: 100, atEnd: 102 }, 'Coverage rose by 1.0 point to 51.0 %'],
    [
      'fell in one day',
      { capable: 120, atEnd: 100 },
      'Coverage fell by 10.0 points to 50.0 %, most of all by the fall of 10.0 points on Jun 28',
    ],
    ['did not move', { capable: 120 }, 'Coverage did not change: 60.0 %'],
    [
      'was not collected',
      { missing: ['2026-06-27', '2026-06-28'] },
      'No day of this period was collected',
    ],
    ['is known for one day', { missing: ['2026-06-28'] }, 'Coverage was 60.0 % on Jun 27'],
  ])('when it %s', (_, input, title) => {
    expect(plain(coverageFinding(aCoverage('2026-06-27', '2026-06-28', input).days))).toBe(title);
  });

  test('names where those not covered are', () => {
    const counts = { population: 10, enabled: 10, registered: 5, mfaCapable: 5 };
    const rows = [
      { value: 'A', counts: { ...counts, capable: 9 } },
      { value: null, counts: { ...counts, capable: 3 } },
    ];

    expect(byFinding(rows, (value) => value ?? 'None')).toBe(
      'None holds 7 of the 8 people not covered',
    );
    expect(byFinding([], String)).toBe('There is nobody in the population');
  });

  test('survives a tenant without people or methods', () => {
    expect(depthFinding([])).toBe('There is nobody in the population');
    expect(methodsFinding([], null, String)).toBe('Nobody has registered a method');
  });
});

describe('what a title says of resets', () => {
  test('nothing collected is not nothing happened', () => {
    const empty = {
      selfServedFirst: 0,
      selfServedRetry: 0,
      fellBack: 0,
      abandoned: 0,
      settling: 0,
    };
    expect(incidentsFinding([aBucket('2026-06-22', { incidents: null })])).toMatch(/No day/);
    expect(incidentsFinding([aBucket('2026-06-22', { incidents: empty })])).toMatch(
      /Nobody needed/,
    );
    expect(
      incidentsFinding([aBucket('2026-06-22', { incidents: { ...empty, settling: 1 } })]),
    ).toBe('1 incident is still settling');
  });

  test('names the largest loss among tries', () => {
    expect(flowsFinding(aSummary().flows)).toBe(
      '70 of 100 tries ended with success; most of the others ended with a call to an admin (8)',
    );
    expect(flowsFinding(null)).toMatch(/No day/);
  });

  test('compares with nothing where too little of the period was read', () => {
    expect(comparable(aSummary({ daysCollected: 73 }), 91)).not.toBeNull();
    expect(comparable(aSummary({ daysCollected: 72 }), 91)).toBeNull();
    expect(comparable(null, 91)).toBeNull();
  });

  test('calls a spike one, and a busy day not', () => {
    expect(peakOf(someFailures([3, 4, 118, 5]).points)).toBe(2);
    expect(peakOf(someFailures([3, 4, 9, 5]).points)).toBeNull();
    expect(failuresFinding(someFailures([0, 0]).points, String)).toBe(
      'No verification failed in this period',
    );
    expect(failuresFinding(someFailures([null]).points, String)).toMatch(/No day/);
  });

  test('says what broke the learned band, and nothing of what is only watched', () => {
    const { points } = someFailures([3, 240, 40, 5]);
    const band = { expected: 9.2, upper: 21 };
    const levels = [null, 'critical', 'alert', 'watch'] as const;
    const judged = points.map((point, i) => ({ ...point, ...band, level: levels[i] ?? null }));
    const watched = judged.map((point) => ({ ...point, level: 'watch' as const }));

    expect(failuresFinding(judged, () => 'Aug 12')).toBe(
      'Aug 12 broke the band: 240 failed where 9 were expected',
    );
    const night = judged.map((point) => ({ ...point, expected: 0.04 }));
    expect(failuresFinding(night, () => '01:00')).toMatch(/where hardly any were expected$/);
    expect(failuresFinding(watched, () => 'Aug 12')).toMatch(/^Aug 12 stands out: 240 failed/);
    expect(usualNotes(judged, 'day')).toEqual([
      expect.stringMatching(/^Grey: what would be usual/),
      'Out of the usual: ◆ critical: 1 day, ▲ alert: 1 day, △ watch: 1 day.',
    ]);
    expect(judged.slice(1, 2).map(usualWords)).toEqual([': expected 9, unusual from 21, critical']);
    expect(judged.slice(1, 2).map(usualCells)).toEqual([[9.2, 21, 'critical']]);
    expect(points.slice(0, 1).map(usualWords)).toEqual(['']);
  });
});

describe('reconciling with Microsoft', () => {
  const one = { people: 1, enabled: 1, registered: 1, capable: 1, mfaCapable: 1 };
  const answer = {
    day: '2026-06-28',
    takenAt: null,
    unknownAdmin: 0,
    rejected: 2,
    classes: [
      {
        class: 'member' as const,
        people: 100,
        enabled: 90,
        registered: 70,
        capable: 60,
        mfaCapable: 80,
      },
      { class: 'unknown_type' as const, ...one },
      { class: 'excluded' as const, ...one },
      { class: 'guest' as const, ...one },
      { class: 'other' as const, ...one },
    ],
    graph: [
      {
        userTypes: 'all' as const,
        totalUserCount: 106,
        features: [
          { feature: 'ssprCapable', userCount: 65 },
          { feature: 'ssprEnabled', userCount: 94 },
        ],
      },
    ],
  };

  test('adds back who is left out, and records that could not be read to people only', () => {
    const lines = reconciliation(answer) ?? [];

    expect(
      lines.map(({ name, ours, graph, difference }) => [name, ours, graph, difference]),
    ).toEqual([
      ['People in the report', 106, 106, 0],
      ['Enabled for reset', 94, 94, 0],
      ['Registered for reset', 74, null, null],
      ['Capable of reset', 64, 65, -1],
      ['Capable of multi-factor sign-in', 84, null, null],
    ]);
    expect(reconciliationFinding(lines)).toBe("1 of 3 totals differs from Microsoft's own");
  });

  test('has nothing to say without a snapshot, and says when Microsoft gave none', () => {
    expect(reconciliation({ ...answer, classes: null })).toBeNull();
    const lines = reconciliation({ ...answer, graph: null }) ?? [];
    expect(reconciliationFinding(lines)).toMatch(/were not read/);
  });
});

describe('filters of people', () => {
  test('keep what the server knows, and people without a department apart from all', () => {
    const query = new URLSearchParams('capable=false&department=&reason=lazy&search=&period=4w');

    expect(filtersOf(query)).toEqual({ capable: 'false', department: '' });
  });
});

test('missing days are told as runs', () => {
  const days = ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-03'].map((day) => ({
    day,
    missing: true,
  }));

  expect(missingRuns([...days, { day: '2026-03-04', missing: false }])).toEqual([
    { first: '2026-02-27', last: '2026-03-01' },
    { first: '2026-03-03', last: '2026-03-03' },
  ]);
});

describe('complaints about settings', () => {
  const setting = (kind: Setting['kind'], more: Partial<Setting> = {}): Setting => ({
    name: 'incident_gap_hours',
    title: 'Incident window',
    meaning: '',
    value: '',
    default: '',
    kind,
    ...more,
  });

  test.each([
    [setting('integer', { min: 4, max: 72, unit: 'hours' }), '80', 'Must be 4 to 72 hours.'],
    [setting('integer'), '1.5', 'Not a whole number.'],
    [setting('integer', { min: 4 }), '', null],
    [
      setting('time_zone'),
      'Europe/Wien',
      'No time zone has this name. Write it as in Europe/Vienna, or UTC.',
    ],
    [setting('time_zone'), 'Europe/Vienna', null],
    [setting('date'), '2027-02-30', 'Not a calendar day, YYYY-MM-DD.'],
    [setting('schedule'), '10 3', 'A schedule has five parts: minute, hour, day, month, weekday.'],
  ])('%#', (one, value, expected) => {
    expect(complaint(one, value)).toBe(expected);
  });

  test("puts the server's words beside the setting they name", () => {
    const other = { ...setting('time_zone'), name: 'time_zone', title: 'Time zone' };
    const found = complaintsOf(
      'Nothing was saved. Time zone: must be a name. incident_gap_hours: too long.',
      [setting('integer'), other],
    );

    expect([...found]).toEqual([
      [null, 'Nothing was saved.'],
      ['time_zone', 'Time zone: must be a name.'],
      ['incident_gap_hours', 'incident_gap_hours: too long.'],
    ]);
  });
});
