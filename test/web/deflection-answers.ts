import type { Answers } from '../../web/api/contract-shapes.ts';

type Deflection = Answers['DeflectionResponse'];
type Assumptions = Answers['AssumptionsResponse'];

export const A_SET: Assumptions['defaults'] = {
  deflection: {
    reset: {
      induced: { low: 0.03, likely: 0.1, high: 0.36 },
      propensity: { low: 0.64, likely: 0.83, high: 0.93 },
    },
    unlock: {
      induced: { low: 0.08, likely: 0.2, high: 0.47 },
      propensity: { low: 0.48, likely: 0.69, high: 0.83 },
    },
  },
  selfServiceSince: null,
  money: {
    currency: 'USD',
    desk: { basis: 'preset', preset: 'HDI' },
    handleMinutes: { low: 5, likely: 10, high: 20 },
    userMinutesDesk: { low: 10, likely: 25, high: 50 },
    userMinutesSelfService: null,
    userHourlyRate: null,
    usableShare: 0.5,
    selfServiceCost: 0,
    fallbackExtraMinutes: 0,
    monthlyCost: null,
    setupCost: null,
  },
};

/** A period judged by assumption, with the default cost: 840 self-served, 410 to 690 avoided. */
export function anAnswer(override: Partial<Deflection> = {}): Deflection {
  return {
    asOf: '2026-06-28T12:00:00.000Z',
    timeZone: 'UTC',
    daysCollected: 91,
    hybrid: false,
    served: { reset: 700, unlock: 140 },
    avoided: { low: 410, likely: 560, high: 690 },
    evidence: 'logs',
    whyLogs: 'No tickets are imported.',
    calibration: null,
    saving: {
      currency: 'USD',
      desk: { low: 3512.4, likely: 10433.2, high: 24871.9 },
      userTime: { low: 0, likely: 0, high: 0 },
      userTimeWhy: 'No hourly rate of people is given.',
      deskHours: { low: 52.3, likely: 98.4, high: 171.2 },
      userHours: { low: 101, likely: 205, high: 377 },
      net: null,
      paybackMonths: null,
      paybackWhy: 'No setup cost is given.',
      defaultCost: true,
    },
    secondOpinion: null,
    ratios: {
      selfServiceShare: { part: 840, whole: 1000 },
      successRate: { part: 840, whole: 980 },
      fellBackOfUnserved: { part: 60, whole: 140 },
      adminResetsPerPeople: { adminResets: 125, people: 5000 },
    },
    counts: {
      selfServed: 840,
      fellBack: 60,
      abandoned: 80,
      settling: 12,
      adminResets: 125,
      bypasses: 100,
      settlingBypasses: 0,
      tickets: null,
    },
    potential: { resets: 90, avoided: { low: 31, likely: 48, high: 62 } },
    tornado: [
      {
        path: 'money.desk',
        title: 'Cost of a ticket',
        unit: 'currency per ticket',
        low: { at: 9.25, answer: 5200 },
        high: { at: 40, answer: 22500 },
      },
      {
        path: 'deflection.reset.propensity',
        title: 'Resets that would have been tickets',
        unit: 'share',
        low: { at: 0.64, answer: 8300 },
        high: { at: 0.93, answer: 11900 },
      },
    ],
    tornadoOf: 'desk_saving',
    assumptions: { version: 0, madeAt: null, author: null, note: null, set: A_SET },
    ...override,
  };
}

/** The same, calibrated on 14 months of tickets. */
export const calibrated = (override: Partial<Deflection> = {}): Deflection =>
  anAnswer({
    evidence: 'tickets',
    whyLogs: null,
    calibration: {
      firstMonth: '2025-04',
      lastMonth: '2026-05',
      months: 14,
      estimate: { share: 0.52, standardError: 0.11 },
      share: { low: 0.45, likely: 0.58, high: 0.7 },
      flatWeight: 0.12,
      contradicted: false,
      controlled: false,
    },
    secondOpinion: {
      avoided: { low: 380, likely: 540, high: 720 },
      answer: { low: 400, likely: 560, high: 690 },
      expected: 1320.4,
      monthsBefore: 7,
      monthsAfter: 13,
      placebo: { part: 0, whole: 4 },
    },
    ...override,
  });

type Month = Answers['DeflectionTrendResponse']['months'][number];

export const aMonth = (override: Partial<Month> = {}): Month => ({
  month: '2026-05',
  daysCollected: 31,
  days: 31,
  served: { reset: 200, unlock: 40 },
  avoided: { low: 110, likely: 160, high: 200 },
  desk: { low: 1000, likely: 3000, high: 7000 },
  tickets: 90,
  otherTickets: null,
  adminResets: 40,
  selfServiceShare: { part: 240, whole: 300 },
  ...override,
});

export const NO_MONTH: Partial<Month> = {
  daysCollected: 0,
  served: null,
  avoided: null,
  desk: null,
  tickets: null,
  adminResets: null,
  selfServiceShare: { part: 0, whole: 0 },
};

