import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CODE_FOLDERS, filesIn, linesWith, sources, textOf } from './build/repository.ts';

// Rules that types and lint do not hold. The words are taken apart, so that this file does not break them.
const code = sources().filter(({ path }) => path !== 'test/house-rules.test.ts');

/** Lines of the whole text, comments included. */
function anyLines(pattern: RegExp, files = code): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}`] : [])),
  );
}

describe('what is left for later', () => {
  test('no note of unfinished work stands in the code', () => {
    expect(anyLines(/\b(?:TODO|FIXME|HACK)\b/)).toEqual([]);
  });

  test('no test runs alone', () => {
    const tests = sources('test').filter(({ path }) => path !== 'test/house-rules.test.ts');

    expect(linesWith(tests, /\b(?:test|it|describe)\.only\b/)).toEqual([]);
  });

  test('no error is swallowed without a word', () => {
    const empty = code.filter(({ text }) => /catch\s*(?:\([^)]*\)\s*)?\{\s*\}/.test(text));

    expect(empty.map(({ path }) => path)).toEqual([]);
  });
});

describe('the page', () => {
  const page = filesIn('web', ['.svelte', '.html', '.ts']);

  test('writes no markup that was not compiled', () => {
    expect(linesWith(page, /\{@html|\.innerHTML\b|insertAdjacentHTML/)).toEqual([]);
  });

  test('has no inline styles, which its content security policy refuses', () => {
    expect(linesWith(page, /\sstyle="/)).toEqual([]);
  });

  test('loads nothing from elsewhere', () => {
    const foreign = /\bsrc\s*=\s*["'{]+https?:|url\(\s*["']?https?:|@import|<link[^>]*https?:/;

    expect(linesWith([...page, ...filesIn('web', ['.css'])], foreign)).toEqual([]);
  });

  test('follows no state by a bare read, which the build leaves out', () => {
    expect(linesWith(page, /^\s+[a-zA-Z]+(?:\.[a-zA-Z]+)+;$/)).toEqual([]);
  });

  test('is written in runes: no stores, no old event or property syntax', () => {
    expect(linesWith(page, /svelte\/store|\son:\w+=|\bexport let\b|<slot\b/)).toEqual([]);
  });
});

describe('a stranger finds the way', () => {
  test('files are named in kebab-case, components in PascalCase', () => {
    const wrong = code
      .map(({ path }) => path)
      .filter((path) => {
        const name = basename(path);
        return name.endsWith('.svelte')
          ? !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)
          : !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.\w+)*\.ts$/.test(name);
      });

    expect(wrong).toEqual([]);
  });

  test('no text names a document that is not here', () => {
    const absent = /\b(?:design|house-style|graph-facts|reliability-security|scale-out)\.md\b/;

    expect(anyLines(absent)).toEqual([]);
  });

  test('no text names a folder of somebody’s machine', () => {
    const texts = [...code, ...filesIn('docs', ['.md'])].concat(
      ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'package.json'].map((path) => ({
        path,
        text: textOf(path),
      })),
    );

    expect(anyLines(/(?<![\w.])\/(?:home|root|Users|work)\/\w/, texts)).toEqual([]);
  });

  test('every folder of code has a place in docs/architecture.md', () => {
    const text = textOf('docs/architecture.md');

    expect(CODE_FOLDERS.filter((folder) => !text.includes(`\`${folder}/\``))).toEqual([]);
  });
});
