import type { Measure } from '../bench.ts';
import { inChild } from '../child.ts';
import type { SampleStory } from '../steps/sample-story.ts';
import { judged, type Row, row } from '../table.ts';

const SEEDS = [4711, 1, 2, 3, 4];
/** Alerts above watch a month that the story does not explain. */
const A_MONTH_MOST = 1;
/** Turns that an alert must tell of, and with which cause. */
const WANTED: [turn: RegExp, cause: string][] = [
  [/^Attack night/, 'attack'],
  [/^SMS provider/, 'broken_method'],
  [/^Registration campaign/, 'policy_change'],
  [/^Security questions/, 'policy_change'],
];

/** What the alerts of sample tenants tell of their stories, and how many there are besides. */
export const sampleAlertsMeasure: Measure = async ({ quick }) => {
  const stories: SampleStory[] = [];
  for (const seed of quick ? SEEDS.slice(0, 1) : SEEDS)
    stories.push((await inChild('sampleStory', { seed })).result);
  return [...stories.map(unexplainedRow), ...turnsOf(stories)];
};

function unexplainedRow({ months, unexplained }: SampleStory, i: number): Row {
  const counts = Object.values(unexplained);
  const aMonth = counts.reduce((sum, one) => sum + one, 0) / months;
  const most = Math.max(0, ...counts);
  return judged(
    {
      what: `sample tenant ${SEEDS[i]}: alerts above watch a month that nothing explains`,
      ours: `${aMonth.toFixed(2)}, at most ${most} in one`,
      wanted: `${A_MONTH_MOST}`,
    },
    { value: aMonth, most: A_MONTH_MOST },
  );
}

/** Each turn of the story: in how many tenants it was found, and as what. */
function turnsOf(stories: readonly SampleStory[]): Row[] {
  const titles = stories[0]?.turns.map(({ title }) => title) ?? [];
  return titles.map((title) => {
    const found = stories.map(
      ({ turns }) => turns.find((turn) => turn.title === title)?.found ?? [],
    );
    const cause = WANTED.find(([turn]) => turn.test(title))?.[1];
    const told = found.filter((own) =>
      own.some((one) => cause === undefined || one.endsWith(` ${cause}`)),
    );
    const ours = `${told.length} of ${stories.length}`;
    const first = told[0]?.join(', ') ?? '';
    return row({ what: `found: ${title}${cause ? `, as ${cause}` : ''}`, ours, floor: first });
  });
}
