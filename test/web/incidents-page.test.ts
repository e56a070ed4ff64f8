import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import IncidentsPage from '../../web/pages/IncidentsPage.svelte';
import { anIncident, someIncidents } from './resets-answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

const open = (at: string, incidents: unknown = someIncidents()) =>
  show(IncidentsPage, { at, answers: { '/resets/incidents': incidents } });

const chips = () =>
  screen.getAllByRole('button', { name: /^Remove filter/ }).map((chip) => textOf(chip));

describe('the list of incidents behind a figure', () => {
  test('asks for what the address says, and leaves out what the server would refuse', async () => {
    const { asked } = await open(
      '/resets/incidents?period=4w&outcome=fell_back&reason=blocked&weekday=9&passed=true&colour=red&cursor=abc',
    );
    await screen.findByRole('table');

    expect(asked.map(({ address }) => address)).toContain(
      '/api/v1/resets/incidents?first=2026-06-01&last=2026-06-28&outcome=fell_back&reason=blocked&cursor=abc&limit=50',
    );
  });

  test('shows every filter in words, each to be taken away', async () => {
    await open(
      '/resets/incidents?outcome=self_served&kind=unlock&person=a1&weekday=1&hour=8&outsideOffice=true&repeatWithinDays=7&flowOutcome=blocked&reason=writeback_unreachable&owner=unknown&method=mobile+SMS&passed=false&stage=passed&lost=true&switchedFrom=email&switchedTo=mobile+SMS&agent=',
    );
    await screen.findByRole('table');

    expect(chips()).toEqual([
      'Self-served',
      'Account unlocked',
      'Person: Ada Able',
      'On a Monday',
      'Began from 08:00 to 09:00',
      'Outside office hours',
      'Another within 7 days',
      'A try: blocked',
      'Lost by: We could not reach your on-premises password reset service',
      'Can be fixed by: not known yet',
      'Started and did not pass Mobile SMS',
      'A lost try',
      'Gave up Email for Mobile SMS',
      'Came as far as: passed a verification',
      'No agent named',
    ]);
    await fireEvent.click(screen.getByRole('button', { name: /did not pass Mobile SMS/ }));
    expect(location.search).not.toContain('method');
    expect(location.search).not.toContain('passed=');
  });

  test('says how many tries in how many incidents, and of which day the period is', async () => {
    await open(
      '/resets/incidents?reason=blocked',
      someIncidents([anIncident()], { total: 8, flows: 10 }),
    );

    await screen.findByText(
      '10 tries of this kind, in 8 incidents. The period is that of the tries.',
    );
  });

  test('a row leads to its story and its person, and a settling one says so', async () => {
    await open(
      '/resets/incidents',
      someIncidents([
        anIncident(),
        anIncident({ id: 'x/2', person: null, outcome: 'abandoned', settling: true, reasons: [] }),
      ]),
    );
    const [first, second] = (await screen.findAllByRole('rowheader')).map(
      (head) => head.parentElement,
    );

    expect(first?.querySelector('a')?.getAttribute('href')).toBe('/resets/incidents/flow%3A1');
    expect(screen.getByRole('link', { name: 'Ada Able' }).getAttribute('href')).toBe('/people/a1');
    expect(textOf(second ?? undefined)).toContain('Not named by any record');
    expect(textOf(second ?? undefined)).toContain('still settling');
    expect(second?.querySelector('a')?.getAttribute('href')).toBe('/resets/incidents/x%2F2');
  });

  test('an empty list says so, and the way out takes the filters away', async () => {
    await open('/resets/incidents?kind=unlock', someIncidents([]));
    await screen.findByText('No incident matches these filters');
    await fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));

    expect(location.search).toBe('');
  });

  test.each([
    ['failed', refusal(503, 'unavailable', 'The database is busy.'), 'The database is busy.'],
    ['not collected', someIncidents([], { asOf: null }), 'Not collected'],
    ['loading', FOREVER, 'Reading Mar 30 – Jun 28, 2026…'],
  ])('%s is a sight of its own', async (_, answer, words) => {
    await open('/resets/incidents', answer);

    await screen.findByText(words);
  });
});
