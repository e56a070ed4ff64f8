import './dialogs.ts';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChartSpec } from '../../web/charts/spec.ts';
import { instantLong, instantText } from '../../web/format.ts';
import AlertPage from '../../web/pages/AlertPage.svelte';
import { pageAt } from '../../web/pages/page-at.ts';
import { chanceText } from '../../web/words/security/alerts.ts';
import { snoozedUntil } from '../../web/words/security/quiet.ts';
import { anAlert, anAlertAnswer, aQuietOne, someEvidence } from './alert-answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

const drawn: ChartSpec[] = vi.hoisted(() => []);
vi.mock('../../web/charts/chart.svelte.ts', () => ({
  drawn: (spec: () => ChartSpec) => () => {
    drawn.push(spec());
  },
}));

beforeEach(() => {
  localStorage.setItem('author', 'Ines');
  drawn.length = 0;
});

const open = (answer: unknown = anAlertAnswer(), more: Record<string, unknown> = {}) =>
  show(AlertPage, {
    at: '/security/alerts/7?period=4w',
    answers: { '/alerts/7': answer, ...more },
    props: { id: '7' },
  });

const at = (instant: string) => instantText(instant, 'UTC');
const panel = async (name: string | RegExp) =>
  (await screen.findByRole('heading', { name })).closest('article') as HTMLElement;
const cellsOf = (row: HTMLElement) => [...row.children].map((cell) => textOf(cell)).join(' ');
const click = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name }));

