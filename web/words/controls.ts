import type { ControlsResponse } from '../../server/contract/registration.ts';
import type { IconName } from '../parts/icon-name.ts';

type Expectations = ControlsResponse['controls'][number]['expectations'];
type State = Expectations[number]['state'];

export const EXPECTATION_STATE: Record<
  State,
  { word: string; icon: IconName; level: 'ok' | 'warn' | 'crit' | 'mute' }
> = {
  pass: { word: 'Pass', icon: 'check', level: 'ok' },
  fail: { word: 'Fail', icon: 'cross', level: 'crit' },
  cannot_be_seen: { word: 'Cannot be seen', icon: 'warn', level: 'warn' },
};

/** How the control stands, in a sentence for a title. */
export function controlFinding(id: string, expectations: Expectations): string {
  const of = (state: State) => expectations.filter((one) => one.state === state).length;
  const open = of('cannot_be_seen');
  const unseen = open > 0 ? `, ${open} cannot be seen` : '';
  if (of('fail') > 0)
    return `Control ${id} is not met: ${of('fail')} of ${expectations.length} expectations fail${unseen}`;
  return open > 0
    ? `Control ${id}: ${of('pass')} of ${expectations.length} expectations pass${unseen}`
    : `Control ${id} is met`;
}
