import './dialogs.ts';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import PeoplePage from '../../web/pages/PeoplePage.svelte';
import PersonPage from '../../web/pages/PersonPage.svelte';
import { aCollection, aPerson, somePeople } from './answers.ts';
import { NO_PRIORITY } from './people-answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

const LIST = somePeople(
  [
    aPerson({
      manager: { id: 'm1', name: 'Sable Loremski' },
      priority: 0.267,
      lastSignInAt: '2026-06-20T23:30:00.000Z',
      stateSince: '2025-11-02',
      note: 'On leave',
      done: true,
    }),
    aPerson({
      id: '0b',
      name: null,
      methods: null,
      reason: 'unknown',
      department: null,
      country: null,
    }),
  ],
  { total: 120, nextCursor: 'after-0b' },
);

const lastAsked = (asked: { address: string }[]) =>
  asked.findLast(({ address }) => address.includes('/people'))?.address;

describe('the list of people', () => {
  test('shows who it is, why not covered and with which methods', async () => {
    await show(PeoplePage, { answers: { '/priority': NO_PRIORITY, '/people': LIST } });

    const rows = (await screen.findAllByRole('row')).map((row) =>
      [...row.children].map((cell) => textOf(cell)),
    );
    expect(rows[0]?.slice(1)).toEqual([
      'Name',
      'Department, countryManager',
      'Reason',
      'Methods',
      'Calls expectedin 90 days',
      'Last sign-in',
      'Note',
    ]);
    expect(rows[1]?.slice(1)).toEqual([
      'Quill Testerman q.testerman@larkfield.example',
      'Logistics Austria Manager: Sable Loremski',
      'Nothing registered The person since Nov 2, 2025',
      'None',
      '0.27 calls in 90 days',
      expect.stringMatching(/^Signed in Jun 20/),
      'Done On leave Not done Edit note',
    ]);
    expect(rows[2]?.slice(2, 7)).toEqual([
      '–',
      'Unknown Look at the record',
      'Not known',
      '– calls in 90 days',
      '–',
    ]);
    expect(textOf()).toContain('1–2 of 120, by name');
  });

  test('asks for what the address says, and shows it in the filters', async () => {
    const { asked } = await show(PeoplePage, {
      at: '/people?capable=false&department=&search=quill&reason=unknown',
      answers: { '/priority': NO_PRIORITY, '/people': LIST },
    });

    await screen.findAllByRole('row');
    expect(lastAsked(asked)).toBe(
      '/api/v1/people?reason=unknown&capable=false&department=&search=quill&limit=50&facets=true',
    );
    expect(screen.getByLabelText('Search by name or sign-in name')).toHaveProperty(
      'value',
      'quill',
    );
    expect(textOf(screen.getByLabelText<HTMLSelectElement>('Department').selectedOptions[0])).toBe(
      'No department (4)',
    );
  });

  test('a reason is a chip with its count; choosing it changes the address and starts at page one', async () => {
    await show(PeoplePage, {
      at: '/people?cursor=x&page=3',
      answers: { '/priority': NO_PRIORITY, '/people': LIST },
    });

    await fireEvent.click(await screen.findByRole('button', { name: /Too few methods 27/ }));

    expect(location.search).toBe('?reason=too_few_methods&sort=priority');
  });

  test('typing asks once, when it pauses', async () => {
    const { asked } = await show(PeoplePage, {
      answers: { '/priority': NO_PRIORITY, '/people': LIST },
    });
    await screen.findAllByRole('row');
    const field = screen.getByLabelText('Search by name or sign-in name');
    const before = asked.length;

    for (const value of ['q', 'qu', 'qui']) await fireEvent.input(field, { target: { value } });
    await vi.waitFor(() => expect(location.search).toBe('?search=qui'));
    await vi.waitFor(() => expect(asked.length).toBe(before + 1));
  });

  test('goes to the next page and back', async () => {
    const { asked } = await show(PeoplePage, {
      at: '/people?country=Austria',
      answers: { '/priority': NO_PRIORITY, '/people': LIST },
    });

    await fireEvent.click(await screen.findByRole('button', { name: 'Next' }));
    expect(location.search).toBe('?country=Austria&cursor=after-0b&page=2');
    await vi.waitFor(() => expect(lastAsked(asked)).toContain('cursor=after-0b'));

    await fireEvent.click(await screen.findByRole('button', { name: 'Previous' }));
    expect(location.search).toBe('?country=Austria');
  });

  test('offers the same list as CSV', async () => {
    await show(PeoplePage, {
      at: '/people?country=Austria',
      answers: { '/priority': NO_PRIORITY, '/people': LIST },
    });

    const link = await screen.findByRole('link', { name: 'CSV of 120' });
    expect(link.getAttribute('href')).toBe('/api/v1/people.csv?country=Austria');
  });

  test('nobody found is one sentence why, that the list is complete, and one way out', async () => {
    await show(PeoplePage, {
      at: '/people?search=zebulon',
      answers: { '/priority': NO_PRIORITY, '/people': somePeople([]) },
    });

    expect(await screen.findByText('Nobody matches these filters')).toBeTruthy();
    expect(textOf()).toContain('The list itself is complete');
    const [clear] = screen.getAllByRole('button', { name: 'Clear filters' });
    if (clear) await fireEvent.click(clear);
    expect(location.search).toBe('');
  });

  test('says what it is reading, and why it failed', async () => {
    await show(PeoplePage, { answers: { '/priority': NO_PRIORITY, '/people': FOREVER } });
    expect(await screen.findByText('Reading the list of people…')).toBeTruthy();
  });

  test('says why it failed', async () => {
    await show(PeoplePage, {
      answers: {
        '/priority': NO_PRIORITY,
        '/people': refusal(403, 'forbidden', 'Names need the role Operator.'),
      },
    });
    expect(textOf(await screen.findByRole('alert'))).toBe(
      'Not permitted Names need the role Operator.',
    );
  });
});