describe('the page of one alert', () => {
  test('has an address of its own', async () => {
    const { load, props } = pageAt('/security/alerts/7');
    expect((await load()).default).toBe(AlertPage);
    expect(props).toEqual({ id: '7' });
  });

  test('says in its head how bad it is, since when, for whom, against what, and why it looks like that', async () => {
    await open();
    await screen.findByRole('heading', { level: 1, name: anAlert().title });

    const head = screen.getByRole('article', { name: 'How it stands' });
    expect(textOf(head)).toContain(`Critical Open since ${at('2026-06-28T01:00:00Z')}`);
    expect(textOf(head)).toContain('for Security');
    expect(textOf(head)).toContain(
      'Looks like an attack, because few addresses hold most of the failures: 5 addresses tried 240 people.',
    );
    expect(textOf(head)).toContain('All of the addresses are new.');
    expect(textOf(head)).toContain(
      'Failed verifications: 250 seen, 2.4 usual, unusual from 9; by chance alone 1 in 2,500,000.',
    );
    expect(textOf(head)).toContain('Failed verifications are inferred: Microsoft logs no wrong');
  });

  test('of people who can no longer reset, leads to their list, and tells of nobody who failed', async () => {
    const evidence = someEvidence({ series: [], people: 0, addresses: 0, explainedBy: [] });
    const alert = anAlert({ rule: 'capability_lost', evidence });
    await open(anAlertAnswer({ alert, people: [], peopleTotal: 0, addresses: [] }));

    const head = await screen.findByRole('article', { name: 'How it stands' });
    expect(textOf(head)).toContain('the list that What to do next leads to names them');
    expect(textOf(head)).not.toMatch(/\b0 people|inferred/);
    expect(screen.queryByText(/it is about|No record names anybody/)).toBeNull();
  });

  test('says what to do next in order, and where the numbers are', async () => {
    await open();

    const next = await panel('What to do next');
    expect(
      within(next)
        .getAllByRole('listitem')
        .slice(0, 2)
        .map((item) => textOf(item)),
    ).toEqual(['Block the addresses.', 'Call the people whose reset went through.']);
    expect(
      within(next).getByRole('link', { name: 'The failed verifications' }).getAttribute('href'),
    ).toBe('/security/failures?period=own&first=2026-06-28&last=2026-06-28');
  });

  test('resets that went through come first, and are not mentioned where there are none', async () => {
    const through = {
      incidentId: 'flow:9',
      person: { id: 'b1', name: 'Ben Best', userPrincipalName: null },
      at: '2026-06-28T02:00:00.000Z',
      address: '198.51.100.7',
      newAddress: true,
      admin: true,
    };
    await open(
      anAlertAnswer({ alert: anAlert({ evidence: someEvidence({ through: [through] }) }) }),
    );

    const loud = await screen.findByRole('heading', { name: /1 reset went through/ });
    const others = screen.getAllByRole('heading', { level: 2 });
    expect(others[0]).toBe(loud);
    const text = textOf(loud.closest('section') as HTMLElement);
    expect(text).toContain('Ben Best Admin');
    expect(text).toContain(instantLong(through.at, 'UTC'));
    expect(text).toContain('198.51.100.7 never seen for this person before');
    expect(screen.getByRole('link', { name: 'The whole incident' }).getAttribute('href')).toBe(
      '/resets/incidents/flow%3A9?period=4w',
    );

    document.body.replaceChildren();
    await open();
    await panel('What to do next');
    expect(screen.queryByText(/went through: find out/)).toBeNull();
  });

  test('draws what was counted around it, a gap for what was not collected, and marks the worst hour', async () => {
    await open();
    await screen.findByRole('heading', {
      name: `${at('2026-06-28T01:00:00Z')}: 250, against 2.4 usually`,
    });

    const spec = drawn.at(-1);
    expect(spec?.series.map(({ name, values }) => ({ name, values }))).toEqual([
      { name: 'Failed verifications', values: [2, 250, null, 1] },
    ]);
    expect(spec?.gaps).toEqual([{ from: 2, to: 2 }]);
    expect(spec?.mark).toEqual({ index: 1, text: `${at('2026-06-28T01:00:00Z')}: 250` });
    expect(spec?.titles[1]).toContain('(within the alert): expected 2, unusual from 9');
    expect(screen.getByRole('img').getAttribute('aria-label')).toContain('Bars by hour');
  });

  test('says who and what explains it, what is new, and how usual the rest would be', async () => {
    await open();

    const byAddress = await panel(/^2 addresses make/);
    expect(textOf(byAddress)).toContain(
      '2 addresses make 91.0 % of it, 1 of them never seen before',
    );
    const rows = within(byAddress).getAllByRole('row').map(cellsOf);
    expect(rows[1]).toBe('198.51.100.7 new 60 0 1 in 2,000');
    expect(rows[2]).toBe('198.51.100.8 50 0.2 nothing else is usual');

    const byPerson = await panel(/^1 person makes/);
    expect(within(byPerson).getByRole('link', { name: 'Ada Able' }).getAttribute('href')).toBe(
      '/people/a1?period=4w',
    );
  });

  test('says which counts and rules raised it, with thresholds and when they were learned', async () => {
    await open();

    const fired = await panel('1 unusual count, 2 rules fired');
    const items = within(fired)
      .getAllByRole('listitem')
      .map((item) => textOf(item));
    expect(items[0]).toContain(
      'Critical Failed verifications: 250 against 2.4 usually, by chance 1 in 2,500,000.',
    );
    expect(items[1]).toContain(
      'Alert One address, many people: 60, fires from 6 (learned to Jun 27, 2026). 198.51.100.7',
    );
    expect(items[2]).toContain('fires from 3 (typed in, or the floor for want of history)');
  });

  test('names the method that fell, where one did', async () => {
    await open();
    const health = await panel(/^Mobile SMS: 10\.0\s% pass, 90\.0\s% usually$/);
    expect(cellsOf(within(health).getAllByRole('row')[2] as HTMLElement)).toBe(
      'Email 90.0 % 9 of 10 90.0 % 90 of 100',
    );
  });

  test('shows the people, how many more there are, and their story before, within and after', async () => {
    await open();

    const people = await panel('240 people it is about');
    expect(textOf(people)).toContain('the first 1;');
    expect(textOf(people)).toContain('Ada Able Admin a1@larkfield.example');
    expect(textOf(people)).toContain('4 failed verifications Mobile SMS, Email');
    expect(textOf(people)).toContain('Before, within and after: 2 events');
    expect(textOf(people)).toContain(
      `${at('2026-06-27T09:00:00Z')} before Changed the security info: added a phone.`,
    );
    expect(
      within(people)
        .getByRole('link', { name: /the incident/ })
        .getAttribute('href'),
    ).toBe('/resets/incidents/flow%3A1?period=4w');
  });

  test('shows the addresses: first seen, resets through, of the company', async () => {
    await open();

    const addresses = await panel(/addresses it is about/);
    expect(textOf(addresses)).toContain(
      '2 addresses it is about: 1 first seen in it, 1 of the company',
    );
    const rows = within(addresses).getAllByRole('row').map(cellsOf);
    expect(rows[1]).toBe('198.51.100.7 first seen in this alert 58 60 1');
    expect(rows[2]).toBe(`203.0.113.9 company first seen ${at('2026-01-02T00:00:00Z')} 3 3 0`);
  });

  test('shows its history, what was sent of it, and changes of policy', async () => {
    await open();

    expect(textOf(await panel('What became of it'))).toContain('Raised Critical');
    expect(textOf(await panel('1 message sent, of 1'))).toContain('Sent Night desk: a new alert');
    expect(textOf(await panel('1 change of policy'))).toContain(
      'Jun 27, 2026 The policy of self-service reset was changed',
    );
  });

  test('says that there is no such alert', async () => {
    await open(refusal(404, 'not_found', 'There is no such alert.'));
    expect(textOf(await screen.findByRole('alert'))).toContain('There is no such alert.');
  });

  test('while it is read there is nothing to act on', async () => {
    await open(FOREVER);
    await screen.findByText('Reading the alert…');
    expect(screen.queryByRole('button', { name: 'Acknowledge…' })).toBeNull();
  });
});

