import { describe, expect, test } from 'vitest';
import { AboutTally } from '../../../domain/tickets/about-tally.ts';
import { columnsOf } from '../../../domain/tickets/columns.ts';
import { KNOWN_HEADINGS } from '../../../domain/tickets/known-headings.ts';
import { PASSWORD_WORDS, passwordMatcher } from '../../../domain/tickets/password-words.ts';

describe('which column is what', () => {
  test.each([
    ['servicenow', ['Number', 'Opened', 'Caller', 'Category', 'Short description'], [3, 4]],
    ['servicenow', ['number', 'opened_at', 'short_description'], [2]],
    ['jira', ['Summary', 'Issue key', 'Issue id', 'Created', 'Comment', 'Comment'], [0]],
    ['freshservice', ['id', 'created_at', 'subject', 'category'], [3, 2]],
    ['zendesk', ['id', 'created_at', 'subject', 'tags'], [2]],
  ])('%s is known by its headings', (source, headings, about) => {
    expect(columnsOf(headings, {})).toMatchObject({ source, kind: 'tickets', about });
  });

  test('counts have headings of ours', () => {
    const columns = columnsOf(['Month', 'Password_Tickets', 'All_Tickets'], {});

    expect(columns).toMatchObject({ source: 'counts', kind: 'counts', date: 0, allTickets: 2 });
    expect(columns.mapping).toMatchObject({ date: 'Month', passwordTickets: 'Password_Tickets' });
  });

  test('another file is mapped by hand, as a whole or in part', () => {
    const headings = ['Ref', 'Raised', 'Number', 'Topic'];
    const mapping = { date: 'Raised', number: 'ref', about: ['Topic'], words: ['PIN'] };

    expect(columnsOf(headings, mapping)).toMatchObject({
      ...{ source: 'mapped', kind: 'tickets', date: 1, number: 0, about: [3] },
      mapping,
    });
    const some = columnsOf(['Number', 'Created', 'Category'], { date: 'Created' });
    expect(some).toMatchObject({ source: 'mapped', date: 1, number: 0, about: [2] });
    expect(some.mapping.words).toEqual(PASSWORD_WORDS);
  });

  test.each([
    ['unknown headings', ['a', 'b'], {}, /no helpdesk that is known.*“a”, “b”\./],
    ['a column that is not there', ['a', 'b'], { date: 'c' }, /no column “c”/],
    ['no number', ['a', 'b'], { date: 'a' }, /the number of a ticket/],
    ['no count', ['a', 'b'], { date: 'a', otherTickets: 'b' }, /passwordTickets/],
    ['nothing about', ['a', 'b'], { date: 'a', number: 'b' }, /what a ticket is about/],
    ['both kinds', ['a', 'b', 'c'], { date: 'a', number: 'b', passwordTickets: 'c' }, /not both/],
    ['a heading twice', ['Number', 'Opened', 'Opened', 'Category'], {}, /more than once/],
    [
      'other and all',
      ['date', 'p', 'o', 'l'],
      { passwordTickets: 'p', otherTickets: 'o', allTickets: 'l' },
      /not both/,
    ],
  ])('%s is refused in a sentence', (_, headings, mapping, message) => {
    expect(() => columnsOf(headings, mapping)).toThrow(message);
  });

  test('every known heading says where it is documented', () => {
    for (const { source, documentation } of KNOWN_HEADINGS)
      expect(documentation === null).toBe(source === 'counts');
  });
});

describe('a password ticket', () => {
  const isPassword = passwordMatcher(PASSWORD_WORDS);

  test.each([
    'Forgot my PASSWORD',
    'Passwortrücksetzung',
    'mot de passe oublié',
    'Contrasena caducada',
    'CONTRASEÑA',
    'wachtwoord vergeten',
    'Hasło wygasło',
    'パスワードを忘れた',
  ])('is known by “%s”', (text) => {
    expect(isPassword(text)).toBe(true);
  });

  test.each(['Reset the docking station', 'Unlock the door', 'Account locked', '', 'pass'])(
    'is not “%s”',
    (text) => {
      expect(isPassword(text)).toBe(false);
    },
  );

  test('has other words where they are given', () => {
    expect(passwordMatcher(['PIN', ' '])('new pin please')).toBe(true);
    expect(passwordMatcher([])('password')).toBe(false);
  });
});

describe('what tickets are about', () => {
  const tally = (headings: string[], rows: string[][]) => {
    const abouts = new AboutTally(
      headings,
      headings.map((_, i) => i),
    );
    for (const cells of rows) abouts.see(cells, cells[0] === 'Access');
    return abouts.top();
  };
  const times = <T>(n: number, make: (i: number) => T) =>
    Array.from({ length: n }, (_, i) => make(i));

  test('is shown for category columns, by tickets', () => {
    const rows = [...times(8, () => ['Access']), ...times(20, () => ['Office'])];

    expect(tally(['Topic'], rows)).toEqual([
      { column: 'Topic', value: 'Office', tickets: 20, password: 0 },
      { column: 'Topic', value: 'Access', tickets: 8, password: 8 },
    ]);
  });

  test('never shows what people wrote, few tickets, many values or an address', () => {
    const rows = times(200, (i) => ['Access', 'same text', `caller ${i % 100}`, 'a@b.example']);
    rows.push(['Grace Hopper', 'same text', 'caller 0', 'a@b.example']);

    expect(tally(['Category', 'Short description', 'Caller', 'Mail'], rows)).toEqual([
      { column: 'Category', value: 'Access', tickets: 200, password: 200 },
    ]);
    expect(
      tally(
        ['Topic'],
        times(8, (i) => [`Person ${i}`]),
      ),
    ).toEqual([]);
  });
});
