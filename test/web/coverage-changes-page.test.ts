import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import type { ChartSpec } from '../../web/charts/spec.ts';
import { periodText } from '../../web/format.ts';
import CoverageChangesPage from '../../web/pages/CoverageChangesPage.svelte';
import { refusal, show, textOf } from './show.ts';

const drawn: ChartSpec[] = vi.hoisted(() => []);
vi.mock('../../web/charts/chart.svelte.ts', () => ({
  drawn: (spec: () => ChartSpec) => () => {
    drawn.push(spec());
  },
}));

const state = (methods: string[], capable: boolean) => ({
  admin: false,
  enabled: true,
  registered: capable,
  capable,
  methods,
  reason: capable ? 'capable' : 'too_few_methods',
});

const MOVES = {
  buckets: [
    { start: '2026-06-15', gained: 12, lost: 3, arrived: 2, departed: 1, daysCollected: 7 },
    {
      start: '2026-06-22',
      gained: null,
      lost: null,
      arrived: null,
      departed: null,
      daysCollected: 0,
    },
  ],
};

const METHODS = {
  methods: ['mobilePhone', 'email'],
  families: ['mobile_phone', 'email'],
  days: [
    {
      day: '2026-06-27',
      population: 100,
      people: [60, 40],
      depth: [10, 50, 30, 10],
      only: [40, 10],
    },
    { day: '2026-06-28', population: null, people: null, depth: null, only: null },
    {
      day: '2026-06-29',
      population: 100,
      people: [50, 45],
      depth: [10, 45, 35, 10],
      only: [33, 12],
    },
  ],
};

const ANSWERS = {
  '/registration/moves': MOVES,
  '/registration/changes': {
    changes: [
      {
        day: '2026-06-16',
        person: {
          id: 'a-1',
          name: 'Ada Able',
          userPrincipalName: 'ada@example.org',
          department: 'Sales',
        },
        before: state(['mobilePhone', 'email'], true),
        after: state(['email'], false),
      },
    ],
    nextCursor: 'next',
    total: 3,
  },
  '/registration/methods/trend': METHODS,
  '/registration/joiners': {
    day: '2026-06-28',
    months: [
      {
        start: '2026-05-01',
        joined: 20,
        within7: { part: 5, whole: 20 },
        within14: { part: 8, whole: 20 },
        within30: { part: 9, whole: 18 },
      },
      {
        start: '2026-06-01',
        joined: 4,
        within7: { part: 1, whole: 2 },
        within14: { part: 0, whole: 0 },
        within30: { part: 0, whole: 0 },
      },
    ],
  },
};

const open = (answers: Record<string, unknown> = {}, at = '/coverage/changes') => {
  drawn.length = 0;
  return show(CoverageChangesPage, { at, answers: { ...ANSWERS, ...answers } });
};

describe('what changed in coverage', () => {
  test('says who gained and who lost, with the sign of the whole', async () => {
    await open();

    await screen.findByRole('heading', {
      name: '12 people gained the ability to reset and 3 people lost it: +10 with those who came and left',
    });
  });

  test('draws losses below zero, and a week that was not collected as a gap', async () => {
    await open();
    await screen.findByRole('heading', { name: /gained the ability/ });

    const moves = drawn.find(({ series }) => series.some(({ name }) => name === 'gained'));
    expect(moves?.series.map(({ name, values }) => [name, values])).toEqual([
      ['gained', [12, null]],
      ['arrived', [2, null]],
      ['lost', [-3, null]],
      ['departed', [-1, null]],
    ]);
    expect(moves?.gaps).toEqual([{ from: 1, to: 1 }]);
    expect(moves?.min).toBeLessThan(-4);
  });

  test('lists who lost it and what was taken away, with a link to the person', async () => {
    await open();

    const row = (await screen.findByRole('link', { name: 'Ada Able' })).closest('tr');
    expect(textOf(row as HTMLElement)).toContain('no longer registered; removed: Mobile phone');
    expect(textOf(row as HTMLElement)).toContain('Too few methods');
    expect(screen.getByRole('link', { name: 'Ada Able' }).getAttribute('href')).toBe('/people/a-1');
  });

  test('asks for the people of the bar that was clicked, and of the move that was chosen', async () => {
    const { asked } = await open({}, '/coverage/changes?bar=2026-06-15&move=gained');
    await screen.findByRole('link', { name: 'Ada Able' });

    const addresses = asked.map(({ address }) => address).filter((one) => one.includes('changes'));
    expect(addresses).toEqual([
      '/api/v1/registration/changes?first=2026-06-15&last=2026-06-21&move=gained&limit=25',
    ]);
  });

  test('takes a bar outside the period for none', async () => {
    const { asked } = await open({}, '/coverage/changes?bar=2019-01-01');
    await screen.findByRole('link', { name: 'Ada Able' });

    expect(asked.some(({ address }) => address.includes('2019'))).toBe(false);
  });

  test('shows people who depend on one family, each with a link to them', async () => {
    await open();

    await screen.findByRole('heading', {
      name: '45 people depend on one family of reset methods',
    });
    expect(screen.getByRole('link', { name: /^33 / }).getAttribute('href')).toBe(
      '/people?onlyFamily=mobile_phone',
    );
  });

  test('shows how soon joiners register, and what it is too early to tell', async () => {
    await open();

    const row = (await screen.findByRole('rowheader', { name: 'Jun 2026' })).closest('tr');
    expect(textOf(row as HTMLElement)).toBe(
      'Jun 2026450.0 % of 2– too early to tell– too early to tell',
    );
    await screen.findByRole('heading', {
      name: /^50\.0.% of new people were registered after 30 days, 27\.3.% after 7$/,
    });
  });

  test('says why a panel failed, and keeps the others', async () => {
    await open({ '/registration/moves': refusal(503, 'unavailable', 'Not now.') });

    await screen.findByText(/Not now/);
    await screen.findByRole('heading', { name: /depend on one family/ });
  });
});