describe('what one does with it', () => {
  test('it is acknowledged with a name and a note, and read again', async () => {
    const { asked } = await open(undefined, { 'POST /alerts/7/acknowledge': anAlertAnswer() });
    await click('Acknowledge…');
    await fireEvent.input(screen.getByLabelText(/What you know/), {
      target: { value: 'Blocked at the firewall' },
    });
    await click('Acknowledge');

    await screen.findByText('Acknowledged: nothing more is sent of it unless its level rises.');
    expect(asked.find(({ body }) => body)).toEqual({
      address: '/api/v1/alerts/7/acknowledge',
      body: { author: 'Ines', note: 'Blocked at the firewall' },
    });
    expect(asked.at(-1)?.address).toBe('/api/v1/alerts/7');
  });

  test('it is snoozed until the start of a day on the clocks of the tenant', async () => {
    const { asked } = await open(anAlertAnswer({ timeZone: 'Europe/Vienna' }), {
      'POST /alerts/7/snooze': anAlertAnswer(),
    });
    await click('Snooze…');
    await fireEvent.click(screen.getByLabelText('Until the start of a day'));
    await fireEvent.input(screen.getByLabelText('Day'), { target: { value: '2030-07-01' } });
    await click('Snooze');

    await screen.findByText(/^Snoozed until /);
    expect(asked.find(({ body }) => body)?.body).toEqual({
      author: 'Ines',
      until: '2030-06-30T22:00:00.000Z',
    });
  });

  test('an hour, four, and tomorrow morning are told from now', () => {
    const now = { day: '', nowMs: Date.parse('2026-06-28T21:30:00Z'), timeZone: 'Europe/Vienna' };
    expect(snoozedUntil('1h', now)).toBe('2026-06-28T22:30:00.000Z');
    expect(snoozedUntil('4h', now)).toBe('2026-06-29T01:30:00.000Z');
    expect(snoozedUntil('morning', now)).toBe('2026-06-29T05:00:00.000Z');
    expect(snoozedUntil('day', now)).toBeNull();
  });

  test('one of its subjects is kept quiet in every rule, with reason, author and expiry', async () => {
    const { asked } = await open(undefined, {
      'POST /alert-exclusions': { exclusions: [aQuietOne()] },
    });
    await click('Keep quiet…');
    await fireEvent.click(screen.getByLabelText('Only what is about one of its subjects'));
    const subjects = screen.getByLabelText('Subject') as HTMLSelectElement;
    expect([...subjects.options].map(({ text }) => text)).toEqual([
      'Address: 198.51.100.7',
      'Person: Ada Able',
      'Address: 198.51.100.8',
      'Address: 203.0.113.9',
    ]);
    await fireEvent.change(subjects, { target: { value: 'address:203.0.113.9' } });
    await fireEvent.change(screen.getByLabelText('In'), { target: { value: 'every' } });
    await fireEvent.input(screen.getByLabelText('Why'), { target: { value: 'Branch office' } });
    await fireEvent.input(screen.getByLabelText('Speaks again from'), {
      target: { value: '2030-07-01' },
    });
    await click('Keep quiet');

    await screen.findByText(/^Kept quiet until /);
    expect(asked.find(({ body }) => body)?.body).toEqual({
      subject: { kind: 'address', id: '203.0.113.9' },
      reason: 'Branch office',
      author: 'Ines',
      until: '2030-07-01T00:00:00.000Z',
    });
  });

  test('the whole rule is kept quiet where nothing else is chosen, and a refusal is said', async () => {
    const { asked } = await open(undefined, {
      'POST /alert-exclusions': refusal(400, 'invalid', 'until: must lie ahead'),
    });
    await click('Keep quiet…');
    await fireEvent.input(screen.getByLabelText('Why'), { target: { value: 'Test' } });
    await click('Keep quiet');

    expect(textOf(await screen.findByRole('alert'))).toBe('until: must lie ahead');
    expect(asked.find(({ body }) => body)?.body).toMatchObject({ rule: 'failed_verifications' });
  });

  test('one that is over can only be kept quiet for the next time', async () => {
    await open(
      anAlertAnswer({ alert: anAlert({ state: 'closed', endedAt: '2026-06-28T03:00:00.000Z' }) }),
    );
    await screen.findByText(/^Over since/);
    expect(screen.queryByRole('button', { name: /Acknowledge|Snooze/ })).toBeNull();
    screen.getByRole('button', { name: 'Keep quiet…' });
  });

  test('who acknowledged it is said, and it can still be snoozed', async () => {
    await open(
      anAlertAnswer({
        alert: anAlert({
          state: 'acknowledged',
          acknowledgedAt: '2026-06-28T03:30:00.000Z',
          acknowledgedBy: 'Nora',
        }),
      }),
    );
    await screen.findByText(/^Acknowledged .* by Nora: nothing more is sent/);
    expect(screen.queryByRole('button', { name: 'Acknowledge…' })).toBeNull();
    screen.getByRole('button', { name: 'Snooze…' });
  });
});

test('chances are told as one in so many, to two digits', () => {
  expect([0.3, 0.02, 0.0004567, 0, null].map(chanceText)).toEqual([
    '1 in 3',
    '1 in 50',
    '1 in 2,200',
    'under 1 in a billion',
    '–',
  ]);
});
