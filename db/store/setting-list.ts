export type SettingKind = 'time_zone' | 'integer' | 'boolean' | 'date' | 'schedule' | 'list';

export interface Setting {
  name: string;
  title: string;
  meaning: string;
  kind: SettingKind;
  /** As text; lists one entry a line. `time_zone` takes its default from TENANT_TIME_ZONE. */
  default: string;
  min?: number;
  max?: number;
  unit?: string;
}

const schedule = (feed: string, title: string, cron: string): Setting => ({
  name: `schedule.${feed}`,
  title: `When ${title} are collected`,
  meaning: 'Five cron fields, read in UTC: minute, hour, day of month, month, day of week.',
  kind: 'schedule',
  default: cron,
});

const feedSwitch = (feed: string, meaning: string): Setting => ({
  name: `feed.${feed}`,
  title: `Collect the feed ${feed}`,
  meaning,
  kind: 'boolean',
  default: 'true',
});

/** Every setting that is kept in the database, in the order of the form. */
export const SETTINGS: Setting[] = [
  {
    name: 'time_zone',
    title: 'Time zone',
    meaning:
      'The IANA zone in which days are cut, such as Europe/Vienna. Changing it re-cuts everything stored, in one job.',
    kind: 'time_zone',
    default: 'UTC',
  },
  {
    name: 'required_methods',
    title: 'Methods required to reset',
    meaning:
      'How many methods your reset policy asks of people who are not admins. Graph does not tell; admins always need 2.',
    kind: 'integer',
    default: '1',
    min: 1,
    max: 2,
    unit: 'methods',
  },
  {
    name: 'automation_accounts',
    title: 'Automation accounts',
    meaning:
      'Accounts whose password resets are scripts, not helpdesk work: one user principal name or object id a line. A script that runs under a person’s account cannot be told apart otherwise.',
    kind: 'list',
    default: '',
  },
  {
    name: 'incident_gap_hours',
    title: 'New incident after',
    meaning:
      'A flow that starts more than this after the start of the person’s flow before it is a new need, not another try.',
    kind: 'integer',
    default: '24',
    min: 4,
    max: 72,
    unit: 'hours',
  },
  {
    name: 'sms_voice_end',
    title: 'SMS and voice end on',
    meaning: 'The day on which Microsoft’s SMS and voice calls stop being a reset method.',
    kind: 'date',
    default: '2027-02-01',
  },
  {
    name: 'sms_voice_end_global_admins',
    title: 'SMS and voice end for Global Administrators on',
    meaning: 'The later day for the Global Administrators listed below.',
    kind: 'date',
    default: '2027-07-01',
  },
  {
    name: 'global_administrators',
    title: 'Global Administrators',
    meaning:
      'One user principal name or object id a line. Graph’s report does not tell them from other admins.',
    kind: 'list',
    default: '',
  },
  {
    name: 'own_telephony',
    title: 'Own telephony provider',
    meaning: 'SMS and voice go on by a provider of your own after Microsoft’s end.',
    kind: 'boolean',
    default: 'false',
  },
  feedSwitch('registration', 'Who is registered, enabled and able to reset: one snapshot a day.'),
  feedSwitch(
    'resets',
    'Audit records of Self-service Password Management: flows and admin resets.',
  ),
  feedSwitch(
    'security-info',
    'Audit records of Authentication Methods: registrations and changes.',
  ),
  feedSwitch('people', 'Departments, countries, offices and companies of people, from /users.'),
  feedSwitch('domains', 'Password expiry of the domains, from /domains.'),
  schedule('registration', 'registration snapshots', '10 4 * * *'),
  schedule('resets', 'reset records', '5 * * * *'),
  schedule('security-info', 'security-info records', '20 * * * *'),
  schedule('people', 'people', '50 3 * * *'),
  schedule('domains', 'domains', '45 3 * * *'),
];
