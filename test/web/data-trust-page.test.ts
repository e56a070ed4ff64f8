import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import DataTrustPage from '../../web/pages/DataTrustPage.svelte';
import { aDelivery, anOutbox } from './alert-answers.ts';
import { aCollection, aFeed, NOTHING_ASIDE } from './answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

const at = { firstSeenAt: '2026-06-01T10:00:00.000Z', lastSeenAt: '2026-06-02T10:00:00.000Z' };

const ASIDE = {
  quarantined: [{ feed: 'resets', reason: 'The time could not be read', records: 5, ...at }],
  unknownReasons: [{ reason: "User's account is pending migration ", records: 4, ...at }],
  unknownMethods: [{ method: 'brandNew', people: 7 }],
  adminResetsLeftOut: [
    { kind: 'first_password', records: 212 },
    { kind: 'newKind', records: 1 },
  ],
};

const cellsOf = (name: RegExp) => {
  const head = screen.getByRole('rowheader', { name });
  return [...(head.parentElement?.children ?? [])].map((cell) => textOf(cell));
};

describe('data trust', () => {
  test('shows of each feed its state in a word, its reason, age, run and what was set aside', async () => {
    await show(DataTrustPage, {
      answers: {
        '/deliveries': anOutbox(),
        '/collection': aCollection({
          feeds: [
            aFeed({
              rejected: 2,
              lastRun: {
                startedAt: at.firstSeenAt,
                endedAt: null,
                pages: 1,
                received: 205,
                added: 3,
                changed: 4,
                rejected: 2,
              },
            }),
            aFeed({ feed: 'resets', state: 'late', reason: 'Throttled since 06:00.' }),
            aFeed({ feed: 'checksum', state: 'off', lastCompleteAt: null, stored: 0 }),
          ],
        }),
        '/collection/set-aside': ASIDE,
      },
    });

    expect(await screen.findByText('1 of 2 feeds are complete; resets not')).toBeTruthy();
    expect(cellsOf(/^Registration/)).toEqual([
      'Registration',
      'Complete',
      'Complete Jun 28, 04:10',
      expect.stringMatching(/ (h|d|min)/),
      '1 page, 205 read, 3 new, 4 changed',
      '200 people',
      'Set aside 2',
    ]);
    expect(cellsOf(/^Resets/).slice(0, 2)).toEqual(['Resets Throttled since 06:00.', 'Late']);
    expect(cellsOf(/^Checksum/)[1]).toBe('Off');
  });

  test('lists what was not understood, verbatim', async () => {
    await show(DataTrustPage, {
      answers: { '/deliveries': anOutbox(), '/collection/set-aside': ASIDE },
    });

    expect(await screen.findByText('5 records set aside')).toBeTruthy();
    expect(document.body.textContent).toContain("“User's account is pending migration ”");
    expect(screen.getByText('brandNew')).toBeTruthy();
    expect(screen.getByText('213 admin resets are left out of every count')).toBeTruthy();
    expect(screen.getByText('newKind')).toBeTruthy();
  });

  test('says of each gap whether it is lost', async () => {
    await show(DataTrustPage, {
      answers: {
        '/deliveries': anOutbox(),
        '/collection': aCollection({
          gaps: [
            { feed: 'registration', first: '2026-06-03', last: '2026-06-05' },
            { feed: 'resets', first: '2026-06-20', last: '2026-06-20' },
          ],
        }),
        '/collection/set-aside': NOTHING_ASIDE,
      },
    });

    expect(await screen.findByText('2 gaps')).toBeTruthy();
    expect(textOf()).toContain('3 days');
    expect(textOf()).toContain('A snapshot cannot be read afterwards: lost.');
  });

  test('nothing missing is said to be so', async () => {
    await show(DataTrustPage, {
      answers: { '/deliveries': anOutbox(), '/collection/set-aside': NOTHING_ASIDE },
    });

    expect(await screen.findByText('Every record could be read')).toBeTruthy();
    expect(screen.getByText('Every day was read')).toBeTruthy();
    expect(screen.getByText('Every result reason is known')).toBeTruthy();
  });

  test('loading and failed are different sights, and the feeds stay', async () => {
    await show(DataTrustPage, {
      answers: { '/deliveries': anOutbox(), '/collection/set-aside': FOREVER },
    });
    expect(await screen.findByText('Reading what was set aside…')).toBeTruthy();
    expect(screen.getByText('3 of 3 feeds are complete')).toBeTruthy();
  });

  test('says why it failed', async () => {
    await show(DataTrustPage, {
      answers: {
        '/deliveries': anOutbox(),
        '/collection/set-aside': refusal(503, 'unavailable', 'Locked.'),
      },
    });
    expect((await screen.findAllByRole('alert')).map((alert) => textOf(alert))[0]).toContain(
      'Locked.',
    );
  });

  test('says in a line that messages about alerts go out, and shows those that do not', async () => {
    const answers = { '/collection/set-aside': NOTHING_ASIDE };
    await show(DataTrustPage, { answers: { ...answers, '/deliveries': anOutbox() } });
    await screen.findByText(/^All is well with messages about alerts/);
    expect(screen.getByRole('link', { name: 'Channels' }).getAttribute('href')).toBe(
      '/security/channels',
    );

    const dead = aDelivery({ state: 'dead', sentAt: null, lastError: 'Certificate expired.' });
    await show(DataTrustPage, { answers: { ...answers, '/deliveries': anOutbox([dead]) } });
    await screen.findByRole('heading', { name: '1 message about alerts could not be sent' });
    screen.getByRole('button', { name: /^Try again: / });
  });
});
