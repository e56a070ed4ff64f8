import './dialogs.ts';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import PeoplePage from '../../web/pages/PeoplePage.svelte';
import { aCollection, aPerson, somePeople } from './answers.ts';
import { anExclusion, aPriority, NO_PRIORITY } from './people-answers.ts';
import { refusal, show, textOf } from './show.ts';

const LIST = somePeople(
  [
    aPerson({ note: 'On leave', manager: { id: 'm1', name: 'Sable Loremski' } }),
    aPerson({ id: '0b', name: 'Bramble Mockford' }),
  ],
  { total: 930 },
);
const ANSWERS = { '/priority': NO_PRIORITY, '/people': LIST };

const click = async (name: string | RegExp, role = 'button') =>
  fireEvent.click(await screen.findByRole(role, { name }));
const lastSent = (asked: { body: unknown }[]) => asked.findLast(({ body }) => body)?.body;
const listAsked = (asked: { address: string }[]) =>
  asked.filter(({ address }) => address.startsWith('/api/v1/people?')).length;

beforeEach(() => localStorage.clear());

describe('filters of the work-list', () => {
  test('every filter of the address is asked for; those no field shows are chips that take them away', async () => {
    const { asked } = await show(PeoplePage, {
      at: '/people?registered=false&enabled=true&admin=false&userType=guest&manager=m1&done=false&excluded=true&exclusion=7&method=fido2&families=1&onlyFamily=email&atRisk=2027-02-01&required=2&without=email,mobilePhone&sort=priority&page=2&cursor=x',
      answers: ANSWERS,
    });
    await screen.findAllByRole('row');

    expect(asked.find(({ address }) => address.startsWith('/api/v1/people?'))?.address).toBe(
      '/api/v1/people?registered=false&enabled=true&admin=false&userType=guest&manager=m1&done=false&excluded=true&exclusion=7&method=fido2&families=1&onlyFamily=email&atRisk=2027-02-01&required=2&without=email%2CmobilePhone&sort=priority&cursor=x&limit=50&facets=true',
    );
    expect(
      screen.getAllByRole('button', { name: /^Remove filter/ }).map((chip) => textOf(chip)),
    ).toEqual([
      'Not registered',
      'Enabled',
      'No admins',
      'Guests',
      'Manager: Sable Loremski',
      'Left out by exclusion 7',
      'Has Security key (FIDO2)',
      'One family of reset methods',
      'Only email',
      'Falls out on Feb 1, 2027, without Email, Mobile phone, two methods required',
    ]);

    await click(/Falls out on/);
    for (const name of ['atRisk', 'required', 'without', 'page', 'cursor'])
      expect(new URLSearchParams(location.search).has(name)).toBe(false);
    await click(/Left out by exclusion/);
    expect(new URLSearchParams(location.search).has('excluded')).toBe(false);
  });

  test('what the server would refuse is left out of the question', async () => {
    const { asked } = await show(PeoplePage, {
      at: '/people?required=2&without=email&families=9&onlyFamily=pager&atRisk=soon&exclusion=x&done=maybe',
      answers: ANSWERS,
    });
    await screen.findAllByRole('row');

    expect(asked.find(({ address }) => address.startsWith('/api/v1/people?'))?.address).toBe(
      '/api/v1/people?limit=50&facets=true',
    );
  });

  test('values carry the number of their people', async () => {
    await show(PeoplePage, { answers: ANSWERS });
    await screen.findAllByRole('row');

    const options = (label: string) =>
      [...screen.getByLabelText<HTMLSelectElement>(label).options].map((option) => textOf(option));
    expect(options('Registered')).toEqual([
      'Registered or not',
      'Registered (147)',
      'Not registered',
    ]);
    expect(options('User type')).toEqual(['Members', 'Guests (14)']);
    expect(textOf()).toContain('Excluded too (6)');
    expect(textOf(screen.getByRole('button', { name: /^Everybody/ }))).toBe('Everybody 200');
    expect(textOf(screen.getByRole('button', { name: /^Not covered/ }))).toBe('Not covered 80');
  });

  test('people not covered come in the order to chase them in, unless the address has another', async () => {
    await show(PeoplePage, { answers: ANSWERS });
    await click(/^Not covered/);
    expect(location.search).toBe('?capable=false&sort=priority');

    await click('Name');
    expect(location.search).toBe('?capable=false');
    await click(/^Calls expected/);
    expect(location.search).toBe('?capable=false&sort=priority');
    expect(
      screen.getByRole('columnheader', { name: /Calls expected/ }).getAttribute('aria-sort'),
    ).toBe('descending');
    expect(textOf()).toContain('930 people cannot reset their own password');
  });

  test('a chosen reason is explained, with who can change it and how', async () => {
    await show(PeoplePage, { at: '/people?reason=methods_not_accepted', answers: ANSWERS });
    await screen.findAllByRole('row');

    expect(textOf()).toContain('the passkey paradox');
    expect(textOf()).toContain('Who can change it: the person.');
  });
});

