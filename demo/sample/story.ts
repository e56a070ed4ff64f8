import type { Day } from '../../domain/day.ts';
import { addDays } from '../../domain/day.ts';

export interface StoryMarker {
  day: Day;
  /** Last day of what lasts; absent where it is one day. */
  lastDay?: Day;
  title: string;
  /** What an admin would have noted as a registration campaign. */
  campaign?: true;
}

/** The turns of the story, as numbers of days since its first day. */
export interface Story {
  first: Day;
  /** Number of the last day, on which the story's end lies. */
  last: number;
  campaign: number;
  campaignEnd: number;
  retailWave: number;
  licencesEnd: number;
  writebackOutage: number;
  questionsOff: number;
  passkeys: number;
  smsOutage: number;
  incidentResponse: number;
  probe: number;
  attack: number;
  /** Days on which nothing was collected. */
  notCollected: number[];
}

/** Thirteen months and a little. */
export const STORY_DAYS = 396;

/** The story that ends on `end`; its turns move with the end, holidays stay where they are. */
export function storyEnding(end: Day): Story {
  const first = addDays(end, 1 - STORY_DAYS);
  const last = STORY_DAYS - 1;
  const midweek = (daysBeforeEnd: number) => midweekFrom(first, last - daysBeforeEnd);
  return {
    ...{ first, last },
    campaign: midweek(300),
    campaignEnd: midweek(240),
    retailWave: midweek(190),
    licencesEnd: midweek(204),
    writebackOutage: midweek(160),
    questionsOff: midweek(130),
    passkeys: midweek(110),
    smsOutage: midweek(75),
    incidentResponse: midweek(48),
    probe: midweek(20) - 2,
    attack: midweek(20),
    notCollected: [last - 212, last - 211, last - 37],
  };
}

/** The first Tuesday, Wednesday or Thursday from day number `from` on. */
function midweekFrom(first: Day, from: number): number {
  const weekday = new Date(`${addDays(first, from)}T00:00:00Z`).getUTCDay();
  const wait = [2, 1, 0, 0, 0, 4, 3]; // from Sunday to Saturday
  return from + (wait[weekday] ?? 0);
}

/** What happened when, for annotations of charts; oldest first. */
export function markersOf(story: Story): StoryMarker[] {
  const on = (number: number) => addDays(story.first, number);
  const gaps = story.notCollected.map((number) => ({
    day: on(number),
    title: 'Nothing collected: the client secret had expired',
  }));
  const turns: StoryMarker[] = [
    {
      day: on(story.campaign),
      lastDay: on(story.campaignEnd),
      title: 'Registration campaign; self-service reset for everyone but retail',
      campaign: true,
    },
    { day: on(story.licencesEnd), title: 'Licences of temporary staff ended' },
    { day: on(story.retailWave), title: 'Self-service reset for retail' },
    { day: on(story.writebackOutage), title: 'Password writeback out of order for nine hours' },
    { day: on(story.questionsOff), title: 'Security questions turned off' },
    { day: on(story.passkeys), title: 'Passkey migration begins' },
    { day: on(story.smsOutage), title: 'SMS provider out of order' },
    { day: on(story.incidentResponse), title: '300 passwords reset after a phishing wave' },
    { day: on(story.probe), title: 'A few probes of the reset page' },
    { day: on(story.attack), title: 'Attack night on the reset page' },
  ];
  return [...turns, ...gaps].sort((a, b) => (a.day < b.day ? -1 : 1));
}
