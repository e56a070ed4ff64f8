import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

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
      treeshake: { propertyReadSideEffects: false },
      // What several pages share comes in one piece: forty small ones compress worse, by 4 kB.
      output: {
        codeSplitting: { groups: [{ name: 'shared', test: /[\\/]web[\\/]/, minShareCount: 4 }] },
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
