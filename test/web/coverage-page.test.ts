import { screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import CoveragePage from '../../web/pages/CoveragePage.svelte';
import { aCoverage } from './answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

vi.mock('../../web/charts/chart.svelte.ts', () => ({ drawn: () => () => undefined }));

const counts = (population: number, capable: number) => ({
  population,
  enabled: population,
  registered: capable,
  capable,
  mfaCapable: capable,
});

const READY = {
  '/registration/coverage': (url: URL) =>
    aCoverage(url.searchParams.get('first') ?? '', url.searchParams.get('last') ?? ''),
  '/registration/by/department': (url: URL) => {
    const isNow = url.searchParams.get('day') === '2026-06-28';
    return {
      day: url.searchParams.get('day'),
      rows: [
        { value: 'Sales', counts: counts(80, isNow ? 70 : 60) },
        { value: null, counts: counts(40, 10) },
        { value: 'Logistics & more', counts: counts(60, 20) },
        { value: 'IT', counts: counts(20, 20) },
      ],
    };
  },
  '/registration/by/office': {
    day: '2026-06-28',
    rows: [{ value: 'Vienna', counts: counts(9, 3) }],
  },
  '/registration/by/admin': (url: URL) => ({
    day: url.searchParams.get('day'),
    rows: [{ value: 'true', counts: counts(42, 39) }],
  }),
  '/registration/methods': {
    day: '2026-06-28',
    methods: [
      { method: 'email', people: 90 },
      { method: 'passKeyDeviceBound', people: 30 },
      { method: 'brandNew', people: 7 },
    ],
    depth: [
      { families: 0, people: 50 },
      { families: 1, people: 90 },
      { families: 2, people: 40 },
      { families: 3, people: 15 },
      { families: 4, people: 5 },
    ],
  },
  '/registration/reconciliation': {
    day: '2026-06-28',
    takenAt: '2026-06-28T04:10:00.000Z',
    classes: [
      {
        class: 'member',
        people: 200,
        enabled: 190,
        registered: 150,
        capable: 120,
        mfaCapable: 160,
      },
      { class: 'guest', people: 31, enabled: 0, registered: 0, capable: 0, mfaCapable: 0 },
    ],
    unknownAdmin: 2,
    rejected: 0,
    graph: [
      {
        userTypes: 'all',
        totalUserCount: 231,
        features: [{ feature: 'ssprCapable', userCount: 123 }],
      },
    ],
  },
};

const rowOf = async (name: string) => {
  const head = await screen.findByRole('rowheader', { name: new RegExp(`^${name}`) });
  return [...(head.parentElement?.children ?? [])].map((cell) => textOf(cell)).filter(Boolean);
};

describe('the coverage page', () => {
  test('splits by department, most people to reach first, with the change of each', async () => {
    await show(CoveragePage, { answers: READY });

    expect(await rowOf('Sales')).toEqual(['Sales', '10', '80', '87.5 %', '+12.5']);
    const table = (await screen.findByText('No department')).closest('table');
    const names = within(table as HTMLElement)
      .getAllByRole('rowheader')
      .map((cell) => textOf(cell));
    expect(names).toEqual(['Logistics & more', 'No department', 'Sales', 'IT']);
    expect(
      screen.getByText('Logistics & more and No department hold 70 of the 80 people not covered'),
    ).toBeTruthy();
  });

  test('leads from a number to the people behind it', async () => {
    await show(CoveragePage, { at: '/coverage?period=4w', answers: READY });

    const link = await screen.findByRole('link', { name: '30 not covered in No department' });
    expect(link.getAttribute('href')).toBe(
      '/people?capable=false&department=&sort=priority&period=4w',
    );
  });

  test('shows the dimension and the value the address says', async () => {
    const { asked } = await show(CoveragePage, {
      at: '/coverage?by=office&value=Vienna',
      answers: READY,
    });

    expect(await rowOf('Vienna')).toEqual(['Vienna', '6', '9', '33.3 %', '0.0']);
    expect(asked.some(({ address }) => address.includes('dimension=office&value=Vienna'))).toBe(
      true,
    );
    expect(screen.getByText(/^Vienna: Coverage did not change/)).toBeTruthy();
  });

  test('shows admins and guests apart', async () => {
    await show(CoveragePage, { answers: READY });

    await vi.waitFor(() => {
      const tiles = textOf(screen.getByLabelText('Headline figures'));
      expect(tiles).toContain('92.9 % 39 of 42 admins');
      expect(tiles).toContain('31 counted apart, in no share');
    });
  });

  test('marks methods that reset nothing, and shows those nobody knows as they are spelt', async () => {
    await show(CoveragePage, { answers: READY });

    expect(await rowOf('Passkey')).toEqual(['Passkey not accepted for a reset', '30', '15.0 %']);
    expect((await rowOf('brandNew'))[0]).toBe(
      'brandNew unknown method, shown as Microsoft spells it',
    );
  });

  test('puts three families of reset methods and more together, as the list behind them does', async () => {
    await show(CoveragePage, { at: '/coverage', answers: READY });

    expect((await rowOf('3 or more')).slice(0, 3)).toEqual(['3 or more', '20', '10.0 %']);
    expect(screen.getByRole('link', { name: /^20 / }).getAttribute('href')).toBe(
      '/people?families=3',
    );
  });

  test("reconciles with Microsoft's totals line by line, in word and sign", async () => {
    await show(CoveragePage, { answers: READY });

    expect(await rowOf('People in the report')).toEqual([
      'People in the report',
      '200',
      '0',
      '31',
      '0',
      '0',
      '231',
      '231',
      '0',
      'Agrees',
    ]);
    expect((await rowOf('Capable of reset')).slice(-4)).toEqual(['120', '123', '−3', 'Differs']);
    expect((await rowOf('Enabled for reset')).slice(-1)).toEqual(['Not given']);
  });

  test('says what it is reading, and why it failed', async () => {
    await show(CoveragePage, {
      answers: {
        ...READY,
        '/registration/coverage': FOREVER,
        '/registration/reconciliation': refusal(403, 'forbidden', 'Totals need the role Viewer.'),
      },
    });

    expect(textOf(await screen.findByRole('alert'))).toBe(
      'Not permitted Totals need the role Viewer.',
    );
    expect(screen.getAllByText(/^Reading/).length).toBeGreaterThan(0);
  });

  test('has nothing to split in a period without any snapshot', async () => {
    await show(CoveragePage, {
      answers: {
        ...READY,
        '/registration/coverage': { timeZone: 'UTC', days: [{ day: '2026-06-28', counts: null }] },
      },
    });

    expect(await screen.findByText(/No day of this period was collected, so/)).toBeTruthy();
    expect(textOf(screen.getByLabelText('Headline figures'))).toContain('Coverage – not collected');
  });
});
