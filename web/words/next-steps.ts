import type { CollectionResponse, SetAsideResponse } from '../../server/contract/collection.ts';
import type { PeopleResponse } from '../../server/contract/people.ts';
import { hrefWithPeriod } from '../state/period.svelte.ts';
import { needsAttention } from './attention.ts';
import { FEED_LABEL, REASON_STEP } from './labels.ts';

export interface Step {
  figure: number;
  unit: string;
  title: string;
  how: string;
  href: string;
}

interface Known {
  people: PeopleResponse | null;
  setAside: SetAsideResponse | null;
  collected: CollectionResponse | null;
}

/** What somebody can do now: feeds that fail come first, then people not covered, then what we did not understand. */
export function nextSteps({ people, setAside, collected }: Known): Step[] {
  return [...feedSteps(collected), ...peopleSteps(people), ...oddSteps(setAside, collected)];
}

function feedSteps(collected: CollectionResponse | null): Step[] {
  const feeds = collected?.feeds.filter(({ state }) => needsAttention(state)) ?? [];
  if (feeds.length === 0) return [];
  return [
    {
      figure: feeds.length,
      unit: feeds.length === 1 ? 'feed' : 'feeds',
      title: `Mend ${feeds.map(({ feed }) => FEED_LABEL[feed].toLowerCase()).join(', ')}`,
      how: feeds[0]?.reason ?? 'Not complete; the figures that stand on it grow old.',
      href: hrefWithPeriod('/data-trust'),
    },
  ];
}

function peopleSteps(people: PeopleResponse | null): Step[] {
  const reasons = people?.facets?.reason ?? [];
  return reasons
    .toSorted((a, b) => b.people - a.people)
    .flatMap(({ value, people: figure }) => {
      const step = REASON_STEP[value as keyof typeof REASON_STEP];
      if (!step || figure === 0) return [];
      const unit = figure === 1 ? 'person' : 'people';
      const href = hrefWithPeriod('/people', { reason: value ?? '', sort: 'priority' });
      return [{ figure, unit, ...step, href }];
    });
}

function oddSteps(setAside: SetAsideResponse | null, collected: CollectionResponse | null): Step[] {
  const unknown = setAside?.unknownReasons ?? [];
  const records = unknown.reduce((sum, row) => sum + row.records, 0);
  const gaps = collected?.gaps.length ?? 0;
  const href = hrefWithPeriod('/data-trust');
  return [
    ...(records > 0
      ? [
          {
            figure: records,
            unit: records === 1 ? 'record' : 'records',
            title: 'Read result reasons nobody knows yet',
            how: 'Microsoft uses words we have not seen; their tries are counted all the same.',
            href,
          },
        ]
      : []),
    ...(gaps > 0
      ? [
          {
            figure: gaps,
            unit: gaps === 1 ? 'gap' : 'gaps',
            title: 'Look at days not collected',
            how: 'They are in no figure. Microsoft keeps audit records for up to 30 days.',
            href,
          },
        ]
      : []),
  ];
}
