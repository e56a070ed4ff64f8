import './dialogs.ts';
import './match-media.ts';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChartSpec } from '../../web/charts/spec.ts';
import DeflectionPage from '../../web/pages/DeflectionPage.svelte';
import { pageAt } from '../../web/pages/page-at.ts';
import {
  aDeflectionTrend,
  aMonth,
  anAnswer,
  calibrated,
  NO_MONTH,
  someAssumptions,
} from './deflection-answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

const drawn: ChartSpec[] = vi.hoisted(() => []);
vi.mock('../../web/charts/chart.svelte.ts', () => ({
  drawn: (spec: () => ChartSpec) => () => {
    drawn.push(spec());
  },
}));

const MONTHS = [
  aMonth({ month: '2026-03' }),
  aMonth({ month: '2026-04', ...NO_MONTH }),
  aMonth({ month: '2026-05' }),
  aMonth({
    month: '2026-06',
    daysCollected: 28,
    days: 30,
    avoided: { low: 90, likely: 130, high: 170 },
    tickets: null,
  }),
];

const ANSWERS = {
  '/deflection': anAnswer(),
  '/deflection/trend': aDeflectionTrend(MONTHS),
};

const open = (answers: Record<string, unknown> = {}, at = '/deflection?compare=none') => {
  drawn.length = 0;
  return show(DeflectionPage, { at, answers: { ...ANSWERS, ...answers } });
};

const tile = (name: string) =>
  textOf(screen.getByRole('heading', { name }).closest('.tile') ?? undefined);

beforeEach(() => localStorage.setItem('author', 'Ines'));

