import type { AlertsResponse } from '../../../server/contract/alerts.ts';
import { counted, dayShort } from '../../format.ts';
import type { Points } from '../resets.ts';

const both = (words: string[]) =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** `2 critical and 1 at alert`; empty where none is open. */
export function openText({ watch, alert, critical }: AlertsResponse['open']): string {
  const levels: [number, string][] = [
    [critical, 'critical'],
    [alert, 'at alert'],
    [watch, 'at watch'],
  ];
  return both(levels.flatMap(([open, word]) => (open > 0 ? [`${open} ${word}`] : [])));
}

/** Whether somebody is attacking the reset page now, as far as can be told, in a sentence or two. `days` are those of the period. */
export function securitySay({ asOf, open }: AlertsResponse, days: Points | null): string {
  if (asOf === null)
    return 'Nothing has been collected yet. Whether anything is unusual is not known, which is not the same as quiet.';
  const all = open.watch + open.alert + open.critical;
  if (open.alert + open.critical > 0)
    return `Look now: ${counted(all, 'alert is', 'alerts are')} open, ${openText(open)}.`;
  const quiet =
    all === 0
      ? 'No alert is open.'
      : `Nothing to act on: ${counted(all, 'alert is', 'alerts are')} open, at watch only.`;
  return days === null ? quiet : `${quiet} ${lookBack(days)}`.trim();
}

function lookBack(days: Points): string {
  const known = days.filter(({ failed }) => failed !== null);
  if (known.length === 0) return 'No day of this period was collected.';
  if (known.every(({ expected }) => expected === null))
    return 'There is too little history yet to say what is usual.';
  const unusual = known.filter(({ level }) => level === 'alert' || level === 'critical');
  const last = unusual.at(-1);
  if (!last) return `Nothing unusual in the ${counted(known.length, 'day', 'days')} read.`;
  return `${counted(unusual.length, 'day', 'days')} of this period broke the band of failed verifications, last on ${dayShort(last.start)}.`;
}
