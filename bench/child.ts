import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Steps } from './step.ts';

/** What a step measured, and what its process used for it. */
export interface StepReport<Result> {
  result: Result;
  /** Peak resident set of the process once its modules were loaded, before it did anything. */
  loadedBytes: number;
  /** Peak resident set of the process. */
  peakBytes: number;
  /** Bytes the process gave to write(); null where the system does not tell (/proc/self/io). */
  writtenBytes: number | null;
}

const STEP = new URL('./step.ts', import.meta.url).pathname;
const run = promisify(execFile);

/**
 * Runs a step in a process of its own, so that its memory and its writes are its
 * own. Rejects with what the process said when it fails.
 */
export async function inChild<Name extends keyof Steps>(
  name: Name,
  input: Parameters<Steps[Name]>[0],
): Promise<StepReport<Awaited<ReturnType<Steps[Name]>>>> {
  const { stdout } = await run(process.execPath, [STEP, name, JSON.stringify(input)], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}
