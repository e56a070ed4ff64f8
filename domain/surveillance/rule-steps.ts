import type { AlertRule } from './rule-list.ts';

const CALL = 'Call them on a number you know from elsewhere, not one from a ticket or a mail.';
const NOT_THEM =
  'If it was not them, reset the password, revoke their sessions and remove security info they do not know.';
const SIGN_INS = 'Check their sign-ins since then in the sign-in logs of Entra.';

/** What to do about a rule, whatever the cause looks like; rules that are not here go by the cause. */
export const RULE_STEPS: Partial<Record<AlertRule, readonly string[]>> = {
  admin_resets: [
    'See which operators did them, and whether a ticket stands behind each.',
    'If a fault or a campaign explains them (an outage, a wave of expired passwords), note it and acknowledge the alert.',
    'If an operator does not know of them, revoke that operator’s sessions, reset the password and check the sign-ins.',
    'Call some of the people back on a number you know from elsewhere: was it they who asked?',
  ],
  blocked_attempts: [
    'See whether the blocked people share an address, or a time of night.',
    `Ask them whether it was them. ${CALL}`,
    'If it was, help them in: the block ends by itself after 24 hours.',
    'If it was not, check their sign-ins in the sign-in logs of Entra and revoke their sessions.',
  ],
  one_address_many_people: [
    'Find out whose address it is: if an office, a VPN or a mobile network of your people, add its range to the company’s addresses.',
    'Look for sign-ins from it in the sign-in logs of Entra, those that succeeded first.',
    'If a reset went through from it, call that person on a number you know from elsewhere; if it was not them, reset the password and revoke their sessions.',
    'If it is nobody’s you know, block sign-ins from it with a named location in Conditional Access.',
  ],
  one_person_many_methods: [
    `Ask the person whether it was them. ${CALL}`,
    'If it was, help them register the methods they have now.',
    'If it was not, check their sign-ins in the sign-in logs of Entra, revoke their sessions and check their security info.',
  ],
  admin_self_reset: [
    `Ask each admin whether it was them. ${CALL}`,
    NOT_THEM,
    SIGN_INS,
    'See in the audit log of Entra what the account changed since then, roles and applications first.',
  ],
  phone_only_reset: [
    'Look first at resets from an address never seen for that person.',
    `Ask these people whether it was them. ${CALL} Their own number may be in other hands.`,
    NOT_THEM,
    'Require two methods for a reset, or take SMS and voice calls out of them, where people have others.',
  ],
  security_info_near_reset: [
    'See which method was added or removed, and from which address the reset came.',
    `Ask these people whether it was them. ${CALL}`,
    NOT_THEM,
    SIGN_INS,
    'Let security info be registered from trusted locations only (Conditional Access, user action).',
  ],
  many_resets_by_one_operator: [
    'Ask the operator, and see whether a ticket stands behind each reset.',
    'If a campaign or an outage explains it, note it and acknowledge the alert.',
    'If the operator does not know of it, revoke the operator’s sessions, reset the password and check the sign-ins.',
    'Then call the people whose password was reset, and reset it again where they did not ask for it.',
  ],
  reset_after_failure: [
    `Call the people back: did they ask for the reset? ${CALL}`,
    NOT_THEM,
    SIGN_INS,
    'Ask the operators how they made sure who called, and agree on a call back for whoever failed self-service just before.',
  ],
  rejected_passwords: [
    'Call the person and explain what a new password has to be like.',
    'If many are concerned, see which rule rejects them: banned passwords, or the policy on-premises.',
    'If the policy on-premises asks for more than the reset page tells, write down what it asks for where people look for help.',
  ],
  capability_lost: [
    'See in the audit log of Entra which policy changed, and who changed it: the methods that password reset accepts, how many it requires, for whom it is enabled.',
    'See who these people are and what they had registered before: the list of Coverage, what changed.',
    'If it was not meant, undo it; it holds for the very next reset.',
    'If it was meant, tell these people what to register instead, and the helpdesk to expect their calls.',
    'If no policy changed, look for licences that ended, a migration of methods, or telephone numbers that were removed.',
  ],
};
