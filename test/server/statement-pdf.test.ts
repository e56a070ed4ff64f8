import { describe, expect, test } from 'vitest';
import { type Statement, statementPdf } from '../../server/statement-pdf/statement-pdf.ts';
import { attachedText, pageCount, pdfText } from '../build/pdf-text.ts';
import { aStatement } from '../build/statement.ts';

async function readable(statement: Statement): Promise<string> {
  return pdfText(await statementPdf(statement)).join('\n');
}

const LONG = `${'Société Générale d’Électricité & Związek Gmin '.repeat(12)}Северная верфь`;

describe('a statement as a document', () => {
  test.each([
    ['by assumption', aStatement()],
    ['calibrated on tickets', aStatement({ byTickets: true })],
    ['of a month without anything', aStatement({ quiet: true })],
    ['of a very long name', aStatement({ byTickets: true }, { tenant: LONG })],
  ])(
    '%s has two pages, the same bytes on every call, and its frozen text within',
    async (_, it) => {
      const [pdf, again] = [await statementPdf(it), await statementPdf(structuredClone(it))];

      expect(pageCount(pdf)).toBe(2);
      expect(again.equals(pdf)).toBe(true);
      expect(attachedText(pdf)).toBe(it.text);
    },
  );

  test('is tagged, in a language, with its title, and made at the instant of freezing', async () => {
    const source = (await statementPdf(aStatement({}, { sample: true }))).toString('latin1');

    expect(source).toMatch(/^%PDF-1\.7/);
    for (const part of ['/Marked true', '/Lang (en)', '/DisplayDocTitle true', '/FontFile2'])
      expect(source).toContain(part);
    for (const kind of ['H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD', 'Figure'])
      expect(source).toContain(`/S /${kind}\n`);
    expect(source).toMatch(
      /\/Alt \(Tickets avoided by month, likely value: from 300 in March 2025 to 732 in March 2026\. 1 month was not collected/,
    );
    expect(source).toContain(
      '(Self-service password reset: statement for March 2026, revision 2, sample data)',
    );
    expect(source).toContain('(D:20260406101500Z)');
  });

  test('says what was avoided and saved, with the evidence, and people’s time apart', async () => {
    const it = aStatement({ byTickets: true });
    const { avoided, saving } = it.body.figures;
    const text = await readable(it);

    expect(text).toContain(`${avoided?.likely}\nlikely; ${avoided?.low} to ${avoided?.high} in 9`);
    expect(text).toContain(`EUR ${Math.round(saving?.desk.likely ?? 0).toLocaleString('en-GB')}\n`);
    expect(text).toContain('Time of people, never added to it');
    expect(text).toContain('Evidence: calibrated on helpdesk tickets');
    expect(text).not.toContain('Contradiction');
    expect(text).toContain('Cases that ended: solved by self-service');
    expect(text.replaceAll('\n', ' ')).toContain('the standard error was widened on purpose');
    expect(text).toContain('86.5 %');
    expect(text).toContain('Ticket files: servicenow.csv (SHA-256 abababababab…).');
    expect(text).toContain('Version 3, 3 February 2026, 09:00 UTC, by Ada. 6 of 16 assumptions');
  });

  test('says why there is no evidence of tickets, and marks defaults with their source', async () => {
    const text = (await readable(aStatement())).replaceAll('\n', ' ');

    expect(text).toContain('Evidence: by assumption');
    expect(text).toContain('No month of tickets is imported.');
    expect(text).toContain('Version 0: the defaults of the program, confirmed by nobody.');
    expect(text).toContain('Default. HDI SupportWorld 2017');
    expect(text).toContain('3 were still settling');
    expect(text).toContain('Not collected, and not guessed at: 9 to 10 March 2026.');
    expect(text).toContain('passwords reset there are in no log');
  });

  test('takes running costs off, and leaves the setup cost to the payback', async () => {
    const it = aStatement();
    const { figures } = it.body;
    const range = (low: number, likely: number, high: number) => ({ low, likely, high });
    const costs = { net: range(4_100, 5_200, 6_300), paybackMonths: range(1, 2, 5) };
    const saving = figures.saving && { ...figures.saving, ...costs, paybackWhy: null };
    const body = { ...it.body, figures: { ...figures, saving } };

    const text = (await readable({ ...it, body })).replaceAll('\n', ' ');

    expect(text).toMatch(
      /After running costs; the setup cost is in the payback: [A-Z]{3} 5,200 \(4,100 to 6,300\)\./,
    );
    expect(text).toContain('At this rate setup is paid back after 2.0 months (1.0 to 5.0).');
  });

  test('warns where tickets contradict the assumptions', async () => {
    const it = aStatement({ byTickets: true });
    const { calibration } = it.body.figures;
    if (!calibration) throw new Error('no calibration');
    const figures = { ...it.body.figures, calibration: { ...calibration, contradicted: true } };

    expect(await readable({ ...it, body: { ...it.body, figures } })).toContain(
      'Contradiction: your tickets contradict the assumptions.',
    );
  });

  test('shows a month that was not collected as a gap, not as nothing', async () => {
    const text = await readable(aStatement({ byTickets: true }));

    expect(text).toMatch(/July 2025\n0 of 30\n–\n–\nnot collected\n–\n1,940\n–\n–/);
    expect(text).toContain('17 of 30 d');
  });

  test('tells how to check it, on every page which it is, and that it is sample data', async () => {
    const it = aStatement({}, { sample: true });
    const text = await readable(it);

    expect(text).toContain(`SHA-256 ${it.hash}`);
    expect(text).toContain('GET /api/v1/statements/7.json sends the same');
    expect(text.match(/Sample data · Statement 7, 2026-03, revision 2/g)).toHaveLength(2);
    expect(text).toContain('Page 2 of 2');
  });

  test('sets Greek, Cyrillic and accents; of other scripts it says so and keeps the text for machines', async () => {
    const greek = await readable(aStatement({}, { tenant: 'Ελληνική Εταιρεία «Верфь» Łódź' }));
    const pdf = await statementPdf(aStatement({}, { tenant: '東京電力 Holdings' }));
    const japanese = pdfText(pdf).join('\n');

    expect(greek).toContain('Ελληνική Εταιρεία «Верфь» Łódź');
    expect(greek).not.toContain('□');
    expect(japanese).toContain('□□□□\n Holdings\n□ stands for a character');
    const utf16 = Buffer.from('\ufeff東京電力', 'utf16le').swap16().toString('latin1');
    expect(pdf.toString('latin1')).toContain(`/ActualText (${utf16}`);
  });
});