export const aDeflectionTrend = (months: Month[]): Answers['DeflectionTrendResponse'] => ({
  asOf: '2026-06-28T12:00:00.000Z',
  evidence: 'logs',
  currency: 'USD',
  months,
});

const source = (text: string, address: string | null = null) => ({ text, address });

const meaning = (path: string, title: string, unit: string) => ({
  path,
  title,
  unit,
  meaning: `What ${title} means.`,
  source: source('Judgement.'),
});

export function someAssumptions(override: Partial<Assumptions> = {}): Assumptions {
  return {
    current: { version: 0, madeAt: null, author: null, note: null, set: A_SET },
    defaults: A_SET,
    meanings: [
      meaning('deflection.reset.induced', 'Resets that only ease brought', 'share'),
      meaning('deflection.reset.propensity', 'Resets that would have been tickets', 'share'),
      meaning('deflection.unlock.induced', 'Unlocks that only ease brought', 'share'),
      meaning('deflection.unlock.propensity', 'Unlocks that would have been tickets', 'share'),
      meaning('selfServiceSince', 'Self-service since', 'day'),
      meaning('money.currency', 'Currency', 'ISO 4217'),
      meaning('money.desk', 'Cost of a ticket', 'currency per ticket'),
      meaning('money.handleMinutes', 'Handle minutes', 'minutes'),
      meaning('money.userMinutesSelfService', 'Minutes lost by self-service', 'minutes'),
      meaning('money.usableShare', 'Usable share of time', 'share'),
      meaning('money.monthlyCost', 'Running cost', 'currency per month'),
    ],
    presets: [
      {
        name: 'HDI',
        title: 'HDI: median desk cost of a ticket',
        currency: 'USD',
        perTicket: { low: 9.25, likely: 18.5, high: 40 },
        includesUserTime: false,
        source: source('HDI 2017.', 'https://hdi.example/cost'),
        warning: null,
      },
      {
        name: 'Forrester',
        title: '70 per password reset',
        currency: 'USD',
        perTicket: { low: 35, likely: 70, high: 100 },
        includesUserTime: true,
        source: source('At second hand.'),
        warning: 'No primary source was found.',
      },
    ],
    versions: [
      {
        version: 2,
        madeAt: '2026-06-20T10:00:00.000Z',
        author: 'Ines',
        note: 'Asked finance',
        changes: ['Cost of a ticket: from HDI to 40 an hour'],
      },
      { version: 0, madeAt: null, author: null, note: null, changes: [] },
    ],
    ...override,
  };
}

type Report = Answers['TicketsMade']['report'];

export const aReport = (override: Partial<Report> = {}): Report => ({
  label: 'incidents.csv',
  kind: 'tickets',
  source: 'servicenow',
  delimiter: ';',
  headings: ['Number', 'Opened', 'Short description', 'Category'],
  mapping: {
    date: 'Opened',
    dateOrder: 'dmy',
    number: 'Number',
    about: ['Short description'],
    words: ['password', 'locked out'],
  },
  first: '2025-04-01',
  last: '2026-05-31',
  grain: 'day',
  rows: 4211,
  passwordTickets: 903,
  otherTickets: 3300,
  known: 6,
  refused: 2,
  refusals: [
    { row: 17, column: 'Opened', why: 'Not a day: "soon".' },
    { row: 90, column: null, why: 'Too few columns.' },
  ],
  months: [
    { month: '2025-04', password: 61, other: 240, whole: true },
    { month: '2025-05', password: 12, other: 40, whole: false },
  ],
  abouts: [{ column: 'Category', value: 'Account', tickets: 700, password: 640 }],
  notes: ['Days were read as day, month, year.'],
  ...override,
});

export const someTickets = (
  override: Partial<Answers['TicketsResponse']> = {},
): Answers['TicketsResponse'] => ({
  imports: [
    {
      id: '7',
      label: 'incidents.csv',
      kind: 'tickets',
      source: 'servicenow',
      first: '2025-04-01',
      last: '2026-05-31',
      rows: 4211,
      passwordTickets: 903,
      otherTickets: 3300,
      known: 6,
      refused: 2,
      refusals: [{ row: 17, column: 'Opened', why: 'Not a day: "soon".' }],
      author: 'Ines',
      importedAt: '2026-06-20T10:00:00.000Z',
      undone: null,
    },
    {
      id: '6',
      label: 'old.csv',
      kind: 'counts',
      source: 'counts',
      first: '2025-01-01',
      last: '2025-03-31',
      rows: 3,
      passwordTickets: 200,
      otherTickets: null,
      known: 0,
      refused: 0,
      refusals: [],
      author: 'Ines',
      importedAt: '2026-06-19T10:00:00.000Z',
      undone: { at: '2026-06-19T11:00:00.000Z', author: 'Quill' },
    },
  ],
  months: [
    { month: '2025-04', tickets: 61, otherTickets: 240 },
    { month: '2025-05', tickets: null, otherTickets: null },
  ],
  sources: [
    {
      source: 'servicenow',
      title: 'ServiceNow',
      headings: ['number', 'opened_at'],
      documentation: 'https://docs.example/servicenow',
    },
  ],
  ...override,
});

