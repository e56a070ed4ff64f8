import type { Family } from '../../domain/method.ts';
import { REASON_LABEL } from '../../domain/reason-label.ts';
import type { FEED_STATES, FEEDS } from '../../server/contract/collection.ts';
import type { FLOW_OUTCOMES, REASONS } from '../../server/contract/people.ts';
import type { Dimension, PeopleClass } from '../../server/contract/registration.ts';
import type { IconName } from '../parts/icon-name.ts';

export type Reason = (typeof REASONS)[number];
export type FeedState = (typeof FEED_STATES)[number];

export { REASON_LABEL };

export const REASON_NAMES = Object.keys(REASON_LABEL) as Reason[];

/** What helps a person with this reason. */
export const REASON_STEP: Record<Exclude<Reason, 'capable'>, { title: string; how: string }> = {
  nothing_registered: {
    title: 'Get people to register a first method',
    how: 'Allowed to reset, with no method registered. A registration campaign or a reminder at sign-in reaches them.',
  },
  too_few_methods: {
    title: 'Get people to add a method',
    how: 'They have a reset method, but fewer than policy requires.',
  },
  methods_not_accepted: {
    title: 'Add a method that resets accept',
    how: 'What they have (passkeys, Windows Hello, certificates …) cannot be used to reset a password.',
  },
  not_enabled: {
    title: 'Enable people policy leaves out',
    how: 'Not in the scope of self-service reset. Check the group it is limited to.',
  },
  unknown: {
    title: 'Look at people with incomplete data',
    how: 'Microsoft leaves out a flag or contradicts itself for them.',
  },
};

export const OUTCOME_LABEL: Record<(typeof FLOW_OUTCOMES)[number], string> = {
  completed: 'Completed',
  unlocked: 'Unlocked',
  contacted_admin: 'Contacted an admin',
  blocked: 'Blocked',
  not_entitled: 'Not entitled',
  failed: 'Failed',
  cancelled: 'Cancelled',
  abandoned: 'Abandoned',
  in_progress: 'In progress',
};

export const FEED_LABEL: Record<(typeof FEEDS)[number], string> = {
  registration: 'Registration',
  resets: 'Resets',
  'security-info': 'Security info',
  people: 'People',
  domains: 'Domains',
  checksum: 'Checksum',
};

export const FEED_STORED: Record<(typeof FEEDS)[number], [one: string, many: string]> = {
  registration: ['person', 'people'],
  resets: ['record', 'records'],
  'security-info': ['record', 'records'],
  people: ['person', 'people'],
  domains: ['domain', 'domains'],
  checksum: ['row', 'rows'],
};

interface StateSight {
  word: string;
  icon: IconName;
  level: 'ok' | 'warn' | 'crit' | 'mute';
}

export const FEED_STATE: Record<FeedState, StateSight> = {
  never: { word: 'Never run', icon: 'off', level: 'mute' },
  running: { word: 'Running', icon: 'wait', level: 'mute' },
  ok: { word: 'Complete', icon: 'check', level: 'ok' },
  late: { word: 'Late', icon: 'warn', level: 'warn' },
  failed: { word: 'Failed', icon: 'cross', level: 'crit' },
  unavailable: { word: 'Unavailable', icon: 'warn', level: 'warn' },
  off: { word: 'Off', icon: 'off', level: 'mute' },
};

export const DIMENSION_LABEL: Record<Dimension, { one: string; none: string }> = {
  department: { one: 'Department', none: 'No department' },
  country: { one: 'Country', none: 'No country' },
  office: { one: 'Office', none: 'No office' },
  company: { one: 'Company', none: 'No company' },
  admin: { one: 'Admin', none: 'Not known' },
};

export const DIMENSIONS = Object.keys(DIMENSION_LABEL) as Dimension[];

/** A value of a dimension for people. */
export function valueLabel(dimension: Dimension, value: string | null): string {
  if (value === null) return DIMENSION_LABEL[dimension].none;
  if (dimension === 'admin') return value === 'true' ? 'Admins' : 'Everybody else';
  return value;
}

export const CLASS_LABEL: Record<PeopleClass, string> = {
  member: 'Members',
  unknown_type: 'Type not given, counted as members',
  excluded: 'Excluded',
  guest: 'Guests',
  other: 'Other types',
};

const ADMIN_RESET_KIND: Record<string, string> = {
  counted: 'Counted',
  unknown_initiator: 'By somebody the record does not name',
  first_password: 'First password of a new account',
  mass: 'Part of a mass reset',
  automation: 'By an automation or synchronisation account',
  self: "Change of one's own password",
};

/** Why a reset by an admin counts or does not; a kind we do not know as it is spelt. */
export const adminResetKind = (kind: string) => ADMIN_RESET_KIND[kind] ?? kind.replaceAll('_', ' ');

/** A flag of Graph's in words; it may be missing. */
export const yesNo = (flag: boolean | null) => (flag === null ? 'Not known' : flag ? 'Yes' : 'No');

/** A family of reset methods for people. */
export const FAMILY_LABEL: Record<Family, string> = {
  mobile_phone: 'Mobile phone',
  office_phone: 'Office phone',
  email: 'Email',
  security_questions: 'Security questions',
  authenticator_app: 'Authenticator app',
  hardware_code: 'Hardware code',
};
