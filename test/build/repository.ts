import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Folder of the checkout. */
export const ROOT = join(import.meta.dirname, '../..');

/** Folders of our own code; every file in them follows the house rules. */
export const CODE_FOLDERS = ['domain', 'db', 'jobs', 'server', 'web', 'demo', 'bench', 'test'];

export interface RepositoryFile {
  /** From the root, with slashes. */
  path: string;
  text: string;
}

/** The files below `folder` whose name ends in one of `endings`, in order of their path. */
export function filesIn(folder: string, endings: string[]): RepositoryFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .sort()
    .map((path) => ({ path, text: textOf(path) }));
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** All of our code: TypeScript and Svelte. */
export function sources(...folders: string[]): RepositoryFile[] {
  return (folders.length > 0 ? folders : CODE_FOLDERS).flatMap((folder) =>
    filesIn(folder, ['.ts', '.svelte']),
  );
}

/** The text without comments, so that a rule may be named where it is explained. Lines stay where they are. */
export function withoutComments(text: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ');
  return text
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/(^|[\s;{(,])\/\/[^\n]*/g, blank);
}

/** `path:line: text` of every line of `files` that `pattern` finds outside of comments. */
export function linesWith(files: RepositoryFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    withoutComments(text)
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
}

/** The files that `found` (lines of `linesWith`) are in, each once. */
export function filesOf(found: string[]): string[] {
  return [...new Set(found.map((line) => line.slice(0, line.indexOf(':'))))];
}
