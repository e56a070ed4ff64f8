import { reasonText } from '../lost-reason.ts';
import { counted } from './alert-words.ts';
import type { Cause, Evidence } from './evidence.ts';
import type { AlertRule } from './rule-list.ts';
import { RULE_STEPS } from './rule-steps.ts';
import { stopCodes } from './stop-codes.ts';
import { OWNER_STEPS } from './stop-steps.ts';

/** The part of the evidence that steps are chosen by. */
export type StepEvidence = Pick<Evidence, 'series' | 'rules' | 'explainedBy' | 'through'>;

const STEPS_MOST = 5;

/** What to do about an alert, in order, in at most 5 sentences that name nobody. */
export function nextSteps({
  rule,
  cause,
  evidence,
}: {
  rule: AlertRule;
  cause: Cause;
  evidence: StepEvidence;
}): string[] {
  const steps =
    rule === 'configuration_stops' ? stopSteps(cause, evidence) : stepsOf(rule, cause, evidence);
  return [...new Set([...urgent(rule, evidence), ...steps])].slice(0, STEPS_MOST);
}

/** Somebody may be in: that comes before everything else. Rules about resets that went through say it themselves. */
function urgent(rule: AlertRule, { through }: StepEvidence): string[] {
  const { length } = through;
  if (length === 0 || rule in RULE_STEPS) return [];
  return [
    `${counted(length, 'reset', 'resets')} went through: call ${length === 1 ? 'this person' : 'these people'} on a number you know from elsewhere. If it was not them, reset the password, revoke their sessions and remove security info they do not know.`,
  ];
}

function stepsOf(rule: AlertRule, cause: Cause, evidence: StepEvidence): string[] {
  const own = RULE_STEPS[rule];
  if (own) return [...own];
  return cause === 'broken_method' ? brokenSteps(evidence) : [...CAUSE_STEPS[cause]];
}

const CHANGE_STEPS = [
  'Open the change in the audit log of Entra: who made it, and was it meant?',
  'If it was not meant, undo it; it holds for the very next reset.',
  'If it was meant, tell the helpdesk, and tell the people it concerns what to register instead.',
];

const COMPANY_STEP =
  'If an address is an office or a VPN of yours, add its range to the company’s addresses.';

const CAUSE_STEPS: Record<Exclude<Cause, 'broken_method'>, readonly string[]> = {
  attack: [
    'Look for sign-ins from these addresses in the sign-in logs of Entra, those that succeeded first, and revoke the sessions of whoever did not sign in themselves.',
    'Block sign-ins from these addresses with a named location in Conditional Access.',
    'Let security info be registered from trusted locations only (Conditional Access, user action), so that nobody adds a method of their own.',
    COMPANY_STEP,
  ],
  policy_change: CHANGE_STEPS,
  writeback: [
    'Check that Entra Connect runs and that password writeback is switched on (Password reset, On-premises integration).',
    ...CHANGE_STEPS,
  ],
  unclear: [
    'Look at the people and addresses of this alert: few addresses with many people speak for somebody, one method for a fault.',
    'Check the sign-ins of these people in the sign-in logs of Entra.',
    'Ask two or three of them, on a number you know from elsewhere, whether it was them.',
    COMPANY_STEP,
  ],
};

function brokenSteps({ explainedBy }: StepEvidence): string[] {
  const method = explainedBy.find(({ by }) => by === 'method')?.parts[0]?.value ?? 'the method';
  return [
    `Check the service health of Microsoft 365, and the provider behind ${method}.`,
    `Try ${method} on the reset page with an account of your own.`,
    'Tell the helpdesk to expect calls, and that people with another method can use that one.',
    `If it lasts, ask people who have registered ${method} alone to register another method.`,
  ];
}

function stopSteps(cause: Cause, evidence: StepEvidence): string[] {
  const owners = stopCodes(evidence).flatMap((code) => reasonText(code).owner ?? []);
  const own = owners.flatMap((owner) => OWNER_STEPS[owner] ?? []);
  const change = cause === 'policy_change' || cause === 'writeback' ? CAUSE_STEPS[cause] : [];
  const steps = [...change, ...own];
  return steps.length > 0 ? steps : [...UNKNOWN_STOP];
}

const UNKNOWN_STOP = [
  'Read the reason in the words of the log, and look for it in the documentation of Entra.',
  'Compare the settings of password reset (Properties, Authentication methods, On-premises integration) with what you mean them to be.',
  'Tell the helpdesk to expect calls from the people concerned.',
];
