import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchIn, type Measure } from './bench.ts';
import { inChild } from './child.ts';
import { apiWhileIngesting } from './measures/api-while-ingesting.ts';
import { countForecastMeasure } from './measures/count-forecast.ts';
import { coverageForecastMeasure } from './measures/coverage-forecast.ts';
import { dailyDiff } from './measures/daily-diff.ts';
import { deflectionMeasure } from './measures/deflection.ts';
import { deflectionControlMeasure } from './measures/deflection-control.ts';
import { firstIngest } from './measures/first-ingest.ts';
import { history } from './measures/history.ts';
import { initialJavaScript } from './measures/initial-javascript.ts';
import { NOT_YET } from './measures/not-yet.ts';
import { peopleList } from './measures/people-list.ts';
import { priority } from './measures/priority.ts';
import { registrationQuestions } from './measures/registration-questions.ts';
import { sampleAlertsMeasure } from './measures/sample-alerts.ts';
import { surveillanceMeasure } from './measures/surveillance.ts';
import { trend } from './measures/trend.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { type Row, tableText } from './table.ts';
import { figure, megabytes, seconds } from './words.ts';

const MEASURES: [name: string, measure: Measure][] = [
  ['first collection', firstIngest],
  ['a day with 0.3 % changed', dailyDiff],
  ['the page', initialJavaScript],
  ['three years of history', history],
  ['trends', trend],
  ['the API during a collection', apiWhileIngesting],
  ['the people list', peopleList],
  ['questions on registration', registrationQuestions],
  ['the forecast of coverage', coverageForecastMeasure],
  ['the forecast of daily counts', countForecastMeasure],
  ['failed verifications', surveillanceMeasure],
  ['alerts of sample tenants', sampleAlertsMeasure],
  ['the order of who calls next', priority],
  ['tickets avoided', deflectionMeasure],
  ['other tickets as a control', deflectionControlMeasure],
];

const say = (text: string) => process.stdout.write(`${text}\n`);
/** What is being done, beside the table. */
const tell = (text: string) => process.stderr.write(`${text}\n`);

/** Measures everything and prints the table. Slow is no failure; a step that breaks is. */
async function bench(options: BenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'deflectometer-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => process.exit(130));
  const { people } = options;
  const { result: on } = await inChild('machine', {});
  say(
    `${figure(people)} people; ${on.cores} cores (${on.cpu}), ${megabytes(on.memoryBytes)}, ${on.system}, Node ${on.node}, SQLite ${on.sqlite}`,
  );
  tell('writing the pages');
  await inChild('writeListings', { folder, people });
  const rows: Row[] = [];
  for (const [name, measure] of MEASURES) {
    const startedAt = performance.now();
    tell(`measuring ${name}`);
    rows.push(...(await measure(benchIn(folder, options))));
    tell(`  took ${seconds(performance.now() - startedAt)}`);
  }
  say('');
  process.stdout.write(tableText([...rows, ...NOT_YET]));
}

try {
  await bench(readOptions(process.argv.slice(2)));
} catch (error) {
  process.exitCode = 1;
  tell(error instanceof RangeError ? error.message : String(error));
}
