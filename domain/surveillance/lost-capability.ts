import { counted } from './alert-words.ts';
import type { Evidence } from './evidence.ts';

/** How many people could no longer reset their own password, on the day on which they were most; 0: no rule fired for it. */
export function lostCapability({ rules }: Pick<Evidence, 'rules'>): number {
  return rules.reduce(
    (most, { rule, value }) => (rule === 'capability_lost' ? Math.max(most, value) : most),
    0,
  );
}

/** The same in a sentence; none where no rule fired for it. */
export function lostInWords(facts: Pick<Evidence, 'rules'>): string[] {
  const lost = lostCapability(facts);
  if (lost === 0) return [];
  const who = counted(lost, 'person', 'people');
  return [`${who} could reset their own password at the snapshot before, and cannot any more.`];
}
