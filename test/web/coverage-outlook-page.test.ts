import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import type { ChartSpec } from '../../web/charts/spec.ts';
import { dayLong } from '../../web/format.ts';
import CoverageOutlookPage from '../../web/pages/CoverageOutlookPage.svelte';
import { aCoverage } from './answers.ts';
import { show, textOf } from './show.ts';

const drawn: ChartSpec[] = vi.hoisted(() => []);
vi.mock('../../web/charts/chart.svelte.ts', () => ({
  drawn: (spec: () => ChartSpec) => () => {
    drawn.push(spec());
  },
}));

const bands = (p50: number) => ({
  p2_5: p50 - 0.05,
  p10: p50 - 0.03,
  p25: p50 - 0.01,
  p50,
  p75: p50 + 0.01,
  p90: p50 + 0.03,
  p97_5: p50 + 0.05,
});

const FORECAST = {
  target: { percent: 90, day: '2026-12-31' },
  forecast: {
    day: '2026-06-28',
    madeAt: '2026-06-28T05:00:00.000Z',
    now: { part: 80, whole: 100 },
    days: [
      { day: '2026-06-29', ...bands(0.81) },
      { day: '2026-06-30', ...bands(0.82) },
    ],
    arrival: {
      reached: false,
      p10: '2026-10-01',
      p50: '2026-11-12',
      p90: null,
      notReached: { part: 300, whole: 2000 },
      onTime: { part: 1200, whole: 2000 },
    },
    model: [{ name: 'Will ever register', text: '94 % of people' }],
  },
  reason: null,
};

const AT_RISK = {
  day: '2026-06-28',
  date: '2027-02-01',
  coverageNow: { part: 80, whole: 100 },
  coverageThen: { part: 60, whole: 100 },
  people: 20,
  unexplained: 3,
  admins: 1,
  guests: 2,
  daysLeft: 218,
  gone: ['mobilePhone'],
  requiredNow: 1,
  requiredThen: 1,
  segments: [
    { value: 'Sales', population: 40, capable: 30, people: 15 },
    { value: null, population: 60, capable: 50, people: 5 },
  ],
};

const setting = (name: string, value: string) => ({
  name,
  value,
  title: name,
  meaning: '',
  kind: 'date',
  default: value,
});

const ANSWERS = {
  '/registration/forecast': FORECAST,
  '/registration/coverage': (url: URL) =>
    aCoverage(url.searchParams.get('first') ?? '', url.searchParams.get('last') ?? ''),
  '/registration/at-risk': AT_RISK,
  '/registration/methods': {
    day: '2026-06-28',
    methods: [
      { method: 'mobilePhone', people: 60 },
      { method: 'email', people: 40 },
      { method: 'fido2', people: 9 },
    ],
    depth: [{ families: 1, people: 100 }],
  },
  '/settings': {
    settings: [
      setting('sms_voice_end', '2027-02-01'),
      setting('sms_voice_end_global_admins', '2027-07-01'),
    ],
  },
  '/controls': {
    day: '2026-06-28',
    controls: [
      {
        id: 'ID-03',
        title: 'Self-service reset',
        source: 'Common baseline.',
        expectations: [
          {
            id: 'enabled',
            title: 'Enabled for all users',
            state: 'fail',
            evidence: '95 of 100 people are enabled.',
            advice: 'Widen the group.',
            people: { part: 95, whole: 100 },
            filters: { enabled: 'false' },
          },
          {
            id: 'two_methods',
            title: 'Two methods required',
            state: 'cannot_be_seen',
            evidence: 'Graph does not expose it.',
            advice: null,
            people: null,
            filters: null,
          },
        ],
      },
    ],
  },
};

/** Keeps the lines it is asked to draw; everything else goes nowhere. */
class RecordingPen {
  readonly lines: [number, number][] = [];
  lineTo(x: number, y: number) {
    this.lines.push([x, y]);
  }
  beginPath() {}
  moveTo() {}
  closePath() {}
  fill() {}
  stroke() {}
  setLineDash() {}
  strokeText() {}
  fillText() {}
}

