import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { unlisted } from './skip-list.ts';

/**
 * Fails a run in which a test was skipped that is not in test/skips.json: a test
 * that does not run holds nothing. Runs that were asked for a part of the tests
 * only (`-t`) are not judged.
 */
export default class SkipReporter implements Reporter {
  private vitest: Vitest | null = null;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.vitest?.config.testNamePattern) return;
    const missing = unlisted(skippedNames(modules));
    if (missing.length === 0) return;
    const lines = missing.map((name) => `  - ${name}`);
    console.error(
      `Skipped without a reason in test/skips.json:\n${lines.join('\n')}\nMend the test, or list it there with one of the reasons of test/skip-list.ts.`,
    );
    process.exitCode = 1;
  }
}

function skippedNames(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) =>
    [...module.children.allTests('skipped')].map(
      ({ fullName }) => `${module.relativeModuleId} > ${fullName}`,
    ),
  );
}
