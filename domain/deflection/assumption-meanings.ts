import type { Source } from '../money/cost-presets.ts';

/** What an assumption means, for people, and where its default comes from. */
export interface Meaning {
  /** Path in the set, such as `money.handleMinutes`. */
  path: string;
  title: string;
  meaning: string;
  unit: string;
  source: Source;
}

const JUDGEMENT = 'Judgement, wide on purpose.';

const TELANG: Source = {
  text: `${JUDGEMENT} Kumar and Telang, Information Systems Research 23 (2012) 721, saw calls rise by 14 % with web self-service, and fall by 29 % for what was unambiguous.`,
  address: 'http://repository.cmu.edu/heinzworks/68/',
};

const SERVICE_XRG: Source = {
  text: `${JUDGEMENT} The one public ratio of deflection to success, 23.4 % of 48.1 % (ServiceXRG, not of passwords), is 0.49.`,
  address: 'https://www.recognizeserviceexcellence.com/',
};

const OWN: Source = { text: 'Yours to give; nothing is assumed.', address: null };

/** In the order in which they are asked for. */
export const MEANINGS: readonly Meaning[] = [
  {
    path: 'deflection.reset.induced',
    title: 'Resets that only ease brought',
    meaning:
      'Part of the self-served resets that exist only because self-service is easy: without it nobody would have needed one.',
    unit: 'share',
    source: TELANG,
  },
  {
    path: 'deflection.reset.propensity',
    title: 'Resets that would have been tickets',
    meaning:
      'Chance that somebody who really needed a reset would have called the desk without self-service, rather than remember, wait or ask a colleague.',
    unit: 'share',
    source: SERVICE_XRG,
  },
  {
    path: 'deflection.unlock.induced',
    title: 'Unlocks that only ease brought',
    meaning: 'The same part of self-served unlocks.',
    unit: 'share',
    source: TELANG,
  },
  {
    path: 'deflection.unlock.propensity',
    title: 'Unlocks that would have been tickets',
    meaning: 'The same chance for a locked account: lower, because lockouts end by themselves.',
    unit: 'share',
    source: {
      text: `${JUDGEMENT} Smart lockout ends after a minute at first, and later after longer.`,
      address:
        'https://learn.microsoft.com/en-us/entra/identity/authentication/howto-password-smart-lockout',
    },
  },
  {
    path: 'selfServiceSince',
    title: 'Self-service since',
    meaning:
      'First day on which people could reset their password by themselves. Months before count as none self-served, and not as unknown, so that tickets from before tell something.',
    unit: 'day',
    source: OWN,
  },
  {
    path: 'money.currency',
    title: 'Currency',
    meaning: 'Of every amount here. Amounts are not converted.',
    unit: 'ISO 4217',
    source: { text: 'That of the published costs.', address: null },
  },
  {
    path: 'money.desk',
    title: 'Cost of a ticket',
    meaning:
      "What a password ticket costs the helpdesk: best from your own handle minutes and the desk's hourly rate with all on-costs, else a published figure, or a range of your own (median, 5 and 95 %).",
    unit: 'currency per ticket',
    source: {
      text: 'HDI SupportWorld 2017: median of 18.50 USD a ticket in 2016, half of it for a reset because it is short.',
      address:
        'https://www.thinkhdi.com/library/supportworld/2017/lets-be-careful-how-we-spend-our-money',
    },
  },
  {
    path: 'money.handleMinutes',
    title: 'Handle minutes',
    meaning: 'Minutes the desk works on one password ticket: least, likeliest and most on average.',
    unit: 'minutes',
    source: {
      text: 'Vendor pages: 5 minutes (Specops), 10 to 20 (others). Measure your own.',
      address: 'https://specopssoft.com/blog/the-true-cost-of-password-resets/',
    },
  },
  {
    path: 'money.userMinutesDesk',
    title: 'Minutes lost by the desk',
    meaning: 'Minutes a person loses on the way by the desk, waiting included.',
    unit: 'minutes',
    source: {
      text: `45 minutes with waiting (Specops, a vendor); the rest is judgement.`,
      address: 'https://specopssoft.com/blog/the-true-cost-of-password-resets/',
    },
  },
  {
    path: 'money.userMinutesSelfService',
    title: 'Minutes lost by self-service',
    meaning:
      'The same by self-service. Where it is not given: the quarters of the durations of completed flows of the period, and 2, 3 and 6 minutes where there are none.',
    unit: 'minutes',
    source: { text: "The tenant's own logs.", address: null },
  },
  {
    path: 'money.userHourlyRate',
    title: 'Hourly rate of people',
    meaning:
      "What an hour of a person's time costs. Where it is not given, user time is shown in hours alone.",
    unit: 'currency per hour',
    source: OWN,
  },
  {
    path: 'money.usableShare',
    title: 'Usable share of time',
    meaning: 'Part of the time saved that becomes work: minutes here and there rarely all do.',
    unit: 'share',
    source: { text: JUDGEMENT.replace(', wide on purpose', ''), address: null },
  },
  {
    path: 'money.selfServiceCost',
    title: 'Fee of a self-served incident',
    meaning: 'What each self-served incident costs, such as a fee for a text message.',
    unit: 'currency per incident',
    source: { text: 'Nothing is charged for verification by app or email.', address: null },
  },
  {
    path: 'money.fallbackExtraMinutes',
    title: 'Extra minutes of a fallback',
    meaning:
      'Minutes that a call costs the desk more where self-service was tried first and failed.',
    unit: 'minutes',
    source: { text: 'Nothing is published; 0 until you know better.', address: null },
  },
  {
    path: 'money.monthlyCost',
    title: 'Running cost',
    meaning:
      'Licences and running costs a month that exist for self-service alone; those that you would have anyway do not belong here.',
    unit: 'currency per month',
    source: OWN,
  },
  {
    path: 'money.setupCost',
    title: 'Setup cost',
    meaning: 'Paid once to introduce it: project, training, campaign.',
    unit: 'currency',
    source: OWN,
  },
];

/** The title of an assumption by its path; the path itself where it has none. */
export function titleOf(path: string): string {
  return MEANINGS.find((one) => one.path === path)?.title ?? path;
}
