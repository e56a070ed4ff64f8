import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import type { Measure } from '../bench.ts';
import { judged } from '../table.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FIRST_PAGE = '/OverviewPage.svelte';
const MOST_BYTES = 100_000;

/** What a browser loads before the first page stands with its charts drawn: the entry, that page, and all that they import. */
export const initialJavaScript: Measure = async () => {
  const chunks = await builtChunks();
  const needed = new Set<string>();
  const need = (name: string) => {
    const chunk = chunks.get(name);
    if (!chunk || needed.has(name)) return;
    needed.add(name);
    for (const imported of chunk.imports) need(imported);
  };
  for (const chunk of chunks.values())
    if (chunk.isEntry || chunk.facadeModuleId?.endsWith(FIRST_PAGE)) need(chunk.fileName);
  const sizes = [...needed].map((name) => gzipSync(chunks.get(name)?.code ?? '', { level: 9 }));
  const bytes = sizes.reduce((sum, { length }) => sum + length, 0);
  const what = 'initial JavaScript in gzip, first page with its charts';
  const ours = `${(bytes / 1000).toFixed(1)} kB in ${needed.size} files`;
  const given = { goal: 'G10', what, ours, wanted: '<= 100 kB' };
  return [judged(given, { value: bytes, most: MOST_BYTES })];
};

/** The page's chunks by file name, built in memory. */
async function builtChunks(): Promise<Map<string, Rolldown.OutputChunk>> {
  const built = await build({
    configFile: `${ROOT}/vite.config.ts`,
    root: `${ROOT}/web`,
    logLevel: 'silent',
    build: { write: false },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error('The page was not built');
  const chunks = first.output.filter((one) => one.type === 'chunk');
  return new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
}
