import './dialogs.ts';
import './match-media.ts';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import TicketsPage from '../../web/pages/TicketsPage.svelte';
import { fileHeadings } from '../../web/words/deflection/file-headings.ts';
import { aReport, someTickets } from './deflection-answers.ts';
import { refusal, show, textOf } from './show.ts';

const PREVIEW = { outcome: 'preview', id: null, report: aReport() };
const CSV = new File(['Number;Opened;Short description;Category\n'], 'incidents.csv');

const open = (answers: Record<string, unknown> = {}) =>
  show(TicketsPage, {
    at: '/deflection/tickets',
    answers: {
      'GET /tickets': someTickets(),
      'POST /tickets': (url: URL) =>
        url.searchParams.get('mode') === 'import'
          ? { outcome: 'imported', id: '8', report: aReport() }
          : PREVIEW,
      ...answers,
    },
  });

const choose = async (file = CSV) =>
  fireEvent.change(screen.getByLabelText(/^Drop a CSV file here/), { target: { files: [file] } });

/** What was sent to read a file, the last of them. */
const lastSent = (asked: { address: string }[]) => {
  const address = asked.findLast((one) => one.address.startsWith('/api/v1/tickets?'))?.address;
  return Object.fromEntries(new URL(address ?? '', 'http://localhost').searchParams);
};

beforeEach(() => localStorage.setItem('author', 'Ines'));

