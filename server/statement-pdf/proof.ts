import type { StatementResponse } from '../contract/statements.ts';
import { frozenName } from './file-names.ts';
import {
  drawLine,
  INK,
  LEFT,
  lineHeight,
  makeRoom,
  type Sheet,
  type Style,
  tagged,
} from './sheet.ts';
import { BODY, heading, paragraph } from './text.ts';

type Statement = Pick<StatementResponse, 'id' | 'month' | 'revision' | 'hash' | 'body'>;

/** How anybody can see that nothing was changed, and that the figures follow from what was frozen. */
export function drawProof(sheet: Sheet, statement: Statement): void {
  const { id, month, revision, hash, body } = statement;
  const name = frozenName(statement);
  heading(sheet, 'How to check this statement', 70);
  const style: Style = { size: 9.2, weight: 600, colour: INK.ink };
  makeRoom(sheet, lineHeight(style));
  tagged(sheet, sheet.root, 'P', () => drawLine(sheet, `SHA-256 ${hash}`, LEFT, sheet.y, style));
  sheet.y += lineHeight(style) + 3;
  paragraph(
    sheet,
    `Statement ${id}: ${month}, revision ${revision}, frozen by deflectometer ${body.program}. The frozen text holds every input, assumption and figure, and is attached to this document as ${name}; GET /api/v1/statements/${id}.json sends the same bytes. Unchanged, “sha256sum ${name}” prints the number above.`,
    { ...BODY, size: 8.4 },
  );
  paragraph(
    sheet,
    `GET /api/v1/statements/${id} works the figures out again from the frozen input alone and says whether they are the same to the last digit; later records, assumptions or deleted logs do not change them.`,
    { ...BODY, size: 8.4 },
  );
}
