import './dialogs.ts';
import './match-media.ts';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { pageAt } from '../../web/pages/page-at.ts';
import StatementPage from '../../web/pages/StatementPage.svelte';
import StatementsPage from '../../web/pages/StatementsPage.svelte';
import { aStatement, someStatements } from './deflection-answers.ts';
import { refusal, show, textOf } from './show.ts';

vi.mock('../../web/charts/chart.svelte.ts', () => ({ drawn: () => () => undefined }));

const open = (answers: Record<string, unknown> = {}) =>
  show(StatementsPage, {
    at: '/deflection/statements',
    answers: { 'GET /statements': someStatements(), ...answers },
  });

/** The cells of a row, a bar between them. */
const cellsOf = (row: Element | undefined) =>
  [...(row?.children ?? [])].map((cell) => textOf(cell)).join(' | ');

const openOne = (answer: unknown) =>
  show(StatementPage, {
    at: '/deflection/statements/3',
    answers: { '/statements/3': answer },
    props: { id: '3' },
  });

beforeEach(() => localStorage.setItem('author', 'Ines'));

describe('statements', () => {
  test('are listed with range, grade, by whom, hash and PDF', async () => {
    await open();

    await screen.findByRole('heading', { name: '1 month is frozen, the newest May 2026' });
    const row = cellsOf(screen.getByRole('link', { name: 'May 2026' }).closest('tr') ?? undefined);
    expect(row).toContain('Calibrated on your tickets | 410 to 690 avoided likely 560');
    expect(row).toContain('$3,500 to $24,900 likely $10,400');
    expect(row).toContain('by Ines, Jun 5, 08:00 assumptions version 2 | 3f9a7c…c41e');
    expect(screen.getByRole('link', { name: 'PDF of May 2026' }).getAttribute('href')).toBe(
      '/api/v1/statements/3.pdf',
    );
  });

  test('a month that cannot be frozen yet says from when it can, and why', async () => {
    await open();

    const button = await screen.findByRole('button', { name: /Freeze Jun 2026/ });
    expect(button).toHaveProperty('disabled', true);
    expect(textOf(button)).toContain('from Jul 5, 00:00');
    screen.getByText('Its last incidents have not settled yet.');
  });

  test('a month is frozen under a name, and the list is read again', async () => {
    const { asked } = await open({ 'POST /statements': aStatement({ month: '2026-04' }) });
    await fireEvent.click(await screen.findByRole('button', { name: 'Freeze Apr 2026' }));
    const dialog = within(screen.getByRole('dialog', { name: 'Freeze Apr 2026?' }));
    await fireEvent.click(dialog.getByRole('button', { name: 'Freeze it' }));

    await screen.findByText('Frozen: Apr 2026.');
    expect(asked.find(({ body }) => body)?.body).toEqual({ month: '2026-04', author: 'Ines' });
    expect(asked.at(-1)?.address).toBe('/api/v1/statements');
  });

  test('says why a month was not frozen again', async () => {
    await open({
      'POST /statements': refusal(409, 'conflict', 'Nothing has changed since revision 1.'),
    });
    await fireEvent.click(await screen.findByRole('button', { name: 'Freeze again May 2026' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(textOf(screen.getByRole('dialog'))).toContain('Only 29 of 31 days were read');
    await fireEvent.click(dialog.getByRole('button', { name: 'Freeze it' }));

    expect(textOf(await screen.findByRole('alert'))).toBe('Nothing has changed since revision 1.');
  });

  test('are empty in words', async () => {
    await open({ 'GET /statements': someStatements({ statements: [], months: [] }) });

    await screen.findByText('Nothing frozen');
    screen.getByText('Nothing collected');
  });
});

describe('a statement', () => {
  test('has an address of its own', async () => {
    const here = pageAt('/deflection/statements/3');
    expect(here.props).toEqual({ id: '3' });
    expect((await here.load()).default).toBe(StatementPage);
  });

  test('shows its frozen figures, its hash, its gaps and that it comes out the same again', async () => {
    await openOne(aStatement());

    await screen.findByRole('heading', { level: 1, name: 'Statement: May 2026' });
    screen.getByRole('heading', {
      name: 'Unchanged, and worked out again just now to the same figures',
    });
    const text = textOf();
    expect(text).toContain('Calibrated on your tickets 410 to 690 likely 560');
    expect(text).toContain(aStatement().hash);
    expect(text).toContain('29 of 31 days');
    expect(text).toContain('May 3 – May 4, 2026');
    expect(text).toContain('incidents.csv abc123');
    expect(text).toContain('sample data');
    expect(text).toContain('Cost of a ticketHDI, 9.25 to 40 USDdefaultHDI 2017.');
  });

  test('tells its assumptions in a table that becomes cards on a phone, the source in full width', async () => {
    await openOne(aStatement());

    const table = await screen.findByRole('table', { name: 'Assumptions as they were then' });
    expect(table.classList.contains('stack')).toBe(true);
    const row = within(table).getAllByRole('row')[1];
    const source = within(row as HTMLElement)
      .getAllByRole('cell')
      .at(-1);
    expect(source?.classList.contains('s-full')).toBe(true);
  });

  test('says when it was changed, or comes out otherwise', async () => {
    await openOne(aStatement({ intact: false, reproduced: false }));

    await screen.findByRole('heading', {
      name: 'The frozen text is no longer the one that was frozen',
    });
    screen.getByText('other figures come out');
  });

  test('that nobody knows is not found', async () => {
    await openOne(refusal(404, 'not_found', 'There is no such statement.'));

    expect(textOf(await screen.findByRole('alert'))).toContain('Not found');
  });
});
