import { HOUR_MS } from '../../domain/day.ts';
import { METHODS_SERVICE, SSPR_SERVICE } from '../audit-record.ts';
import type { AuditTarget } from '../graph-shapes.ts';
import { guidOf, hash32 } from '../random.ts';
import {
  METHODS_POLICY_ACTIVITY,
  POLICY_ACTIVITY,
  WRITEBACK_OFF_ACTIVITY,
  WRITEBACK_ON_ACTIVITY,
} from '../vocabulary.ts';
import type { TenantState } from './state.ts';
import { startOf } from './state.ts';

/** Beyond the numbers of the other records, which keep their ids. */
const FIRST_NUMBER = 0x4000_0000;

type Modified = AuditTarget['modifiedProperties'][number];

interface Change {
  /** Day number and hour, UTC. */
  day: number;
  hour: number;
  activity: string;
  modified: Modified[];
}

/** What the admins of Larkfield switched, as the audit log tells it: the turns of the story that are policy. */
export function policyChanges(state: TenantState): void {
  const { story, journal, operators } = state;
  const scope = (before: string, after: string) => property('Scope', before, after);
  const changes: Change[] = [
    policy(story.campaign, 6, [scope('Pilot', 'Everyone but retail')]),
    policy(story.retailWave, 6, [scope('Everyone but retail', 'All')]),
    { day: story.writebackOutage, hour: 7, activity: WRITEBACK_OFF_ACTIVITY, modified: [] },
    { day: story.writebackOutage, hour: 16, activity: WRITEBACK_ON_ACTIVITY, modified: [] },
    policy(story.questionsOff, 5, [property('SecurityQuestions', 'true', 'false')]),
    // Two records, as when somebody saves the page twice.
    policy(story.questionsOff, 5.1, [property('NumberOfQuestionsToReset', '3', '0')]),
    { day: story.passkeys, hour: 6, activity: METHODS_POLICY_ACTIVITY, modified: [] },
  ];
  for (const [index, { day, hour, activity, modified }] of changes.entries()) {
    const entry = {
      at: startOf(state, day) + Math.round(hour * HOUR_MS),
      service: activity === METHODS_POLICY_ACTIVITY ? METHODS_SERVICE : SSPR_SERVICE,
      category:
        activity === METHODS_POLICY_ACTIVITY ? 'ApplicationManagement' : 'DirectoryManagement',
      ...{ activity, result: 'success', reason: '', target: null, changed: directory(modified) },
      correlationId: guidOf(hash32(state.seed, 'policy'), index),
      by: operators[0] ?? null,
      address: '192.0.2.200',
      agent: undefined,
    };
    journal.write(entry, FIRST_NUMBER + index);
  }
}

function policy(day: number, hour: number, modified: Modified[]): Change {
  return { day, hour, activity: POLICY_ACTIVITY, modified };
}

/** Graph writes values as JSON in a text. */
function property(displayName: string, before: string, after: string): Modified {
  return { displayName, oldValue: JSON.stringify(before), newValue: JSON.stringify(after) };
}

function directory(modifiedProperties: Modified[]): AuditTarget {
  return {
    ...{ id: null, displayName: 'Larkfield', type: 'Directory', userPrincipalName: null },
    ...{ groupType: null, modifiedProperties },
  };
}
