import { SMS_VOICE_END, SMS_VOICE_END_GLOBAL_ADMINS } from '../../domain/microsoft-dates.ts';

export type SettingKind = 'time_zone' | 'integer' | 'boolean' | 'date' | 'schedule' | 'list';

export interface Setting {
  name: string;
  title: string;
  meaning: string;
  kind: SettingKind;
  /** As text; lists one entry a line; '' means not set. `time_zone` takes its default from TENANT_TIME_ZONE. */
  default: string;
  /** Where the value comes from: who says so, and when, or why nobody does. */
  source?: string;
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
    source:
      'Typed in: no Microsoft interface exposes the policy. It stands in Entra under Password reset.',
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
    name: 'office_from',
    title: 'Office hours begin at',
    meaning:
      'The first hour in which somebody is at the helpdesk, in the time zone above. What happens outside office hours would have waited until then.',
    kind: 'integer',
    default: '8',
    min: 0,
    max: 23,
    unit: 'o’clock',
  },
  {
    name: 'office_until',
    title: 'Office hours end at',
    meaning: 'The first hour that is no longer office time. Must come after the beginning.',
    kind: 'integer',
    default: '18',
    min: 1,
    max: 24,
    unit: 'o’clock',
  },
  {
    name: 'office_weekdays',
    title: 'Days with office hours',
    meaning:
      'Weekdays, Monday to Sunday, one a line or with commas between. Holidays never have office hours.',
    kind: 'list',
    default: 'Monday, Tuesday, Wednesday, Thursday, Friday',
  },
  {
    name: 'holiday_places',
    title: 'Public holidays of',
    meaning:
      'Where most of your people work: a country, or a country and state, a line, such as AT, DE-BY or US-CA. Days that are a holiday in one of them count as one. Empty: no holidays are known.',
    source:
      'The calendars of the open library date-holidays (github.com/commenthol/date-holidays).',
    kind: 'list',
    default: '',
  },
  {
    name: 'holidays_added',
    title: 'Further days without work',
    meaning: 'One a line: the day, and a name after a blank, such as 2026-12-24 Christmas Eve.',
    kind: 'list',
    default: '',
  },
  {
    name: 'holidays_removed',
    title: 'Public holidays on which you work',
    meaning: 'One day a line, YYYY-MM-DD: taken out of the public holidays above.',
    kind: 'list',
    default: '',
  },
  {
    name: 'sms_voice_end',
    title: 'SMS and voice end on',
    meaning: 'The day on which Microsoft’s SMS and voice calls stop being a reset method.',
    source: `${SMS_VOICE_END.source.title}: ${SMS_VOICE_END.source.address}`,
    kind: 'date',
    default: SMS_VOICE_END.day,
  },
  {
    name: 'sms_voice_end_global_admins',
    title: 'SMS and voice end for Global Administrators on',
    meaning: 'The later day for the Global Administrators listed below.',
    source: `${SMS_VOICE_END_GLOBAL_ADMINS.source.title}: ${SMS_VOICE_END_GLOBAL_ADMINS.source.address}`,
    kind: 'date',
    default: SMS_VOICE_END_GLOBAL_ADMINS.day,
  },
  {
    name: 'global_administrators',
    title: 'Global Administrators',
    meaning:
      'One user principal name or object id a line. Graph’s report does not tell them from other admins.',
    source: 'Typed in: the role would take a permission that this product does not ask for.',
    kind: 'list',
    default: '',
  },
  {
    name: 'own_telephony',
    title: 'Own telephony provider',
    meaning: 'SMS and voice go on by a provider of your own after Microsoft’s end.',
    source: 'Typed in: no report tells of it.',
    kind: 'boolean',
    default: 'false',
  },
  {
    name: 'target_coverage',
    title: 'Target for coverage',
    meaning:
      'How much of the population should be able to reset: the forecast then says when that will be. Empty: no target.',
    kind: 'integer',
    default: '',
    min: 1,
    max: 100,
    unit: 'percent',
  },
  {
    name: 'target_day',
    title: 'Target to be reached by',
    meaning: 'The forecast says how likely coverage is at the target on this day. Empty: no day.',
    kind: 'date',
    default: '',
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
