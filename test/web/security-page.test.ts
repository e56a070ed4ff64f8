import { cleanup, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import SecurityPage from '../../web/pages/SecurityPage.svelte';
import { failuresBy } from '../../web/words/security/by-value.ts';
import { securitySay } from '../../web/words/security/say.ts';
import {
  asShown,
  behindBar,
  watchedFinding,
  watchedSeries,
} from '../../web/words/security/series.ts';
import { anAlert } from './alert-answers.ts';
import { someFailures } from './answers.ts';
import { QUIET, someAlerts } from './security-answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

vi.mock('../../web/charts/chart.svelte.ts', () => ({ drawn: () => () => undefined }));

/** 28 days of the total, and of one value each. */
const answers = (alerts: unknown = QUIET) => ({
  '/alerts': alerts,
  '/verification/failures': (url: URL) => {
    const by = url.searchParams.get('by');
    const value = { method: 'mobile SMS', country: 'Austria', admin: 'false' }[by ?? ''];
    if (by === 'address') return { ...someFailures([3, 4], '198.51.100.7'), valuesLeftOut: 12 };
    return someFailures(by === null ? [5, 6] : [3, 4], value);
  },
});

const open = (at = '/security?period=4w', alerts?: unknown) =>
  show(SecurityPage, { at, answers: answers(alerts) });

describe('the page of security', () => {
  test('says at once that alerts are open, with their levels, and leads to each', async () => {
    await open(
      '/security',
      someAlerts([anAlert(), anAlert({ id: '8', level: 'watch' })], {
        open: { watch: 1, alert: 0, critical: 1 },
      }),
    );

    await screen.findByText(/^Look now: 2 alerts are open, 1 critical and 1 at watch\.$/);
    const list = screen.getByRole('region', { name: 'Alerts' });
    const links = await within(list).findAllByRole('link', { name: /^240 people failed/ });
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      '/security/alerts/7',
      '/security/alerts/8',
    ]);
    expect(textOf(list)).toContain('Critical');
  });

  test('asks for alerts as the address says, whatever else stands in it', async () => {
    const { asked } = await open('/security?state=lasting&level=alert&queue=admin&colour=red');
    await screen.findByText('No alert matches these filters');

    expect(asked.map(({ address }) => address)).toContain(
      '/api/v1/alerts?state=lasting&level=alert&queue=admin&limit=8',
    );
  });

  test('shows those at alert and above, and how many more are at watch, which a link shows', async () => {
    const above = someAlerts([anAlert()]);
    const all = someAlerts([anAlert(), anAlert({ id: '8', level: 'watch' })], { total: 65 });
    const byLevel = (none = above) => ({
      ...answers(),
      '/alerts': (url: URL) => (url.searchParams.get('level') === 'watch' ? all : none),
    });
    const { asked } = await show(SecurityPage, { at: '/security', answers: byLevel() });

    const more = await screen.findByRole('link', { name: '64 at watch' });
    expect(more.getAttribute('href')).toBe('/security?level=watch');
    expect(asked.map(({ address }) => address)).toContain('/api/v1/alerts?level=alert&limit=8');

    cleanup();
    const nothing = { ...QUIET, open: { watch: 2, alert: 0, critical: 0 } };
    await show(SecurityPage, { at: '/security', answers: byLevel(nothing) });
    await screen.findByText('No alert above watch');
    expect(await screen.findByRole('link', { name: '65 at watch' })).toBeDefined();

    cleanup();
    const { asked: watch } = await show(SecurityPage, {
      at: '/security?level=watch',
      answers: byLevel(),
    });
    await screen.findAllByRole('link', { name: /^240 people failed/ });
    expect(watch.map(({ address }) => address)).toContain('/api/v1/alerts?level=watch&limit=8');
    expect(screen.queryByRole('link', { name: /at watch$/ })).toBeNull();
  });

  test('asks for hours of the last 14 days alone, and for the series that was chosen', async () => {
    const { asked } = await open('/security?period=12m&by=hour&series=blocked');
    await screen.findByText(/By hour: the last 14 days of the period/);

    expect(asked.map(({ address }) => address)).toContain(
      '/api/v1/verification/failures?first=2026-06-15&last=2026-06-28&bucket=hour&series=blocked',
    );
  });

  test('leads from each number by value to the list behind it', async () => {
    await open();

    const links = await screen.findAllByRole('link', { name: /failed verifications: / });
    expect(links.map((link) => [textOf(link), link.getAttribute('href')])).toEqual([
      ['7', '/security/failures?method=mobile+SMS&period=4w'],
      ['7', '/security/failures?admin=false&period=4w'],
      ['7', '/security/failures?country=Austria&period=4w'],
      ['7', '/security/failures?address=198.51.100.7&period=4w'],
    ]);
    await screen.findByText(/^12 others failed less often, 4 in all/);
    expect(screen.getAllByText(/Microsoft logs no wrong code/).length).toBeGreaterThan(1);
  });

  test('shows loading, failed, nothing and not collected as different sights', async () => {
    await open('/security', FOREVER);
    expect(await screen.findAllByText(/Reading/)).not.toEqual([]);

    cleanup();
    await open('/security', refusal(503, 'unavailable', 'The database is being restored.'));
    await screen.findByText(/being restored/);

    cleanup();
    await open('/security', QUIET);
    await screen.findByText('No alert so far');

    cleanup();
    await open('/security', { ...QUIET, asOf: null });
    await screen.findByText(/which is not the same as quiet/);
    await screen.findByText('Not collected');
  });
});

