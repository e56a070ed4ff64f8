import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import ResetsPage from '../../web/pages/ResetsPage.svelte';
import { aBucket, aSummary, aTrend, NOTHING_COLLECTED, someFailures } from './answers.ts';
import { aWriteback, someHours, someTimes } from './resets-answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

vi.mock('../../web/charts/chart.svelte.ts', () => ({ drawn: () => () => undefined }));

const READY = {
  '/resets/hours': someHours(),
  '/resets/times': someTimes(),
  '/resets/writeback': aWriteback(),
  '/resets/summary': aSummary(),
  '/resets/trend': aTrend(),
  '/verification/failures': (url: URL) =>
    url.searchParams.has('by')
      ? {
          ...someFailures([]),
          points: [
            ...someFailures([1, 2], 'email').points,
            ...someFailures([4, null], 'unknown').points,
          ],
        }
      : someFailures([1, 2]),
};

describe('the page of resets', () => {
  test('shows success, completion and time as the server answered', async () => {
    await show(ResetsPage, { answers: READY });

    const tiles = textOf(await screen.findByLabelText('Headline figures'));
    expect(tiles).toContain('80.0 % 60 of 75 settled incidents');
    expect(tiles).toContain('60.0 % 60 of 100 cases');
    expect(tiles).toContain('72.2 % 70 of 97 tries over and entitled');
    expect(tiles).toContain('61 resets, 9 unlocks; 1 in progress');
    expect(tiles).toContain('2:14 min');
    expect(textOf()).toContain('70 of 100 tries ended with success');
  });

  test('shows every outcome with its share of all started', async () => {
    await show(ResetsPage, { answers: READY });

    const head = await screen.findByRole('rowheader', { name: 'Contacted an admin' });
    expect([...(head.parentElement?.children ?? [])].map((cell) => textOf(cell))).toEqual([
      'Contacted an admin',
      '8',
      '8.0 %',
      '0.0',
    ]);
  });

  test('sums failed verifications by method, and says that they are inferred', async () => {
    await show(ResetsPage, { answers: READY });

    expect(
      await screen.findByText(
        '4 failed verifications by a method not named, the most of any method',
      ),
    ).toBeTruthy();
    expect(
      screen.getByText('Failed verifications by method as the log names it. Inferred.'),
    ).toBeTruthy();
  });

  test('asks by hour where the address says so and the period is short enough', async () => {
    const { asked } = await show(ResetsPage, {
      at: '/resets?period=4w&failures=hour&bucket=month',
      answers: READY,
    });
    await screen.findByLabelText('Headline figures');

    const addresses = asked.map(({ address }) => address);
    expect(addresses).toContain(
      '/api/v1/verification/failures?first=2026-06-01&last=2026-06-28&bucket=hour',
    );
    expect(addresses).toContain(
      '/api/v1/resets/trend?first=2026-06-01&last=2026-06-28&bucket=month',
    );
  });

  test('a long period asks by day, whatever the address says', async () => {
    const { asked } = await show(ResetsPage, { at: '/resets?failures=hour', answers: READY });
    await screen.findByText('By hour: choose 31 days or fewer.');

    expect(asked.some(({ address }) => address.includes('bucket=hour'))).toBe(false);
  });

  test('says that straight to the desk is a lower bound, and how many settle', async () => {
    await show(ResetsPage, { answers: READY });

    expect(
      await screen.findByText(
        '120 incidents ended alone, against 88 admin resets; 56 needs went straight to the desk',
      ),
    ).toBeTruthy();
    expect(textOf()).toContain('4 more that went straight to the desk are settling.');
    expect(textOf()).toContain('Lower bounds in hybrid tenants');
  });

  test('a period that was not collected is a dash everywhere, never zero', async () => {
    await show(ResetsPage, {
      answers: {
        '/resets/summary': NOTHING_COLLECTED,
        '/resets/hours': someHours({ daysCollected: 0, cells: null }),
        '/resets/times': someTimes({
          daysCollected: 0,
          secondsToReset: null,
          repeats: { within7Days: { part: 0, whole: 0 }, within30Days: { part: 0, whole: 0 } },
        }),
        '/resets/writeback': aWriteback({
          daysCollected: 0,
          hybrid: null,
          agents: null,
          failures: null,
          changes: null,
        }),
        '/resets/trend': aTrend([
          aBucket('2026-06-22', { flows: null, incidents: null, adminResets: null }),
        ]),
        '/verification/failures': someFailures([null, null]),
      },
    });

    const tiles = textOf(await screen.findByLabelText('Headline figures'));
    expect(tiles.match(/– not collected/g)).toHaveLength(4);
    await vi.waitFor(() => expect(screen.getAllByText('Not collected')).toHaveLength(7));
    expect(screen.queryByText('Hybrid tenant')).toBeNull();
    expect(textOf()).toContain('That is not the same as none.');
  });

  test('loading and failed are different sights', async () => {
    await show(ResetsPage, {
      answers: {
        ...READY,
        '/resets/summary': FOREVER,
        '/resets/trend': refusal(500, 'internal', 'Internal error'),
      },
    });

    expect(textOf(await screen.findByRole('alert'))).toContain('Internal error');
    expect(screen.getAllByText('Reading Mar 30 – Jun 28, 2026…').length).toBeGreaterThan(0);
  });

  test('every figure leads to the list of that very number', async () => {
    await show(ResetsPage, { at: '/resets?period=4w', answers: READY });
    await screen.findByLabelText('Headline figures');

    const href = async (name: string) =>
      (await screen.findAllByRole('link', { name }))[0]?.getAttribute('href');
    const incidents = (filters: string) => `/resets/incidents?${filters}&period=4w`;
    expect(await href('60 of 75 settled incidents')).toBe(incidents('outcome=self_served'));
    expect(await href('70 of 97 tries over and entitled')).toBe(incidents('stage=done'));
    expect(await href('61 resets')).toBe(incidents('flowOutcome=completed'));
    expect(await href('8 tries: Contacted an admin')).toBe(
      incidents('flowOutcome=contacted_admin'),
    );
    expect(await href('12 incidents: Fell back to the desk')).toBe(incidents('outcome=fell_back'));
    expect(await href('28')).toBe('/resets/admin-resets?bypass=true&period=4w');
    expect(await href('2')).toBe('/resets/admin-resets?bypass=true&settling=true&period=4w');
    expect(await href('44')).toBe('/resets/admin-resets?period=4w');
    expect(await href('31 admin resets: Microsoft Entra Connect')).toBe(
      '/resets/admin-resets?agent=Microsoft+Entra+Connect&period=4w',
    );
    expect(await href('5 repeats: Within 7 days')).toBe(incidents('repeatWithinDays=7'));
  });

  test('says how much falls outside office hours, and leads to it', async () => {
    await show(ResetsPage, { answers: READY });

    await screen.findByRole('heading', {
      name: /^25\.0.% of incidents fall outside office hours; Monday at 08:00 is the busiest hour$/,
    });
    expect(screen.getByRole('link', { name: '10 of 40 incidents' }).getAttribute('href')).toBe(
      '/resets/incidents?outsideOffice=true',
    );
    expect(textOf()).toContain('Outlined: office hours, Mon–Fri 08:00–18:00');
    expect(textOf()).toContain('1 day was a holiday');
  });

  test('tells every hour in words, and outlines office hours', async () => {
    await show(ResetsPage, { answers: READY });

    const busy = await screen.findByRole('link', {
      name: 'Monday 08:00–09:00: 30 incidents, 24 of them self-served; 40 tries',
    });
    expect(busy.getAttribute('href')).toBe('/resets/incidents?weekday=1&hour=8');
    expect(busy.parentElement?.className).toBe('q5 office o-from o-first');
    await fireEvent.focus(busy);
    expect(textOf()).toContain(
      'Monday 08:00–09:00: 30 incidents, 24 of them self-served; 40 tries.',
    );
  });

  test('the map is one stop of the Tab key; arrows move in it', async () => {
    await show(ResetsPage, { answers: READY });
    const map = await screen.findByRole('grid');
    const stops = () =>
      [...map.querySelectorAll<HTMLElement>('.cell')].filter((cell) => cell.tabIndex === 0);
    stops()[0]?.focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) {
      await fireEvent.keyDown(document.activeElement as Element, { key });
    }

    expect(document.activeElement?.getAttribute('aria-label')).toBe(
      'Tuesday 02:00–03:00: 0 incidents',
    );
    expect(stops()).toEqual([document.activeElement]);
  });

  test('shows the spread of times, and how often a reset does not last', async () => {
    await show(ResetsPage, { answers: READY });

    await screen.findByRole('heading', {
      name: 'Half of all resets take under 2:14 min; one in ten takes longer than 6:40 min',
    });
    await screen.findByRole('heading', {
      name: /^10\.0.% needed another reset within 7 days, 20\.0.% within 30$/,
    });
    screen.getByRole('img', { name: /a quarter up to 1:30 min, half up to 2:14 min/ });
  });

  test('tells a hybrid tenant that resets on-premises cannot be seen, and changes apart', async () => {
    await show(ResetsPage, { answers: READY });

    await screen.findByText('Hybrid tenant');
    await screen.findByRole('heading', { name: '6 tries were lost to password writeback' });
    await screen.findByRole('heading', {
      name: /^16 of 18 voluntary changes succeeded \(88\.9.%\)$/,
    });
  });
});
