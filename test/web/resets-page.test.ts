import { screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import ResetsPage from '../../web/pages/ResetsPage.svelte';
import { aBucket, aSummary, aTrend, NOTHING_COLLECTED, someFailures } from './answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

vi.mock('../../web/charts/chart.svelte.ts', () => ({ drawn: () => () => undefined }));

const READY = {
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
      await screen.findByText('88 admin resets; 56 needs went straight to the desk'),
    ).toBeTruthy();
    expect(textOf()).toContain('4 more that went straight to the desk are settling.');
    expect(textOf()).toContain('Lower bounds in hybrid tenants');
  });

  test('a period that was not collected is a dash everywhere, never zero', async () => {
    await show(ResetsPage, {
      answers: {
        '/resets/summary': NOTHING_COLLECTED,
        '/resets/trend': aTrend([
          aBucket('2026-06-22', { flows: null, incidents: null, adminResets: null }),
        ]),
        '/verification/failures': someFailures([null, null]),
      },
    });

    const tiles = textOf(await screen.findByLabelText('Headline figures'));
    expect(tiles.match(/– not collected/g)).toHaveLength(3);
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
});