describe('the answer', () => {
  test('has a page in the menu', async () => {
    const { default: page } = await pageAt('/deflection').load();
    expect(page).toBe(DeflectionPage);
  });

  test('begins with ratios that need no assumption, each as part of its whole', async () => {
    await open();
    await screen.findByRole('heading', { name: 'Self-service share' });

    expect(tile('Self-service share')).toContain('84.0 % 840 of 1,000 cases that ended');
    expect(tile('Reset success')).toContain('85.7 % 840 of 980 settled incidents');
    expect(tile('Unserved who ended at the desk')).toContain('42.9 % 60 of 140 not self-served');
    expect(tile('Admin resets per 1,000 people')).toContain('25 125 among 5,000 people');
  });

  test('is a range with its likely value and its grade, never a number alone', async () => {
    await open();

    await screen.findByText(/^Between 410 and 690 tickets were avoided, likely 560, by assumption/);
    const headline = textOf(
      screen.getByRole('button', { name: 'Tickets avoided' }).closest('.tile') ?? undefined,
    );
    expect(headline).toContain('Tickets avoided By assumption 410 to 690 likely 560');
    expect(
      screen.getByRole('img', {
        name: 'Tickets avoided: 410 to 690, likely 560; self-served, the naive count: 840',
      }),
    ).toBeTruthy();
    expect(headline).toContain('would claim 50 % more');
    expect(headline).toContain('12 incidents of the last days are still settling and are left out');
  });

  test('asks for tickets with the reason, and for the own cost of a ticket', async () => {
    await open();

    await screen.findByText('By assumption: import tickets to make it yours');
    expect(textOf()).toContain('No tickets are imported.');
    expect(screen.getByRole('link', { name: 'Import tickets' }).getAttribute('href')).toBe(
      '/deflection/tickets?compare=none',
    );
    screen.getByText('Put in your own cost of a ticket before you show the money');
  });

  test('keeps desk and people apart, rounds money and says why there is none', async () => {
    await open();
    await screen.findByRole('heading', { name: 'Desk saving' });

    expect(tile('Desk saving')).toContain(
      '$3,500 to $24,900 likely $10,400 52 to 171 desk hours not worked, likely 98',
    );
    expect(tile("People's time, kept apart")).toContain('101 to 377 hours, likely 205');
    expect(tile("People's time, kept apart")).toContain('No hourly rate of people is given.');
    expect(tile('After costs')).toContain('– no running cost is given');
    expect(tile('More coverage could still avoid')).toContain(
      '31 to 62 likely 48 of 90 admin resets of people who are not covered; not part of',
    );
  });

  test('takes the running cost off, and says where the setup cost is', async () => {
    const { saving } = anAnswer();
    const costs = {
      net: { low: 3200, likely: 10100, high: 24500 },
      paybackMonths: { low: 1, likely: 2, high: 5 },
      paybackWhy: null,
    };
    await open({ '/deflection': anAnswer({ saving: saving && { ...saving, ...costs } }) });
    await screen.findByRole('heading', { name: 'After costs' });

    expect(tile('After costs')).toContain('after running costs; the setup cost is in the payback');
    expect(tile('After costs')).toContain('Paid back in 1 to 5 months, likely 2');
  });

  test('says what is wrong with the own minutes and rate by the names of the fields', async () => {
    const problem = 'set.money.handleMinutes: low, likely and high must be in that order';
    await open({ 'PUT /assumptions': refusal(400, 'invalid', problem) });
    await fireEvent.click(await screen.findByRole('button', { name: 'Put in minutes and rate' }));
    const dialog = within(screen.getByRole('dialog'));
    const save = async (label: string, value: string) => {
      await fireEvent.input(dialog.getByLabelText(label), { target: { value } });
      await fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
    };

    await save('An hour of the desk costs', '-5');
    await dialog.findByText('An hour of the desk costs: must be 0 or more.');
    await save('An hour of the desk costs', '40');
    await dialog.findByText('Handle minutes: low, likely and high must be in that order');
    await save('At least', '30');
    await dialog.findByText('Handle minutes: at least, usually and at most must be in that order.');
  });

  test('takes the own minutes and rate as a new version of the assumptions', async () => {
    const { asked } = await open({ 'PUT /assumptions': someAssumptions() });
    await fireEvent.click(await screen.findByRole('button', { name: 'Put in minutes and rate' }));
    const dialog = within(screen.getByRole('dialog'));
    await fireEvent.input(dialog.getByLabelText('An hour of the desk costs'), {
      target: { value: '42,50' },
    });
    await fireEvent.input(dialog.getByLabelText('Currency'), { target: { value: 'eur' } });
    await fireEvent.click(dialog.getByRole('button', { name: 'Save' }));

    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const sent = asked.find(({ body }) => body !== undefined)?.body;
    expect(sent).toMatchObject({
      author: 'Ines',
      set: {
        money: {
          currency: 'EUR',
          desk: { basis: 'own', hourlyRate: 42.5 },
          handleMinutes: { low: 5, likely: 10, high: 20 },
          usableShare: 0.5,
        },
      },
    });
    const again = asked.filter(({ address }) => address.startsWith('/api/v1/deflection?'));
    expect(again.length).toBe(2);
  });

  test('says the grade of calibration, what was found, and shows the second opinion beside', async () => {
    await open({ '/deflection': calibrated() });

    await screen.findByText(/calibrated on your own tickets/);
    expect(screen.queryByText(/^By assumption: import/)).toBeNull();
    expect(textOf()).toContain(
      'Over 14 months (Apr 2025 to May 2026) 100 self-served incidents went with 52 tickets fewer, give or take 11.',
    );
    expect(textOf()).toContain('For this the give or take was widened on purpose');
    screen.getByRole('heading', { name: 'A second method agrees: 380 to 720, likely 540' });
    expect(textOf()).toContain('0 of 4 made-up beginnings show an effect as large.');
  });

  test('warns when the tickets contradict the assumptions, and of resets made on-premises', async () => {
    const answer = calibrated({ hybrid: true });
    const { calibration } = answer;
    await open({
      '/deflection': {
        ...answer,
        calibration: calibration && { ...calibration, contradicted: true, flatWeight: 0.64 },
      },
    });

    await screen.findByRole('heading', { name: 'Your tickets contradict the assumptions' });
    expect(textOf()).toContain('64 % of its weight');
    expect(textOf()).toContain('admin resets are a lower bound');
  });

  test('names the assumption that moves the answer most, each at its own ends', async () => {
    await open();

    await screen.findByRole('heading', { name: 'What moves the money most: cost of a ticket' });
    const rows = screen
      .getAllByRole('row')
      .map((row) => [...row.children].map((cell) => textOf(cell)).join(' | '));
    expect(rows).toContain('Cost of a ticket | $5,200 $9.25 |  | $22,500 $40');
    expect(rows).toContain('Resets that would have been tickets | $8,300 64 % |  | $11,900 93 %');
  });

  test('leads from each count to the incidents behind it', async () => {
    await open();

    const link = async (name: string) => {
      const row = (await screen.findByRole('rowheader', { name })).parentElement as HTMLElement;
      return within(row).getByRole('link').getAttribute('href');
    };
    expect(await link('Fell back to the desk')).toBe(
      '/resets/incidents?outcome=fell_back&compare=none',
    );
    expect(await link('Straight to the desk an admin reset without a try before')).toBe(
      '/resets/admin-resets?bypass=true&compare=none',
    );
  });

  test('compares with the period before', async () => {
    await open(
      {
        '/deflection': (url: URL) =>
          url.searchParams.get('last') === '2026-06-28'
            ? anAnswer()
            : anAnswer({ avoided: { low: 300, likely: 400, high: 500 } }),
      },
      '/deflection',
    );

    await screen.findByText('Period before: 300 to 500, likely 400.');
  });
});