describe('a file of tickets', () => {
  test('is shown before it counts: kind, source, words, days, months and what was refused', async () => {
    const { asked } = await open();
    await choose();

    await screen.findByRole('heading', {
      name: '903 password tickets, Apr 1, 2025 – May 31, 2026',
    });
    expect(lastSent(asked)).toEqual({ mode: 'preview', label: 'incidents.csv' });
    expect(asked.find(({ body }) => body)?.body).toBe(CSV);
    const text = textOf();
    expect(text).toContain('Single tickets, one a line');
    expect(text).toContain('ServiceNow, parted by semicolon');
    expect(text).toContain(
      'A ticket with one of these in “Short description”, in any case: password, locked out.',
    );
    expect(text).toContain(
      '4,211: 903 password tickets, 3,300 others, 6 known from an earlier import',
    );
    expect(text).toContain('2 lines are refused and will not count; the others do.');
    const refused = within(screen.getByRole('region', { name: 'Refused lines of the preview' }));
    expect(textOf(refused.getByRole('row', { name: /^17/ }))).toBe('17OpenedNot a day: "soon".');
    expect(text).toContain('May 2025, in part');
  });

  test('is read again with the columns, words and days that were named by hand', async () => {
    const { asked } = await open();
    await choose();
    await screen.findByText('Name the columns, words or days by hand');
    await fireEvent.change(screen.getByLabelText('Says what it is about'), {
      target: { value: 'Category' },
    });
    await fireEvent.input(screen.getByLabelText(/^Words that make it/), {
      target: { value: 'Account\n MFA ' },
    });
    await fireEvent.input(screen.getByLabelText('to'), { target: { value: '2026-06-30' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Read it again like this' }));

    await vi.waitFor(() => expect(lastSent(asked).mapping).toBeTruthy());
    const sent = lastSent(asked);
    expect(JSON.parse(sent.mapping ?? '')).toEqual({
      date: 'Opened',
      dateOrder: 'dmy',
      number: 'Number',
      about: ['Category'],
      words: ['Account', 'MFA'],
    });
    expect(sent.first).toBeUndefined();
    expect(sent.last).toBe('2026-06-30');
  });

  test('is imported under a name, and the list is read again', async () => {
    localStorage.setItem('author', 'Inès 山田');
    const { asked } = await open();
    const fetching = vi.spyOn(globalThis, 'fetch');
    await choose();
    await fireEvent.click(
      await screen.findByRole('button', { name: 'Import 903 password tickets' }),
    );

    await screen.findByText(
      'Imported incidents.csv: 903 password tickets, Apr 1, 2025 – May 31, 2026.',
    );
    expect(lastSent(asked)).toEqual({ mode: 'import', label: 'incidents.csv' });
    const headers = fetching.mock.calls.map(([, init]) => new Headers(init?.headers));
    const authors = headers.flatMap((one) => one.get('Author') ?? []);
    expect(authors).toEqual(['In%C3%A8s%20%E5%B1%B1%E7%94%B0']);
    expect(asked.at(-1)?.address).toBe('/api/v1/tickets');
  });

  test('that holds no new ticket says so, and cannot be imported', async () => {
    const report = aReport({ passwordTickets: 0, known: 4209, refused: 2 });
    await open({ 'POST /tickets': { ...PREVIEW, report } });
    await choose();

    await screen.findByRole('heading', {
      name: 'Every ticket of this file is known from an earlier import',
    });
    expect(screen.getByRole('button', { name: /^Import 0/ })).toHaveProperty('disabled', true);
  });

  test('that is there already is said to be', async () => {
    await open({ 'POST /tickets': { outcome: 'unchanged', id: '7', report: aReport() } });
    await choose();
    await fireEvent.click(await screen.findByRole('button', { name: /^Import 903/ }));

    await screen.findByText('incidents.csv is imported already: nothing has changed.');
  });

  test('whose columns cannot be told leaves the sentence and the way to name them', async () => {
    await open({
      'POST /tickets': refusal(400, 'invalid', 'No column holds a day for certain.'),
    });
    await choose();

    expect(textOf(await screen.findByRole('alert'))).toBe('No column holds a day for certain.');
    const options = within(await screen.findByLabelText('Day')).getAllByRole('option');
    expect(options.map((option) => textOf(option))).toEqual([
      'find it',
      'Number',
      'Opened',
      'Short description',
      'Category',
    ]);
    expect(screen.queryByRole('button', { name: /^Import/ })).toBeNull();
  });

  test.each([
    ['no text', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x00, 0x2c, 0x2c])],
    ['text in another encoding', new Uint8Array([0x4e, 0x72, 0x2c, 0xfc, 0x0a, 0x31, 0x2c, 0x32])],
    ['empty headings', new TextEncoder().encode(',,\n1,2,3\n')],
  ])('that holds %s leaves the sentence alone: it has no columns to name', async (_, bytes) => {
    await open({ 'POST /tickets': refusal(400, 'invalid', 'The file is not text in UTF-8.') });
    await choose(new File([bytes], 'incidents.xlsx'));

    await screen.findByRole('alert');
    expect(screen.queryByLabelText('Day')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Read it again like this' })).toBeNull();
  });

  test('with a heading that stands there twice offers it once', async () => {
    await open({ 'POST /tickets': refusal(400, 'invalid', 'No column holds a day for certain.') });
    await choose(new File(['Labels,Labels,Day\n'], 'issues.csv'));

    const options = within(await screen.findByLabelText('Day')).getAllByRole('option');
    expect(options.map((option) => textOf(option))).toEqual(['find it', 'Labels', 'Day']);
  });

  test('has its headings read with quotes and any delimiter', () => {
    expect(fileHeadings('\uFEFF"Opened, local";Number\r\n1;2')).toEqual([
      'Opened, local',
      'Number',
    ]);
    expect(fileHeadings('a\tb\n')).toEqual(['a', 'b']);
    expect(fileHeadings('')).toEqual([]);
  });
});

describe('imports', () => {
  test('are listed with their days, by whom, and whether they were undone', async () => {
    await open();

    await screen.findByRole('heading', { name: '903 password tickets from 1 file' });
    expect(textOf()).toContain('by Ines, Jun 20, 10:00');
    expect(textOf()).toContain('Undone by Quill, Jun 19, 11:00');
    expect(screen.getAllByRole('button', { name: /^Undo the import/ })).toHaveLength(1);
  });

  test('are undone only after a second look', async () => {
    const { asked } = await open({ 'POST /tickets/7/undo': someTickets() });
    await fireEvent.click(
      await screen.findByRole('button', { name: 'Undo the import of incidents.csv' }),
    );
    const dialog = within(screen.getByRole('dialog', { name: 'Undo this import?' }));
    expect(asked.some(({ address }) => address.includes('undo'))).toBe(false);
    await fireEvent.click(dialog.getByRole('button', { name: 'Undo it' }));

    await screen.findByText('Undone: incidents.csv.');
    expect(asked.find(({ address }) => address.includes('undo'))?.body).toEqual({ author: 'Ines' });
  });

  test('say which months they speak for as a whole: the others are no zero', async () => {
    await open();

    await screen.findByRole('heading', {
      name: '1 month is spoken for as a whole; 1 only in part',
    });
    const row = screen.getByRole('rowheader', { name: 'May 2025' }).parentElement as HTMLElement;
    expect(textOf(row)).toBe('May 2025not every day is spoken for');
  });

  test('are empty in words', async () => {
    await open({ 'GET /tickets': someTickets({ imports: [], months: [] }) });

    await screen.findByText('No import so far');
  });
});
