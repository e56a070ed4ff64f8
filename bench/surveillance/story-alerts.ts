import type { StoryMarker } from '../../demo/sample/story.ts';
import { addDays, type Day } from '../../domain/day.ts';
import type { StoredAlert } from './sample-alerts.ts';

/** A turn of the sample's story, and the alerts that tell of it. */
export interface ToldTurn {
  title: string;
  alerts: StoredAlert[];
}

export interface StoryAlerts {
  turns: ToldTurn[];
  /** Alerts above watch that no turn explains. */
  unexplained: StoredAlert[];
}

/** What changes something for good shows for some days; what is over after hours, on its day and the next. */
const LASTING = /campaign|retail|Licences|questions|Passkey/;
const LASTING_DAYS = 10;
/** A day on which nothing is collected explains nothing. */
const NOTHING = /^Nothing collected/;

/** Holds alerts above watch against the story: which turn each of them is about, and which are about none. */
export function againstStory(
  story: readonly StoryMarker[],
  alerts: readonly StoredAlert[],
): StoryAlerts {
  const raised = alerts.filter(
    ({ level, withdrawnAt }) => level !== 'watch' && withdrawnAt === null,
  );
  const turns = story
    .filter(({ title }) => !NOTHING.test(title))
    .map((turn) => ({ title: turn.title, alerts: raised.filter((one) => isAbout(one, turn)) }));
  const told = new Set(turns.flatMap((turn) => turn.alerts));
  return { turns, unexplained: raised.filter((one) => !told.has(one)) };
}

function isAbout({ startedAt, lastAt }: StoredAlert, { day, lastDay, title }: StoryMarker) {
  const last = lastDay ?? addDays(day, LASTING.test(title) ? LASTING_DAYS - 1 : 1);
  return startedAt < startOf(addDays(last, 1)) && startOf(day) < lastAt;
}

/** The sample is told in UTC. */
const startOf = (day: Day) => Date.parse(`${day}T00:00:00Z`);