describe('dated notes on a chart', () => {
  const NOTES = {
    annotations: [
      {
        id: '7',
        kind: 'campaign',
        day: '2026-06-16',
        lastDay: '2026-06-18',
        text: 'Registration week',
        source: null,
        author: 'Kim',
        createdAt: '2026-06-01T08:00:00.000Z',
      },
      {
        id: 'microsoft-1',
        kind: 'microsoft',
        day: '2026-06-20',
        lastDay: null,
        text: 'Directory numbers no longer count',
        source: 'https://example.org/notice',
        author: null,
        createdAt: null,
      },
    ],
  };

  test('are numbered on the chart and listed below it, with their source', async () => {
    await open({ '/annotations': NOTES });

    const items = await screen.findAllByText(/Registration week/);
    expect(textOf(items[0] as HTMLElement)).toContain(
      `${periodText({ first: '2026-06-16', last: '2026-06-18' })} · Campaign: Registration week`,
    );
    const [link] = screen.getAllByRole('link', { name: 'source' });
    expect(link?.getAttribute('href')).toBe('https://example.org/notice');
  });

  test('can be hidden on all charts, and shown again', async () => {
    await open({ '/annotations': NOTES });
    await screen.findAllByText(/Registration week/);

    const [hide] = screen.getAllByRole('button', { name: 'Hide notes' });
    await fireEvent.click(hide as HTMLElement);
    await vi.waitFor(() => expect(screen.queryByText(/Registration week/)).toBeNull());
    expect(localStorage.getItem('annotations')).toBe('hidden');

    await fireEvent.click(screen.getAllByRole('button', { name: 'Notes' })[0] as HTMLElement);
    await screen.findAllByText(/Registration week/);
  });

  test('can be taken away only where somebody wrote them', async () => {
    const { asked } = await open({
      '/annotations': NOTES,
      'DELETE /annotations/7': NOTES.annotations[0],
    });
    const [item] = await screen.findAllByText(/Registration week/);
    const list = item?.closest('ol') as HTMLElement;

    const [remove, ...others] = within(list).getAllByRole('button', { name: /^Remove/ });
    expect(others).toEqual([]);
    await fireEvent.click(remove as HTMLElement);
    await vi.waitFor(() =>
      expect(asked.map(({ address }) => address)).toContain('/api/v1/annotations/7'),
    );
  });

  test('are written in a dialog that says who writes', async () => {
    const { asked } = await open({ 'POST /annotations': NOTES.annotations[0] });
    HTMLDialogElement.prototype.showModal ??= () => undefined;
    const [add] = await screen.findAllByRole('button', { name: 'Add a note' });
    await fireEvent.click(add as HTMLElement);

    const fill = (name: string, value: string) =>
      fireEvent.input(screen.getByLabelText(name), { target: { value } });
    await fill('What happened', 'Posters in the lobby');
    await fill('Your name', 'Kim');
    await fireEvent.submit(screen.getByLabelText('What happened').closest('form') as HTMLElement);

    await vi.waitFor(() =>
      expect(asked.find(({ body }) => body !== undefined)?.body).toEqual({
        kind: 'note',
        day: '2026-06-28',
        text: 'Posters in the lobby',
        author: 'Kim',
      }),
    );
    await vi.waitFor(() => expect(localStorage.getItem('author')).toBe('Kim'));
  });
});