describe('what is said of security', () => {
  const judged = someFailures([4, 60, null]).points.map((point, i) => ({
    ...point,
    ...(i < 2 && { expected: 3, upper: 9, level: i === 1 ? ('critical' as const) : null }),
  }));

  test('in the head tells quiet from little history, nothing read and what is over', () => {
    expect(securitySay(QUIET, someFailures([1]).points)).toMatch(/too little history/);
    expect(securitySay(QUIET, someFailures([null]).points)).toMatch(/No day of this period/);
    expect(securitySay(QUIET, judged.slice(0, 1))).toBe(
      'No alert is open. Nothing unusual in the 1 day read.',
    );
    expect(securitySay(QUIET, judged)).toMatch(
      /1 day of this period broke the band.*Jun 27|27 Jun/,
    );
    expect(securitySay({ ...QUIET, open: { watch: 2, alert: 0, critical: 0 } }, null)).toBe(
      'Nothing to act on: 2 alerts are open, at watch only.',
    );
  });

  test('above the chart tells what broke the band, of the series shown', () => {
    const blocked = watchedSeries('blocked');
    const name = () => 'Jun 27';

    expect(watchedFinding(judged, blocked, name)).toBe(
      'Jun 27 broke the band: 60 blocked tries where 3 would be usual',
    );
    const watched = judged.map((point) => ({ ...point, level: point.level && ('watch' as const) }));
    expect(watchedFinding(watched, blocked, name)).toBe(
      'Jun 27 stands out, to be watched: 60 blocked tries where 3 would be usual',
    );
    expect(watchedFinding(judged.slice(0, 1), blocked, name)).toBe(
      'Nothing broke the band: at most 4 blocked tries at a time',
    );
    expect(watchedFinding(someFailures([0]).points, blocked, name)).toBe(
      'No blocked try in this time',
    );
    expect(watchedFinding(someFailures([null]).points, blocked, name)).toMatch(/No day/);
    expect(asShown([{ ...someFailures([1]).points[0], observed: 9 }] as never)[0]?.failed).toBe(9);
  });

  test('behind a bar lies its own day or hour, where a list shows it', () => {
    const day = '2026-06-27' as const;
    const start = '2026-06-27T22:00:00.000Z';
    const failed = watchedSeries(null);

    expect(behindBar(failed, day as never, day as never)).toBe(
      '/security/failures?period=own&first=2026-06-27&last=2026-06-27',
    );
    expect(behindBar(failed, start, day as never)).toBe(
      '/security/failures?period=own&first=2026-06-26&last=2026-06-28&since=2026-06-27T22%3A00%3A00.000Z&until=2026-06-27T23%3A00%3A00.000Z',
    );
    expect(behindBar(watchedSeries('blocked'), day as never, day as never)).toMatch(
      /^\/resets\/incidents\?flowOutcome=blocked/,
    );
    expect(behindBar(watchedSeries('options_only'), day as never, day as never)).toBeNull();
  });

  test('by value names what is not known', () => {
    const { points } = someFailures([2]);
    const answer = { asOf: null, timeZone: 'UTC', valuesLeftOut: 0 };
    const unknown = { ...answer, points: points.map((point) => ({ ...point, value: null })) };

    expect(failuresBy(unknown, 'country').rows[0]).toMatchObject({
      name: 'Country not known',
      failed: 2,
      href: '/security/failures?country=',
    });
    expect(failuresBy(unknown, 'admin')).toMatchObject({
      title: 'No failed verification of an admin’s account',
      rows: [{ name: 'Not known whose' }],
    });
  });
});
