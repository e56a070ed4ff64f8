import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Checked, checkFile } from './check-file.ts';
import type { VectorKind } from './vector.ts';

/** There is no folder to read; the message is a sentence for people. */
export class NoFolder extends Error {
  override name = 'NoFolder';
}

/**
 * Holds the product against every reference file of a folder (not of folders in it),
 * in order of name, a line each, and a last line with the counts. Answers whether
 * none failed; throws NoFolder for a folder that cannot be read.
 */
export function checkFolder({
  directory,
  kinds,
  write,
}: {
  directory: string;
  kinds: Readonly<Record<string, VectorKind>>;
  write: (line: string) => void;
}): boolean {
  const names = namesIn(directory);
  const count = { pass: 0, fail: 0, skipped: 0 };
  for (const name of names) {
    const checked = checkFile(join(directory, name), kinds);
    count[checked.verdict] += 1;
    write(lineOf(checked));
  }
  write(`${count.pass} passed, ${count.fail} failed, ${count.skipped} skipped`);
  return count.fail === 0;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new NoFolder(`The folder ${directory} cannot be read: ${WHY[code] ?? message}.`, {
      cause,
    });
  }
}

const WHY: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'it is a file',
  EACCES: 'this account may not read it',
};

function lineOf({ kind, id, compared, worst, verdict, why, figures = [] }: Checked): string {
  const error = worst === null ? '-' : worst === 0 ? '0' : worst.toExponential(1);
  const said = why === null ? verdict : `${verdict} (${why})`;
  return [kind, id, String(compared), error, said, ...figures].join('  ');
}