describe('chasing people', () => {
  test('leads to each person in Entra, in a real tenant only', async () => {
    const real = aCollection({
      tenant: { name: 'Larkfield', sample: false, adminCentre: 'https://portal.azure.us' },
    });
    await show(PeoplePage, { answers: { ...ANSWERS, '/collection': real } });

    const link = await screen.findByRole('link', { name: 'Entra: Bramble Mockford (new tab)' });
    expect(link.getAttribute('href')).toMatch(/UserAuthMethods\/userId\/0b$/);
  });

  test('asks who it is before the first mark, and marks at one click from then on', async () => {
    const { asked } = await show(PeoplePage, {
      answers: {
        ...ANSWERS,
        'PUT /people/0b/note': { note: null, done: true, author: 'Ines', changedAt: null },
        'PUT /people/0a/note': { note: 'On leave', done: true, author: 'Ines', changedAt: null },
      },
    });

    await click('Mark done: Bramble Mockford');
    const dialog = screen.getByRole('dialog', { name: 'Note on Bramble Mockford' });
    expect(within(dialog).getByRole('checkbox')).toHaveProperty('checked', true);
    await fireEvent.input(within(dialog).getByLabelText('Your name'), {
      target: { value: 'Ines' },
    });
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    await screen.findByText('Bramble Mockford: done.');
    expect(lastSent(asked)).toEqual({ note: null, done: true, author: 'Ines' });

    const before = listAsked(asked);
    await click('Mark done: Quill Testerman');
    await screen.findByText('Quill Testerman: done.');
    expect(lastSent(asked)).toEqual({ note: 'On leave', done: true, author: 'Ines' });
    await vi.waitFor(() => expect(listAsked(asked)).toBe(before + 1));
  });

  test('a refused note stays in the dialog, with the sentence of the server', async () => {
    await show(PeoplePage, {
      answers: {
        ...ANSWERS,
        'PUT /people/0a/note': refusal(404, 'not_found', 'There is nobody with this id.'),
      },
    });
    await click('Edit note: Quill Testerman');
    const dialog = screen.getByRole('dialog');
    await fireEvent.submit(dialog.querySelector('form') as HTMLFormElement);

    expect(textOf(await within(dialog).findByRole('alert'))).toBe('There is nobody with this id.');
  });

  test('selects people of the page and excludes them with reason, author and expiry', async () => {
    const { asked } = await show(PeoplePage, {
      answers: {
        ...ANSWERS,
        'POST /exclusions': { exclusions: [anExclusion()], people: 2 },
      },
    });
    await click('Select all on this page', 'checkbox');
    expect(textOf(screen.getByRole('group', { name: 'Selected people' }))).toMatch(
      /^2 selected of 930/,
    );
    await click('Select Quill Testerman', 'checkbox');
    expect(screen.getByLabelText('Select all on this page')).toHaveProperty('indeterminate', true);
    await click('Select Quill Testerman', 'checkbox');

    await click('Exclude with reason…');
    const dialog = screen.getByRole('dialog', { name: 'Exclude 2 people' });
    expect(textOf(dialog)).toContain('Quill Testerman, Bramble Mockford');
    const type = (label: string | RegExp, value: string) =>
      fireEvent.input(within(dialog).getByLabelText(label), { target: { value } });
    await type('Why', 'On leave');
    await type('Your name', 'Ines');
    await type(/^Counts again from/, '2026-09-01');
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Exclude' }));

    await screen.findByText(/2 people have left the population\./);
    expect(lastSent(asked)).toEqual({
      people: ['0a', '0b'],
      reason: 'On leave',
      author: 'Ines',
      until: '2026-09-01',
    });
    expect(screen.queryByRole('group', { name: 'Selected people' })).toBeNull();
    expect(localStorage.getItem('author')).toBe('Ines');
  });

  test('another list forgets who was selected', async () => {
    await show(PeoplePage, { answers: ANSWERS });
    await click('Select Quill Testerman', 'checkbox');
    await click(/^Too few methods/);

    await vi.waitFor(() =>
      expect(screen.queryByRole('group', { name: 'Selected people' })).toBeNull(),
    );
  });

  test('gives the same list by manager, each with a CSV of its own', async () => {
    const { asked } = await show(PeoplePage, {
      at: '/people?capable=false&manager=m9&sort=priority',
      answers: {
        ...ANSWERS,
        '/managers': {
          day: '2026-06-28',
          managers: [
            { id: 'm1', name: 'Sable Loremski', people: 41 },
            { id: null, name: null, people: 7 },
          ],
          total: 2,
        },
      },
    });
    await click('By manager…');

    const csv = await screen.findByRole('link', { name: 'CSV: Sable Loremski' });
    expect(asked.findLast(({ address }) => address.includes('managers'))?.address).toBe(
      '/api/v1/managers?capable=false',
    );
    expect(csv.getAttribute('href')).toBe(
      '/api/v1/people.csv?capable=false&manager=m1&sort=priority',
    );
    await click('No manager');
    expect(new URLSearchParams(location.search).get('manager')).toBe('');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('who will call next', () => {
  const panel = () => textOf(document.querySelector('details.priority') as HTMLElement);

  test('says the basis, how few people make most calls, and how good the order was', async () => {
    await show(PeoplePage, { answers: { ...ANSWERS, '/priority': aPriority() } });
    await screen.findByText(/^The top 10/);

    expect(panel()).toContain('The top 10 % of people made 41.0 % of the 1,000 calls');
    expect(panel()).toContain(
      'Fitted on your own history. 212 calls expected in 90 days from 4,820',
    );
    expect(panel()).toContain('had 88 of the 240 calls of the days after');
    expect(panel()).toContain('Longest unregistered first would have had 51, drawing lots 24.');
    const rows = [...document.querySelectorAll('details.priority tbody tr')].map((row) =>
      [...row.children].map((cell) => textOf(cell)),
    );
    expect(rows).toContainEqual(['top 10 %', '482', '410', '41.0 %', '25.0 %']);
    expect(rows).toContainEqual(['A reset by an admin in 90 days', '× 2.40']);
    expect(rows).toContainEqual(['top 10 %', '88', '51', '24']);
    expect(rows).toContainEqual(['1', '482', '80.25', '88']);
  });

  test('says why weights are stated and why there is no test', async () => {
    await show(PeoplePage, {
      answers: {
        ...ANSWERS,
        '/priority': aPriority({
          basis: 'stated',
          whyStated: 'Only 12 calls are on record.',
          concentration: null,
          backtest: null,
          whyNoBacktest: 'The history is 40 days long; 180 are needed.',
        }),
      },
    });
    await screen.findByText(/order by stated weights/);

    expect(panel()).toContain('By stated weights, not fitted: Only 12 calls are on record.');
    expect(panel()).toContain('No calls are on record');
    expect(panel()).toContain('Not tested yet: The history is 40 days long; 180 are needed.');
  });

  test('says so where nothing has been worked out, and why it could not be read', async () => {
    await show(PeoplePage, { answers: ANSWERS });
    await screen.findByText('Not worked out yet');
    expect(panel()).toContain('Until then the list can only be ordered by name.');
  });
});
