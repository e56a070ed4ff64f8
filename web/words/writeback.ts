import type { WritebackResponse } from '../../server/contract/resets.ts';
import { count, counted, percent } from '../format.ts';

const isOnPremises = (agent: string | null) => agent !== null && !/^none$/i.test(agent.trim());

export type Agents = NonNullable<WritebackResponse['agents']>;

/** The agent that wrote a password, for people; Graph spells it `None` where it was written in the cloud only. */
export function agentName(agent: string | null): string {
  if (agent === null) return 'No agent named';
  return isOnPremises(agent) ? agent : 'None: in the cloud only';
}

/** Failures on the way to the on-premises directory, in a sentence for a title. */
export function writebackFinding({ agents, failures }: WritebackResponse): string {
  if (agents === null || failures === null) return 'No day of this period was collected';
  const lost = failures.reduce((sum, { flows }) => sum + flows, 0);
  if (lost > 0) return `${counted(lost, 'try was', 'tries were')} lost to password writeback`;
  const onPremises = agents.filter(({ agent }) => isOnPremises(agent));
  if (onPremises.length === 0) return 'No reset was written to an on-premises directory';
  const written = onPremises.reduce((sum, { selfService }) => sum + selfService.succeeded, 0);
  return `Writeback lost no try; ${counted(written, 'reset was', 'resets were')} written on-premises`;
}

/** Voluntary changes, in a sentence for a title. */
export function changesFinding(changes: WritebackResponse['changes']): string {
  if (changes === null) return 'No day of this period was collected';
  const all = changes.succeeded + changes.failed;
  if (all === 0) return 'Nobody changed a password they knew';
  const share = { part: changes.succeeded, whole: all };
  return `${count(changes.succeeded)} of ${counted(all, 'voluntary change', 'voluntary changes')} succeeded (${percent(share)})`;
}
