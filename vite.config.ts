import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

/** What imports what, as the build knows it. */
interface Graph {
  getModuleInfo(id: string): { importers: readonly string[] } | null;
}

const OURS = /[\\/]web[\\/]/;
const FIRST_PAGE = /[\\/]web[\\/](?:main\.ts|pages[\\/]OverviewPage\.svelte)$/;

/** Whether a module is loaded with the entry or with the first page: some chain of plain imports leads from them to it. */
function isOfFirstPage(id: string, graph: Graph, seen = new Set<string>()): boolean {
  if (FIRST_PAGE.test(id)) return true;
  seen.add(id);
  const importers = graph.getModuleInfo(id)?.importers ?? [];
  return importers.some((one) => !seen.has(one) && isOfFirstPage(one, graph, seen));
}

export default defineConfig({
  root: 'web',
  // Options live here so that there is no second config file to keep in step.
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  // Nothing is inlined: the page runs under `default-src 'none'` with no data: URLs.
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    // Lets go of the scales of Chart.js that we do not draw with: 6 kB compressed.
    rolldownOptions: {
      // Its advice on timings would stand in the log of every first start.
      checks: { bundlerTimings: false },
      treeshake: { propertyReadSideEffects: false },
      // What several pages share comes in one piece: forty small ones compress worse, by 4 kB. What the first page
      // does not need of it comes in another.
      output: {
        codeSplitting: {
          groups: [
            {
              name: (id, graph) => (isOfFirstPage(id, graph) ? 'shared' : null),
              debugName: 'shared',
              test: OURS,
              minShareCount: 4,
              // A group takes along what its modules import: first what the first page needs, then the rest.
              priority: 2,
            },
            { name: 'later', test: OURS, minShareCount: 4, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4180' } },
  test: {
    root: '.',
    reporters: ['default', './test/skip-reporter.ts'],
    // Vitest leaves one core of two idle; most tests wait for disk or network half of their time.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/*.test.ts', 'test/{domain,db,jobs,server,demo,bench}/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        plugins: [svelteTesting()], // picks Svelte's browser build and cleans up after each test
        test: { name: 'web', environment: 'jsdom', include: ['test/web/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