describe('the page of a person', () => {
  const STORY = {
    person: aPerson({
      methods: ['microsoftAuthenticatorPush', 'softwareOneTimePasscode', 'fido2'],
      manager: { id: 'm1', name: 'Sable Loremski' },
      note: 'Back in August',
    }),
    exclusions: [
      {
        id: '7',
        reason: 'On leave',
        author: 'Ada',
        firstDay: '2026-02-01',
        lastDay: '2026-03-31',
      },
    ],
    office: null,
    company: 'Larkfield GmbH',
    userType: null,
    createdAt: '2024-03-02T08:00:00.000Z',
    accountEnabled: null,
    inSnapshot: true,
    registrationChanges: [
      { day: '2026-05-02', takenAt: '2026-05-02T04:00:00.000Z', state: null },
      {
        day: '2026-01-01',
        takenAt: '2026-01-01T04:00:00.000Z',
        state: {
          admin: false,
          enabled: true,
          registered: true,
          capable: true,
          methods: ['email'],
          reason: 'capable',
        },
      },
    ],
    flows: [
      {
        id: 'f1',
        startedAt: '2026-06-01T07:02:11.000Z',
        lastAt: '2026-06-01T07:04:25.000Z',
        outcome: 'completed',
        steps: [
          { method: 'mobile SMS', startedAt: '2026-06-01T07:02:30.000Z', passed: false },
          { method: 'email', startedAt: '2026-06-01T07:03:00.000Z', passed: true },
        ],
        records: [
          {
            at: '2026-06-01T07:02:11.000Z',
            activity: 'Reset password (self-service)',
            reason: 'OK then',
            result: 'success',
          },
        ],
      },
    ],
    adminResets: [
      { at: '2026-05-03T07:10:00.000Z', kind: 'counted', incidentId: null },
      { at: '2024-03-02T08:03:00.000Z', kind: 'first_password', incidentId: null },
    ],
  };

  test('tells the story: state, changes, tries with steps and records, resets by admins', async () => {
    await show(PersonPage, {
      at: '/people/0a',
      answers: { '/people/0a': STORY },
      props: { id: '0a' },
    });

    await screen.findByText('In the last snapshot');
    const text = textOf();
    expect(text).toContain('Cannot reset the password without help: nothing registered.');
    expect(text).toContain('Families for resets 1');
    expect(text).toContain('No longer in the report');
    expect(text).toContain('mobile SMS not passed, then email passed');
    expect(text).toContain('Reset password (self-service): OK then');
    expect(text).toContain('straight to the desk');
    expect(text).toContain('First password of a new account');
    expect(text).toContain('Who can change it: the person.');
    expect(text).toContain('On leave Excluded Feb 1, 2026 to Mar 31, 2026, by Ada');
    expect(text).toContain('Back in August');
    const manager = screen.getByRole('link', { name: 'Sable Loremski' });
    expect(manager.getAttribute('href')).toBe('/people?manager=m1');
    expect(screen.queryByRole('link', { name: 'Open in Entra' })).toBeNull();
  });

  test('leads to the person in Entra where the tenant is a real one', async () => {
    await show(PersonPage, {
      answers: {
        '/collection': aCollection({
          tenant: { name: 'Larkfield', sample: false, adminCentre: 'https://portal.azure.us' },
        }),
        '/people/0a': STORY,
      },
      props: { id: '0a' },
    });

    const link = await screen.findByRole('link', { name: 'Open in Entra' });
    expect(link.getAttribute('href')).toBe(
      'https://portal.azure.us/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/UserAuthMethods/userId/0a',
    );
  });

  test('writes a note and the done mark with the name of who writes, and reads the story again', async () => {
    localStorage.setItem('author', 'Ines');
    const { asked } = await show(PersonPage, {
      answers: {
        '/people/0a': STORY,
        'PUT /people/0a/note': { note: 'Called', done: true, author: 'Ines', changedAt: null },
      },
      props: { id: '0a' },
    });

    await fireEvent.click(await screen.findByRole('button', { name: 'Edit note or done mark' }));
    const dialog = screen.getByRole('dialog');
    const note = within(dialog).getByLabelText('Note');
    expect(note).toHaveProperty('value', 'Back in August');
    await fireEvent.input(note, { target: { value: ' Called ' } });
    await fireEvent.click(within(dialog).getByRole('checkbox'));
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }));

    await vi.waitFor(() =>
      expect(asked.findLast(({ body }) => body)?.body).toEqual({
        note: 'Called',
        done: true,
        author: 'Ines',
      }),
    );
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await vi.waitFor(() => expect(asked.at(-1)?.address).toBe('/api/v1/people/0a'));
  });

  test('somebody nobody knows is not found, not empty', async () => {
    await show(PersonPage, {
      answers: { '/people/zz': refusal(404, 'not_found', 'No person with this id is known.') },
      props: { id: 'zz' },
    });

    expect(textOf(await screen.findByRole('alert'))).toBe(
      'Not found No person with this id is known.',
    );
  });
});
