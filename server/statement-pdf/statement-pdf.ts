import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { monthName } from '../../domain/statement/month.ts';
import type { StatementResponse } from '../contract/statements.ts';
import { drawAssumptions, drawCaveats } from './basis.ts';
import { drawEvidence } from './evidence.ts';
import { frozenName } from './file-names.ts';
import { drawHead } from './head.ts';
import { drawHeadlines } from './headline.ts';
import { drawProof } from './proof.ts';
import { drawRatios } from './ratios.ts';
import { decoration, drawLine, drawRight, INK, LEFT, PAGE, type Sheet, WIDTH } from './sheet.ts';
import { heading } from './text.ts';
import { drawTrendChart } from './trend-chart.ts';
import { drawTrendTable } from './trend-table.ts';

/** A frozen month, with the text that was hashed. */
export type Statement = Pick<
  StatementResponse,
  'id' | 'month' | 'revision' | 'madeAt' | 'author' | 'hash' | 'body'
> & { text: string };

/**
 * A statement as a PDF of A4 pages, made of what was frozen alone: the same statement gives the same bytes. Tagged, its
 * text can be read by machines, its fonts and the frozen text are within.
 */
export async function statementPdf(statement: Statement): Promise<Buffer> {
  const doc = new PDFDocument(optionsOf(statement));
  const bytes = bytesOf(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  const sheet: Sheet = { doc, root, y: PAGE.top };
  for (const draw of partsOf(statement)) {
    draw(sheet);
    await setImmediate(); // other requests get their turn
  }
  root.end();
  attach(doc, statement);
  drawFooters(sheet, statement);
  doc.end();
  return bytes;
}

function optionsOf({ body, revision, madeAt }: Statement): PDFKit.PDFDocumentOptions {
  return {
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    bufferPages: true,
    info: {
      // Plain words: pdfkit writes them into XML as they are. The tenant's name stands on the page.
      Title: `Self-service password reset: statement for ${monthName(body.month)}, revision ${revision}${body.sample ? ', sample data' : ''}`,
      Author: 'deflectometer',
      Creator: 'deflectometer',
      // The instant of freezing, not of printing: the identifier of the document follows from it.
      CreationDate: new Date(madeAt),
      ModDate: new Date(madeAt),
    },
  };
}

async function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of doc) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Of the chart and the table below it, points: they stay on one page. */
const TREND_HEIGHT = 330;

/** What is drawn, from top to bottom. */
function partsOf(statement: Statement): ((sheet: Sheet) => void)[] {
  const { body } = statement;
  const { figures, trend: months, month } = body;
  const { usableShare, currency } = body.assumptions.set.money;
  return [
    (sheet) => drawHead(sheet, statement),
    (sheet) => drawHeadlines(sheet, figures, usableShare),
    (sheet) => drawRatios(sheet, figures),
    (sheet) => drawEvidence(sheet, figures),
    (sheet) => drawCaveats(sheet, body),
    (sheet) => drawProof(sheet, statement),
    (sheet) => {
      heading(sheet, `${months.length} months to ${monthName(month)}`, TREND_HEIGHT);
      drawTrendChart(sheet, months);
    },
    (sheet) => drawTrendTable(sheet, { months, month, currency }),
    (sheet) => drawAssumptions(sheet, body),
  ];
}

/** The frozen text, within the document that is made of it. */
function attach(doc: PDFKit.PDFDocument, statement: Statement): void {
  const made = new Date(statement.madeAt);
  const described = {
    name: frozenName(statement),
    type: 'application/json',
    description: 'The frozen text of this statement, as it was hashed.',
    relationship: 'Source',
    creationDate: made,
    modifiedDate: made,
  };
  doc.file(Buffer.from(statement.text, 'utf8'), described);
}

function drawFooters(sheet: Sheet, { body, id, revision, hash }: Statement): void {
  const { start, count } = sheet.doc.bufferedPageRange();
  const style = { size: 7.5, colour: INK.third };
  const y = PAGE.height - 34;
  for (let page = start; page < start + count; page++) {
    sheet.doc.switchToPage(page);
    decoration(sheet, () => {
      const sample = body.sample ? 'Sample data · ' : '';
      drawLine(
        sheet,
        `${sample}Statement ${id}, ${body.month}, revision ${revision} · SHA-256 ${hash.slice(0, 16)}…`,
        LEFT,
        y,
        style,
      );
      drawRight(sheet, `Page ${page - start + 1} of ${count}`, LEFT + WIDTH, y, style);
    });
  }
}