const FIGURES = (({ asOf: _, timeZone, daysCollected, hybrid, assumptions, ...figures }) =>
  figures)(calibrated());

const HEAD = {
  id: '3',
  month: '2026-05',
  revision: 1,
  madeAt: '2026-06-05T08:00:00.000Z',
  author: 'Ines',
  assumptionsVersion: 2,
  hash: '3f9a7c'.padEnd(60, '0').concat('c41e'),
  evidence: 'tickets' as const,
  currency: 'USD',
  avoided: { low: 410, likely: 560, high: 690 },
  desk: { low: 3512.4, likely: 10433.2, high: 24871.9 },
};

export const aStatement = (
  override: Partial<Answers['StatementResponse']> = {},
): Answers['StatementResponse'] => ({
  ...HEAD,
  intact: true,
  reproduced: true,
  body: {
    format: 1,
    program: '0.5.0',
    month: '2026-05',
    tenant: 'Larkfield',
    timeZone: 'UTC',
    sample: true,
    asOf: '2026-06-05T07:00:00.000Z',
    daysCollected: 29,
    days: 31,
    gaps: [{ first: '2026-05-03', last: '2026-05-04' }],
    hybrid: false,
    assumptions: {
      version: 2,
      madeAt: '2026-06-01T00:00:00.000Z',
      author: 'Ines',
      set: A_SET,
      stated: [
        {
          path: 'money.desk',
          title: 'Cost of a ticket',
          value: 'HDI, 9.25 to 40 USD',
          isDefault: true,
          source: 'HDI 2017.',
        },
      ],
    },
    imports: [{ id: '7', label: 'incidents.csv', hash: 'abc123' }],
    input: {},
    figures: FIGURES,
    trend: [aMonth({ month: '2026-04' }), aMonth()],
  },
  ...override,
});

type Frozen = Answers['StatementsResponse'];

export const someStatements = (override: Partial<Frozen> = {}): Frozen => ({
  statements: [HEAD],
  months: [
    {
      month: '2026-06',
      daysCollected: 28,
      days: 30,
      freezableFrom: '2026-07-05T00:00:00.000Z',
      freezable: false,
      why: 'Its last incidents have not settled yet.',
      statement: null,
    },
    {
      month: '2026-05',
      daysCollected: 29,
      days: 31,
      freezableFrom: '2026-06-05T00:00:00.000Z',
      freezable: true,
      why: null,
      statement: '3',
    },
    {
      month: '2026-04',
      daysCollected: 30,
      days: 30,
      freezableFrom: '2026-05-05T00:00:00.000Z',
      freezable: true,
      why: null,
      statement: null,
    },
  ],
  ...override,
});

const band = (likely: number) => ({ low: likely - 10, likely, high: likely + 15 });

export const aResetForecast: Answers['ResetForecastResponse'] = {
  forecast: {
    day: '2026-06-28',
    madeAt: '2026-06-28T05:00:00.000Z',
    historyDays: 240,
    weeks: [
      {
        first: '2026-06-29',
        last: '2026-07-05',
        needs: band(120),
        incidents: band(100),
        desk: band(30),
        deskWithoutFurtherCoverage: band(33),
        deskHours: { low: 3.2, likely: 5.6, high: 9.1 },
        deskHoursWithoutFurtherCoverage: { low: 3.4, likely: 6, high: 9.9 },
        holidays: [{ day: '2026-07-04', name: 'Independence Day' }],
        expiring: 41,
      },
      {
        first: '2026-07-06',
        last: '2026-07-12',
        needs: band(125),
        incidents: band(104),
        desk: band(29),
        deskWithoutFurtherCoverage: band(33),
        deskHours: { low: 3.1, likely: 5.5, high: 9 },
        deskHoursWithoutFurtherCoverage: { low: 3.4, likely: 6, high: 9.9 },
        holidays: [],
        expiring: null,
      },
    ],
    past: [
      { first: '2026-06-15', last: '2026-06-21', incidents: null, desk: null },
      { first: '2026-06-22', last: '2026-06-28', incidents: 101, desk: 31 },
    ],
    all: {
      needs: { low: 226, likely: 245, high: 269 },
      incidents: { low: 188, likely: 204, high: 229 },
      desk: { low: 45, likely: 59, high: 79 },
      deskHours: { low: 7.4, likely: 11.1, high: 16.8 },
      deskWithoutFurtherCoverage: { low: 50, likely: 66, high: 86 },
      deskHoursWithoutFurtherCoverage: { low: 8.1, likely: 12.4, high: 18.2 },
    },
    model: [{ name: 'Holidays', text: 'A holiday brings 70 % fewer.' }],
  },
  reason: null,
};
