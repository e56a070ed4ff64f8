import { afterAll } from 'vitest';

const ends: (() => unknown)[] = [];

// Registered while the test file is being collected: a hook that a running test or hook asks for is
// never called, and what it should have ended would outlive the run.
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Calls `end` after the last test of the file, in the reverse order of asking. */
export function atEnd(end: () => unknown): void {
  ends.push(end);
}
