import type { IncidentResponse } from '../../server/contract/incidents.ts';
import { ageText, counted, instantLong } from '../format.ts';
import { INCIDENT_OUTCOME } from './incidents.ts';
import { nameOf } from './person.ts';

type Story = IncidentResponse;
type Flow = Story['flows'][number];

export const succeeded = ({ outcome }: Flow) => outcome === 'completed' || outcome === 'unlocked';

/** What somebody is called who may not be known. */
export const somebody = (person: Story['incident']['person']) =>
  person ? nameOf(person) : 'somebody no record names';

/** The incident in two or three sentences. */
export function storySay(story: Story, timeZone: string): string {
  const { incident, flows, adminResets } = story;
  const began = instantLong(incident.startedAt, timeZone);
  const tries = counted(flows.length, 'try', 'tries');
  const start = `Began on ${began} with ${flows.length === 1 ? 'one try' : tries}.`;
  return [start, endText(story, flows, adminResets), settleText(story, timeZone)]
    .filter(Boolean)
    .join(' ');
}

function endText({ incident }: Story, flows: Flow[], resets: Story['adminResets']): string {
  const first = resets[0];
  if (first) {
    const after = ageText(incident.startedAt, Date.parse(first.at));
    const by = first.operator ? nameOf(first.operator) : 'an admin no record names';
    const alone = flows.find(succeeded);
    if (alone) {
      return `The person ${successWord(alone)} alone, and still fell back to the desk: ${by} reset the password ${after} after the start.`;
    }
    return `Fell back to the desk: ${by} reset the password ${after} after the start.`;
  }
  const success = flows.find(succeeded);
  if (success && incident.outcome !== 'fell_back') {
    return `The person ${successWord(success)} alone ${flows[0] === success ? 'at the first try' : 'after a retry'}, ${ageText(incident.startedAt, Date.parse(success.lastAt))} after the start.`;
  }
  if (incident.outcome === 'fell_back')
    return 'Fell back to the desk: the person contacted an admin.';
  return 'It was abandoned: no try succeeded, and no admin reset is known.';
}

const successWord = ({ outcome }: Flow) =>
  outcome === 'unlocked' ? 'unlocked the account' : 'set a new password';

function settleText({ settlesAt }: Story, timeZone: string): string {
  if (settlesAt === null) return '';
  return `Still settling: until ${instantLong(settlesAt, timeZone)} it may still become something else, so it is in no rate yet.`;
}

/** How it ended, or would if nothing came any more. */
export function outcomeText({ outcome, settling }: Story['incident']): string {
  const { word } = INCIDENT_OUTCOME[outcome];
  return settling ? `${word}, as things stand` : word;
}

export type StoryEvent =
  | { kind: 'try'; at: string; number: number; flow: Flow }
  | { kind: 'admin'; at: string; reset: Story['adminResets'][number] }
  | { kind: 'settles'; at: string };

/** What happened, in order of time, each once. */
export function eventsOf({ flows, adminResets, settlesAt }: Story): StoryEvent[] {
  const tries = flows
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
    .map((flow, index) => ({
      kind: 'try' as const,
      at: flow.startedAt,
      number: index + 1,
      flow,
    }));
  const resets = adminResets.map((reset) => ({ kind: 'admin' as const, at: reset.at, reset }));
  const happened: StoryEvent[] = [...tries, ...resets].toSorted((a, b) => a.at.localeCompare(b.at));
  return settlesAt === null ? happened : [...happened, { kind: 'settles', at: settlesAt }];
}
