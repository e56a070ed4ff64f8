import './dialogs.ts';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import ExclusionsPage from '../../web/pages/ExclusionsPage.svelte';
import { pageAt } from '../../web/pages/page-at.ts';
import { anExclusion, aRule } from './people-answers.ts';
import { refusal, show, textOf } from './show.ts';

const ANSWERS = {
  '/exclusions': {
    exclusions: [
      anExclusion(),
      aRule({ until: '2026-12-01' }),
      anExclusion({ id: '3', state: 'ended', endedOn: '2026-05-01', people: 0 }),
    ],
    people: 13,
  },
};

const NONE = { '/exclusions': { exclusions: [], people: 0 } };

beforeEach(() => localStorage.setItem('author', 'Ines'));

const click = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name }));

describe('the list of exclusions', () => {
  test('has a page of its own', async () => {
    const { default: page } = await pageAt('/people/exclusions').load();
    expect(page).toBe(ExclusionsPage);
  });

  test('says who, why, by whom, since, until and in which state, and leads to the people', async () => {
    await show(ExclusionsPage, { at: '/people/exclusions', answers: ANSWERS });

    await screen.findByText('13 people are left out of the population by 2 exclusions');
    const rows = screen.getAllByRole('row').map((row) => [...row.children].map((c) => textOf(c)));
    expect(rows[1]?.slice(0, 4)).toEqual([
      'Quill Testerman q.testerman@larkfield.example',
      'On leave by Ines',
      'Jun 20, 2026 no expiry',
      'Active',
    ]);
    expect(rows[2]?.slice(0, 4)).toEqual([
      'Sign-in name starts with “svc-”',
      'Service accounts by Ines',
      'Jun 20, 2026 counts again from Dec 1, 2026',
      'Active',
    ]);
    expect(rows[3]?.[3]).toBe('Ended');
    expect(
      screen.getByRole('link', { name: /^12 people left out: Sign-in name/ }).getAttribute('href'),
    ).toBe('/people?exclusion=2&excluded=true');
    expect(screen.getAllByRole('button', { name: /^End exclusion/ })).toHaveLength(2);
  });

  test('ends one only after a second look, and reads the list again', async () => {
    const { asked } = await show(ExclusionsPage, {
      answers: { ...ANSWERS, 'DELETE /exclusions/2': aRule({ state: 'ended' }) },
    });
    await click('End exclusion of Sign-in name starts with “svc-”');
    const dialog = screen.getByRole('dialog', { name: 'End this exclusion?' });
    expect(textOf(dialog)).toContain('12 people count again from today on');
    expect(asked.filter(({ address }) => address.includes('/exclusions/'))).toEqual([]);

    await fireEvent.click(within(dialog).getByRole('button', { name: 'End it' }));
    await screen.findByText('Ended: Sign-in name starts with “svc-”.');
    expect(asked.at(-1)?.address).toBe('/api/v1/exclusions');
  });

  test('says why one could not be ended', async () => {
    await show(ExclusionsPage, {
      answers: {
        ...ANSWERS,
        'DELETE /exclusions/1': refusal(409, 'conflict', 'This exclusion is over already.'),
      },
    });
    await click('End exclusion of Quill Testerman');
    await click('End it');

    expect(textOf(await screen.findByRole('alert'))).toBe('This exclusion is over already.');
  });

  test('is empty in words, with the way to the first one', async () => {
    await show(ExclusionsPage, { answers: NONE });
    expect(await screen.findByText('No exclusion so far')).toBeTruthy();
  });
});

describe('a new rule', () => {
  const MATCHES = {
    people: 2,
    examples: [
      { id: 's1', name: 'svc-print', userPrincipalName: 'svc-print@larkfield.example' },
      { id: 's2', name: null, userPrincipalName: 'svc-scan@larkfield.example' },
    ],
  };
  const type = (label: string, value: string) =>
    fireEvent.input(screen.getByLabelText(label), { target: { value } });

  test('is saved only after one has seen whom it matches, as it stands', async () => {
    const { asked } = await show(ExclusionsPage, {
      answers: {
        ...NONE,
        'POST /exclusions/preview': MATCHES,
        'POST /exclusions': { exclusions: [aRule()], people: 2 },
      },
    });
    await type('Text', ' svc- ');
    await click('See whom it matches');

    const seen = await screen.findByText('2 people match');
    expect(textOf(seen.parentElement as HTMLElement)).toBe(
      '2 people match now: Sign-in name starts with “svc-”. svc-print, svc-scan@larkfield.example',
    );
    const rule = { field: 'userPrincipalName', match: 'starts_with', value: 'svc-' };
    expect(asked.at(-1)?.body).toEqual({ rule });

    await type('Text', 'svc');
    expect(screen.queryByRole('button', { name: /^Exclude/ })).toBeNull();
    await type('Text', 'svc-');
    await type('Why', 'Service accounts');
    await click('Exclude 2 and whoever matches later');

    await screen.findByText('2 people have left the population.');
    expect(asked.findLast(({ body }) => body)?.body).toEqual({
      rule,
      reason: 'Service accounts',
      author: 'Ines',
    });
    await vi.waitFor(() => expect(screen.getByLabelText('Text')).toHaveProperty('value', ''));
  });

  test('says what the server says of it', async () => {
    await show(ExclusionsPage, {
      answers: {
        ...NONE,
        'POST /exclusions/preview': refusal(400, 'invalid', 'rule.value: must not be empty'),
      },
    });
    await screen.findByText('No exclusion so far');
    await fireEvent.submit(screen.getByLabelText('Text').closest('form') as HTMLFormElement);

    expect(textOf(await screen.findByRole('alert'))).toBe('rule.value: must not be empty');
  });
});