const open = (answers: Record<string, unknown> = {}, at = '/coverage/outlook') => {
  drawn.length = 0;
  return show(CoverageOutlookPage, { at, answers: { ...ANSWERS, ...answers } });
};

describe('what comes for coverage', () => {
  test('says when the target is likely reached, between when, and with which chance on its day', async () => {
    await open();

    await screen.findByRole('heading', {
      name: `The target of 90 % is likely reached on ${dayLong('2026-11-12')}`,
    });
    await screen.findByText(
      `In 80 of 100 futures it is reached between ${dayLong('2026-10-01')} and some day after the next 12 months.`,
    );
    await screen.findByText(/Not reached within 12 months in 15\.0/);
    await screen.findByText(new RegExp(`On ${dayLong('2026-12-31')} it is reached in 60\\.0`));
  });

  test('draws past and bands on one axis, with the target across', async () => {
    await open();
    await screen.findByRole('heading', { name: /likely reached/ });

    const spec = drawn.find(({ under }) => under !== undefined);
    expect(spec?.labels.length).toBe(182);
    const pen = new RecordingPen();
    const area = { left: 0, right: 182, top: 0, bottom: 100 };
    spec?.under?.(pen as never, {
      x: (index) => index,
      y: (share) => Math.round(share * 100),
      area,
    });
    // The 80 % band and the 50 % band on the last day, then the target from edge to edge.
    expect(pen.lines).toEqual(
      expect.arrayContaining([
        [181, 85],
        [181, 79],
        [181, 83],
        [181, 81],
        [182, 90],
      ]),
    );
  });

  test('says why there is no forecast', async () => {
    await open({
      '/registration/forecast': { target: null, forecast: null, reason: 'It needs 28 days.' },
    });

    await screen.findByText('It needs 28 days.');
  });

  test('shows who falls out when phones end, with the list, a countdown and the segments', async () => {
    const { asked } = await open();

    await screen.findByRole('heading', {
      name: new RegExp(
        `^20 people fall out on ${dayLong('2027-02-01')}: coverage goes from 80\\.0.% to 60\\.0.%$`,
      ),
    });
    expect(screen.getByRole('link', { name: 'See the list' }).getAttribute('href')).toBe(
      '/people?atRisk=2027-02-01',
    );
    expect(textOf()).toContain('in 218 days');
    expect(
      textOf(screen.getByRole('rowheader', { name: 'Sales' }).parentElement as HTMLElement),
    ).toBe('Sales153015');
    expect(screen.getByRole('link', { name: '5' }).getAttribute('href')).toBe(
      '/people?atRisk=2027-02-01&department=',
    );
    expect(asked.map(({ address }) => address)).toContain(
      '/api/v1/registration/at-risk?date=2027-02-01&by=department',
    );
  });

  test('asks again when a method is taken away or two are required', async () => {
    const { asked } = await open();
    await fireEvent.click(await screen.findByRole('checkbox', { name: /^Email/ }));
    await fireEvent.click(await screen.findByRole('button', { name: '2' }));

    await vi.waitFor(() =>
      expect(asked.map(({ address }) => address)).toContain(
        '/api/v1/registration/at-risk?date=2027-02-01&required=2&without=email&by=department',
      ),
    );
    expect(screen.queryByRole('checkbox', { name: /FIDO2/ })).toBeNull();
  });

  test('shows the control check in word and sign, with the people who do not meet it', async () => {
    await open();

    await screen.findByRole('heading', {
      name: 'Control ID-03 is not met: 1 of 2 expectations fail, 1 cannot be seen',
    });
    expect(screen.getByRole('link', { name: 'See the 5 others' }).getAttribute('href')).toBe(
      '/people?enabled=false',
    );
    screen.getByText('Cannot be seen');
  });
});
