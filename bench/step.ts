import { readFileSync } from 'node:fs';
import type { StepReport } from './child.ts';

// Each step loads only what it needs: the floors' memory must not hold the product's modules.
const STEPS = {
  apiWhileIngesting: async () => (await import('./steps/api-while-ingesting.ts')).apiWhileIngesting,
  history: async () => (await import('./steps/history.ts')).history,
  ingest: async () => (await import('./steps/ingest.ts')).ingest,
  judgeSeries: async () => (await import('./steps/judge-series.ts')).judgeSeries,
  machine: async () => (await import('./steps/machine.ts')).machine,
  parseOnly: async () => (await import('./steps/parse-only.ts')).parseOnly,
  peopleList: async () => (await import('./steps/people-list.ts')).peopleList,
  registrationQuestions: async () =>
    (await import('./steps/registration-questions.ts')).registrationQuestions,
  sampleStory: async () => (await import('./steps/sample-story.ts')).sampleStory,
  trendHttp: async () => (await import('./steps/trend-http.ts')).trendHttp,
  trendInProcess: async () => (await import('./steps/trend-in-process.ts')).trendInProcess,
  watchHour: async () => (await import('./steps/watch-hour.ts')).watchHour,
  writeListings: async () => (await import('./steps/write-listings.ts')).writeListings,
};

export type Steps = { [Name in keyof typeof STEPS]: Awaited<ReturnType<(typeof STEPS)[Name]>> };

const peakBytes = () => process.resourceUsage().maxRSS * 1024;

/** Null where the system has no such file. */
function writtenBytes(): number | null {
  try {
    return Number(/^wchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? Number.NaN);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

const [name = '', input = ''] = process.argv.slice(2);
const step = (await STEPS[name as keyof Steps]()) as (given: unknown) => unknown;
const loadedBytes = peakBytes();
const result = await step(JSON.parse(input));
const report: StepReport<unknown> = {
  result,
  loadedBytes,
  peakBytes: peakBytes(),
  writtenBytes: writtenBytes(),
};
process.stdout.write(JSON.stringify(report));
