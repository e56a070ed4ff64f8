import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import OverviewPage from '../../web/pages/OverviewPage.svelte';
import {
  aBucket,
  aCoverage,
  aSummary,
  aTrend,
  NOTHING_ASIDE,
  NOTHING_COLLECTED,
  someFailures,
  somePeople,
} from './answers.ts';
import { anAnswer } from './deflection-answers.ts';
import { QUIET, someAlerts } from './security-answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

// jsdom has no canvas; what the chart says in words is what we can check here.
vi.mock('../../web/charts/chart.svelte.ts', () => ({ drawn: () => () => undefined }));

const READY = {
  '/registration/coverage': (url: URL) => {
    const first = url.searchParams.get('first') ?? '';
    const last = url.searchParams.get('last') ?? '';
    const isNow = last === '2026-06-28';
    return aCoverage(first, last, isNow ? { capable: 120, atEnd: 130 } : { capable: 100 });
  },
  '/resets/summary': (url: URL) =>
    url.searchParams.get('last') === '2026-06-28'
      ? aSummary()
      : aSummary({
          successRate: { part: 50, whole: 100 },
          medianSecondsToReset: 161,
          adminResets: 50,
        }),
  '/resets/trend': aTrend([
    aBucket('2026-06-15', {
      incidents: { selfServedFirst: 8, selfServedRetry: 0, fellBack: 2, abandoned: 0, settling: 0 },
    }),
    aBucket('2026-06-22', {
      incidents: { selfServedFirst: 9, selfServedRetry: 0, fellBack: 1, abandoned: 0, settling: 6 },
    }),
  ]),
  '/verification/failures': someFailures([2, 3, 60, 1]),
  '/alerts': QUIET,
  '/deflection': anAnswer(),
  '/people': somePeople([]),
  '/collection/set-aside': NOTHING_ASIDE,
};

const tile = async (label: string) => {
  const button = await screen.findByRole('button', { name: label });
  const found = button.closest('.tile');
  if (!found) throw new Error(`No tile ${label}`);
  return textOf(found);
};

