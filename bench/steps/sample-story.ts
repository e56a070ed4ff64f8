import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../db/open.ts';
import { tenantOn } from '../../test/build/tenants.ts';
import { sampleAlerts } from '../surveillance/sample-alerts.ts';
import { againstStory } from '../surveillance/story-alerts.ts';

const END = Date.parse('2026-11-22T13:00:00Z');

export interface SampleStory {
  /** Months of the story. */
  months: number;
  /** Months in which an alert above watch was raised that no turn explains, with how many. */
  unexplained: Record<string, number>;
  /** What was found of each turn: rule, level and cause. */
  turns: { title: string; found: string[] }[];
}

/** What the alerts of one sample tenant tell of its story, and what they tell besides. */
export async function sampleStory({ seed }: { seed: number }): Promise<SampleStory> {
  const folder = mkdtempSync(join(tmpdir(), 'deflectometer-story-'));
  const store = await openStore(`file:${join(folder, 'story.db')}`, { madeUp: true });
  try {
    const lease = await tenantOn(store, { clock: () => END });
    const { sample, alerts } = await sampleAlerts(lease, { end: END, seed });
    const { turns, unexplained } = againstStory(sample.story, alerts);
    const months = Map.groupBy(unexplained, ({ startedAt }) =>
      new Date(startedAt).toISOString().slice(0, 7),
    );
    return {
      months: 13,
      unexplained: Object.fromEntries([...months].map(([month, own]) => [month, own.length])),
      turns: turns.map(({ title, alerts: own }) => ({
        title,
        found: own.map(({ rule, level, evidence }) => `${rule} ${level} ${evidence.cause}`),
      })),
    };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
