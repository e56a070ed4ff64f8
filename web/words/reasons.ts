import type { Reason } from './labels.ts';

interface ReasonWords {
  /** What it means, in a sentence. */
  what: string;
  /** Who can change it, short enough for a table. */
  who: string;
  /** What that one does. */
  step: string;
}

/** The closed list of reasons: what each means, who can change it and how. */
export const REASON_WORDS: Record<Reason, ReasonWords> = {
  not_enabled: {
    what: 'Policy does not allow self-service reset for this person.',
    who: 'Identity admin',
    step: 'Add the person to the group that self-service reset is limited to, or open it for all.',
  },
  nothing_registered: {
    what: 'Allowed to reset, with no method registered at all.',
    who: 'The person',
    step: 'Ask the person to register at aka.ms/ssprsetup; a registration campaign reaches many.',
  },
  too_few_methods: {
    what: 'Has methods that resets accept, but fewer than policy requires.',
    who: 'The person',
    step: 'Ask the person to add one more method of another kind at aka.ms/ssprsetup.',
  },
  methods_not_accepted: {
    what: 'Has only methods that resets do not accept: passkeys, Windows Hello, certificates and the like. Signs in with strong methods and still cannot reset the password (the passkey paradox).',
    who: 'The person',
    step: 'Ask the person to add the authenticator app, a phone or an email address for resets.',
  },
  unknown: {
    what: 'Microsoft leaves out a flag or the methods, or says registered and enabled and yet not capable.',
    who: 'Look at the record',
    step: 'Open the person in Entra and compare. A wrong record usually mends itself with the next change of a method.',
  },
  capable: {
    what: 'Allowed, and with enough methods registered: can reset the password without help.',
    who: 'Nobody needed',
    step: 'Nothing to do.',
  },
};