describe('the months', () => {
  test('show ranges, tickets and gaps, and say which month is not whole', async () => {
    const { asked } = await open();

    await screen.findByRole('heading', {
      name: 'May 2026: 110 to 200, likely 160 tickets avoided',
    });
    const spec = drawn.at(-1);
    expect(spec?.gaps).toEqual([{ from: 1, to: 1 }]);
    expect(spec?.series.map(({ name, values }) => [name, values])).toEqual([
      ['avoided, likely', [160, null, 160, 130]],
      ['tickets that came', [90, null, 90, null]],
    ]);
    expect(spec?.titles[3]).toBe('Jun 2026 (28 of 30 days): 90 to 170, likely 130');
    screen.getByText('Not whole: Jun 2026 28 of 30 days.');
    expect(spec?.series.map(({ figure }) => figure)).toEqual(['160', '90']);
    expect(spec?.mark).toEqual({ index: 3, text: '28 of 30 days' });
    screen.getByText('The figures at the lines are of May 2026.');
    expect(asked.map(({ address }) => address)).toContain(
      '/api/v1/deflection/trend?first=2025-11-01&last=2026-06-28',
    );
  });
});

describe('what is not there', () => {
  test('while loading no figure is shown', async () => {
    await open({ '/deflection': FOREVER });

    await screen.findAllByText(/^Reading /);
    expect(screen.queryByText('Tickets avoided')).toBeNull();
  });

  test('a failure says so, with a way to try again', async () => {
    await open({ '/deflection': refusal(503, 'unavailable', 'The database is busy.') });

    await screen.findByText('The database is busy.');
    screen.getByRole('button', { name: 'Try again' });
  });

  test('a period that was not collected is said to be one, and is not zero', async () => {
    await open({
      '/deflection': anAnswer({
        served: null,
        avoided: null,
        saving: null,
        potential: null,
        tornado: [],
      }),
      '/deflection/trend': aDeflectionTrend([aMonth(NO_MONTH)]),
    });

    await screen.findByText(/^No day of this period was collected/);
    expect(textOf()).toContain('not collected: no day of this period was read');
    for (const wrong of ['went straight', 'gave up', 'None is settling', 'among'])
      expect(textOf()).not.toContain(wrong);
    expect(document.querySelector('.tile .grade')).toBeNull();
    expect(tile('Admin resets per 1,000 people')).toContain('– not collected');
    expect(tile('After costs')).toContain('– not known for this period');
    expect(tile('Self-service share')).toContain('not collected');
    screen.getByRole('heading', { name: 'No month of this time was collected' });
  });

  test('a period whose incidents are all still settling is not known yet, and is not zero', async () => {
    const unknown = { served: { reset: 0, unlock: 0 }, avoided: null };
    const { counts } = anAnswer();
    await open({
      '/deflection': anAnswer({
        ...{ ...unknown, saving: null, potential: null, tornado: [] },
        counts: { ...counts, selfServed: 0, fellBack: 0, abandoned: 0, settling: 12 },
      }),
      '/deflection/trend': aDeflectionTrend([aMonth({ ...unknown, desk: null })]),
    });

    await screen.findByText('What was avoided is not known yet: 12 incidents are still settling.');
    expect(textOf()).not.toContain('Between 0 and 0');
    expect(document.querySelector('.tile .grade')).toBeNull();
    expect(drawn.at(-1)?.titles).toEqual(['May 2026: not known yet, still settling']);
    screen.getByRole('heading', {
      name: 'Not known yet: every incident of this time is still settling',
    });
  });
});
