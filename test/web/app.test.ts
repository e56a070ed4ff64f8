import './match-media.ts';
import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import App from '../../web/App.svelte';
import { pageAt } from '../../web/pages/page-at.ts';
import {
  aCollection,
  aCoverage,
  aFeed,
  aSummary,
  aTrend,
  NOTHING_ASIDE,
  someFailures,
  somePeople,
} from './answers.ts';
import { anAnswer } from './deflection-answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

vi.mock('../../web/charts/chart.svelte.ts', () => ({ drawn: () => () => undefined }));

const IN = {
  '/session': { signedIn: true },
  '/registration/coverage': (url: URL) =>
    aCoverage(url.searchParams.get('first') ?? '', url.searchParams.get('last') ?? ''),
  '/resets/summary': aSummary(),
  '/resets/trend': aTrend(),
  '/verification/failures': someFailures([1]),
  '/people': somePeople([]),
  '/collection/set-aside': NOTHING_ASIDE,
  '/deflection': anAnswer(),
};

describe('signing in', () => {
  test('asks for the token when the server does not know us', async () => {
    await show(App, { answers: { ...IN, '/session': { signedIn: false } } });

    expect(await screen.findByLabelText('Access token')).toBeTruthy();
    expect(screen.queryByRole('navigation')).toBeNull();
  });

  test('a token in the address is sent, and out of the address before the answer comes', async () => {
    const { asked } = await show(App, {
      at: '/coverage?by=office#token=se%2Bcret',
      answers: { ...IN, 'POST /session': FOREVER },
    });

    expect(location.hash).toBe('');
    expect(location.pathname + location.search).toBe('/coverage?by=office');
    expect(asked).toContainEqual({ address: '/api/v1/session', body: { token: 'se+cret' } });
  });

  test('says why a token was not taken, and takes the right one', async () => {
    let tries = 0;
    await show(App, {
      answers: {
        ...IN,
        'GET /session': { signedIn: false },
        'POST /session': () => {
          tries += 1;
          return tries === 1
            ? refusal(401, 'unauthorized', 'This is not the token.')
            : { signedIn: true };
        },
      },
    });
    const field = await screen.findByLabelText('Access token');

    await fireEvent.input(field, { target: { value: 'wrong' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(textOf(await screen.findByRole('alert'))).toBe('This is not the token.');

    await fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('navigation')).toBeTruthy();
  });

  test('a session that ends leads back to the sign-in', async () => {
    await show(App, {
      answers: { ...IN, '/resets/trend': refusal(401, 'unauthorized', 'Sign in.') },
    });

    expect(textOf(await screen.findByRole('alert'))).toBe('Your session has ended. Sign in again.');
  });

  test('a server that cannot be reached is not a wrong token', async () => {
    await show(App, {
      answers: {
        ...IN,
        '/session': () => {
          throw new TypeError('fetch failed');
        },
      },
    });

    expect(textOf(await screen.findByRole('alert'))).toContain('The server could not be reached.');
  });
});

describe('the frame', () => {
  test('labels sample data on every page, with the way to a tenant of one’s own', async () => {
    await show(App, { at: '/resets?period=4w', answers: IN });

    expect(await screen.findByText('Sample data')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Connect a tenant' }).getAttribute('href')).toBe(
      '/settings?show=connect&period=4w',
    );
  });

  test('does not call a real tenant a sample', async () => {
    await show(App, {
      answers: {
        ...IN,
        '/collection': aCollection({
          tenant: { name: 'Real', sample: false, adminCentre: 'https://portal.azure.us' },
        }),
      },
    });
    await screen.findByRole('navigation');

    expect(screen.queryByText('Sample data')).toBeNull();
  });

  test('the pages that set something up need no history', () => {
    const setUp = ['/security/rules', '/security/channels', '/settings', '/data-trust'];
    expect(setUp.filter((path) => pageAt(path).needsHistory)).toEqual([]);
    expect(pageAt('/security').needsHistory).toBe(true);
  });

  test('the first start shows progress and each feed instead of empty charts', async () => {
    await show(App, {
      answers: {
        ...IN,
        '/collection': aCollection({
          history: null,
          asOf: null,
          progress: { doing: 'Replaying 1 December 2025', share: 0.25 },
          feeds: [
            aFeed({ state: 'running', lastCompleteAt: null }),
            aFeed({ feed: 'resets', state: 'never' }),
          ],
        }),
      },
    });

    expect(await screen.findByText('Getting started')).toBeTruthy();
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.25');
    expect(textOf(screen.getByRole('table'))).toContain('Running');
  });

  test('says in the menu how many feeds need attention', async () => {
    await show(App, {
      answers: {
        ...IN,
        '/collection': aCollection({
          feeds: [aFeed({ state: 'late' }), aFeed({ feed: 'resets' })],
        }),
      },
    });

    const link = await screen.findByRole('link', { name: /Data trust/ });
    await vi.waitFor(() => expect(textOf(link)).toContain('1 feed needs attention'));
  });

  test('an unknown address is said to be one', async () => {
    await show(App, { at: '/no-such-page', answers: IN });

    expect(await screen.findByText('There is no page at this address')).toBeTruthy();
  });
});
