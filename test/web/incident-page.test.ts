import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { instantLong } from '../../web/format.ts';
import IncidentPage from '../../web/pages/IncidentPage.svelte';
import { anIncident, aStory } from './resets-answers.ts';
import { refusal, show, textOf } from './show.ts';

const open = (story: unknown = aStory()) =>
  show(IncidentPage, {
    at: '/resets/incidents/flow%3A1?period=4w',
    answers: { '/resets/incidents/flow%3A1': story },
    props: { id: 'flow:1' },
  });

const at = (instant: string) => instantLong(instant, 'UTC');

describe('the story of one incident', () => {
  test('tells it in sentences: when, how many tries, who ended it and when', async () => {
    await open();

    await screen.findByRole('heading', { level: 1, name: 'Incident of Ada Able' });
    await screen.findByText(
      `Began on ${at('2026-06-20T08:03:05.000Z')} with 2 tries. Fell back to the desk: Otto Desk reset the password 1 h 30 min after the start.`,
    );
  });

  test('shows tries, steps and the admin reset in order of time', async () => {
    await open();

    const events = await screen.findAllByRole('listitem');
    const text = textOf(events[0]?.parentElement ?? undefined);
    expect(text.indexOf('Try 1')).toBeLessThan(text.indexOf('Try 2'));
    expect(text.indexOf('Try 2')).toBeLessThan(text.indexOf('Admin reset'));
    expect(text).toContain('came as far as: sent a new password');
    expect(text).toContain('Can be fixed by: password writeback.');
    expect(text).toContain('email passed');
    expect(text).toContain('mobile SMS not passed');
  });

  test('keeps what Graph said word for word, with the address', async () => {
    await open();

    await screen.findByText('What Graph said: 1 record, from 203.0.113.7');
    screen.getByText(
      'Self-service password reset flow activity progress: User submitted their user ID',
    );
  });

  test('leads to the person, the admin and the incidents before and after', async () => {
    await open();
    await screen.findByRole('heading', { level: 1, name: /Ada/ });

    const href = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
    expect(href('Ada Able')).toBe('/people/a1?period=4w');
    expect(href('Otto Desk')).toBe('/people/o1?period=4w');
    expect(href(at('2026-06-25T08:00:00.000Z'))).toBe('/resets/incidents/flow%3A9?period=4w');
    expect(href('Incidents of this person')).toBe('/resets/incidents?person=a1&period=all');
    expect(textOf()).toContain('The one before None on record');
  });

  test('says until when a settling one may change', async () => {
    await open(
      aStory({
        incident: anIncident({ outcome: 'abandoned', settling: true }),
        adminResets: [],
        settlesAt: '2026-06-29T08:40:00.000Z',
      }),
    );

    await screen.findByRole('heading', { name: 'Abandoned, as things stand' });
    expect(textOf()).toContain(
      `Still settling: until ${at('2026-06-29T08:40:00.000Z')} it may still become something else`,
    );
  });

  test('says where nobody is known, and where there is no such incident', async () => {
    await open(aStory({ incident: anIncident({ person: null }) }));
    await screen.findByRole('heading', { level: 1, name: 'Incident of somebody no record names' });

    await open(refusal(404, 'not_found', 'There is no such incident.'));
    await screen.findByText('There is no such incident.');
  });
});