describe('the overview', () => {
  test('shows ratio, of how many and change of every headline figure as the server answered', async () => {
    await show(OverviewPage, { answers: READY });

    expect(await tile('Coverage')).toContain('65.0 % 130 of 200 people');
    expect(await tile('Coverage')).toContain('up 15.0 points from 50.0 %');
    expect(await tile('Reset success')).toContain('80.0 % 60 of 75 settled incidents');
    expect(await tile('Reset success')).toContain('up 30.0 points from 50.0 %');
    expect(await tile('Reset success')).toContain('6 more are settling');
    expect(await tile('Self-service share')).toContain('60.0 % 60 of 100 cases');
    expect(await tile('Median time to reset')).toContain('2:14 min of 61 completed tries');
    expect(await tile('Median time to reset')).toContain('down 27 s from 2:41 min');
    expect(await tile('Admin resets')).toContain('44 in 91 days read down 6 from 50');
  });

  test('writes the titles of its charts from the data', async () => {
    await show(OverviewPage, { answers: READY });

    expect(await screen.findByText('Coverage rose by 5.0 points to 65.0 %')).toBeTruthy();
    expect(
      screen.getByText(
        'Fewer incidents fall back to the desk: 10.0 % in the second half, 20.0 % in the first',
      ),
    ).toBeTruthy();
    expect(screen.getByText('Jun 27 stands out: 60 failed verifications')).toBeTruthy();
    expect(document.body.textContent).toContain('Inferred');
  });

  test('says the message of each chart to those who do not see it', async () => {
    await show(OverviewPage, { answers: READY });

    const charts = await screen.findAllByRole('img');

    expect(charts.map((chart) => chart.getAttribute('aria-label')?.replace(/\s/g, ' '))).toEqual([
      'Line chart. Coverage rose by 5.0 points to 65.0 %.',
      expect.stringContaining('first time 17, after retry 0, fell back 3, abandoned 0, settling 6'),
      expect.stringContaining('66 failed verifications in the period'),
    ]);
  });

  test('says which day broke the learned band, and what is marked, in words', async () => {
    const answer = someFailures([2, 3, 240, 4]);
    const points = answer.points.map((point) => ({
      ...{ ...point, expected: 3.1, upper: 11 },
      level: point.failed === 240 ? ('critical' as const) : null,
    }));

    await show(OverviewPage, {
      answers: { ...READY, '/verification/failures': { ...answer, points } },
    });

    expect(
      await screen.findByText('Jun 27 broke the band: 240 failed where 3 were expected'),
    ).toBeTruthy();
    expect(await screen.findByText('Out of the usual: ◆ critical: 1 day.')).toBeTruthy();
    expect(screen.getByText(/^Grey: what would be usual/)).toBeTruthy();
  });

  test('shows the table behind a chart, a day not collected as a dash', async () => {
    await show(OverviewPage, {
      answers: { ...READY, '/verification/failures': someFailures([2, null]) },
    });

    const charts = await screen.findAllByRole('button', { name: 'Table' });
    const last = charts.at(-1);
    if (last) await fireEvent.click(last);

    const rows = within(await screen.findByRole('table')).getAllByRole('row');
    expect(rows.map((row) => [...row.children].map((cell) => textOf(cell)))).toEqual([
      ['Day', 'Failed', 'People', 'Addresses'],
      ['2026-06-27', '2', '2', '2'],
      ['2026-06-28', '–', '–', '–'],
    ]);
  });

  test('says what to do next, most people first, each with a link to them', async () => {
    await show(OverviewPage, { answers: READY });

    await screen.findByRole('link', { name: 'Get people to add a method' });
    const links = screen
      .getAllByRole('listitem')
      .flatMap((item) => within(item).queryAllByRole('link'));

    expect(links.map((link) => [textOf(link), link.getAttribute('href')])).toEqual([
      ['Get people to register a first method', '/people?reason=nothing_registered&sort=priority'],
      ['Get people to add a method', '/people?reason=too_few_methods&sort=priority'],
    ]);
  });

  test('shows the tickets avoided as a range with its grade, and leads to what it stands on', async () => {
    await show(OverviewPage, { answers: READY });

    expect(await tile('Tickets avoided')).toContain(
      'Tickets avoided By assumption 410 to 690 likely 560',
    );
    const link = screen.getByRole('link', { name: 'What it stands on, and what it is worth' });
    expect(link.getAttribute('href')).toBe('/deflection');
  });

  test('says what it is reading while it reads', async () => {
    await show(OverviewPage, { answers: { ...READY, '/registration/coverage': FOREVER } });

    expect((await screen.findAllByRole('status')).map((note) => textOf(note))).toContain(
      'Reading Mar 30 – Jun 28, 2026…',
    );
  });

  test('does not show days that were not collected as zero', async () => {
    await show(OverviewPage, {
      answers: {
        ...READY,
        '/resets/summary': NOTHING_COLLECTED,
        '/resets/trend': aTrend([aBucket('2026-06-22', { flows: null, incidents: null })]),
      },
    });

    expect(await tile('Reset success')).toContain('– not collected');
    expect(await tile('Admin resets')).toContain('– not collected');
    expect(screen.getByText('No day of this period was collected')).toBeTruthy();
  });

  test('shows the reason when the server refuses, and asks again on request', async () => {
    const { asked } = await show(OverviewPage, {
      answers: {
        ...READY,
        '/resets/trend': refusal(503, 'unavailable', 'The database is locked by a backup.'),
      },
    });

    const alert = await screen.findByRole('alert');
    expect(textOf(alert)).toContain('The database is locked by a backup.');
    await tile('Tickets avoided');

    const before = asked.length;
    await fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    await vi.waitFor(() => expect(asked.length).toBe(before + 1));
  });

  test('says at once that an alert is open, and nothing where all is quiet', async () => {
    await show(OverviewPage, { answers: { ...READY, '/alerts': someAlerts() } });

    const link = await screen.findByRole('link', { name: '1 alert is open: 1 critical' });
    expect(link.getAttribute('href')).toBe('/security?state=open');
    expect(screen.getByRole('link', { name: 'Security' }).getAttribute('href')).toBe('/security');

    cleanup();
    await show(OverviewPage, { answers: READY });
    await tile('Coverage');
    expect(screen.queryByText('Look now')).toBeNull();
  });

  test('does not trust an answer of the wrong shape', async () => {
    await show(OverviewPage, {
      answers: { ...READY, '/verification/failures': { points: [{ start: 1 }] } },
    });

    expect(textOf(await screen.findByRole('alert'))).toContain('was not understood (answer.');
  });

  test('asks for the period and the comparison that the address says', async () => {
    const { asked } = await show(OverviewPage, {
      at: '/?period=own&first=2026-06-01&last=2026-06-10&compare=year',
      answers: READY,
    });
    await screen.findAllByText('Coverage');

    expect(asked.map(({ address }) => address)).toEqual(
      expect.arrayContaining([
        '/api/v1/resets/summary?first=2026-06-01&last=2026-06-10',
        '/api/v1/resets/summary?first=2025-06-01&last=2025-06-10',
      ]),
    );
  });
});
