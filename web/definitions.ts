import { REASON_LABEL, REASON_NAMES } from './words/labels.ts';
import { REASON_WORDS } from './words/reasons.ts';

/** What a figure means, in the words of the data dictionary; shown one click away from it. */
export interface Definition {
  title: string;
  /** Paragraphs. */
  meaning: readonly string[];
  formula?: string;
  source: string;
  caveat?: string;
}

export type Metric =
  | 'coverage'
  | 'registered'
  | 'admins'
  | 'guests'
  | 'methods'
  | 'depth'
  | 'reason'
  | 'priority'
  | 'exclusion'
  | 'reconciliation'
  | 'moves'
  | 'joiners'
  | 'atRisk'
  | 'forecast'
  | 'controls'
  | 'resetSuccess'
  | 'completion'
  | 'selfServiceShare'
  | 'medianTime'
  | 'adminResets'
  | 'incidents'
  | 'flows'
  | 'failures'
  | 'gaps'
  | 'setAside'
  | 'feeds';

const REGISTRATION =
  'Microsoft Graph, userRegistrationDetails: the last complete snapshot of the day';
const AUDITS = 'Microsoft Graph, directoryAudits of the service Self-service Password Management';
const HYBRID =
  'Resets made on-premises are in no log of Entra. In hybrid tenants admin resets and those straight to the desk are lower bounds.';

export const DEFINITIONS: Record<Metric, Definition> = {
  coverage: {
    title: 'Coverage',
    meaning: [
      'Of the population, the people who could reset their own password now: allowed by policy and with enough methods registered.',
      'Population: users whose type is member, or is not given. Guests are counted apart, other types left out and counted, and people excluded at that moment are taken off. Disabled accounts stay in; admins are in and are also shown apart.',
    ],
    formula: 'capable ÷ population',
    source: `${REGISTRATION} (isSsprCapable)`,
    caveat: 'A day on which no complete snapshot was taken is a gap, never zero.',
  },
  registered: {
    title: 'Registered and enabled',
    meaning: [
      'Registered: has registered as many methods as policy asks for, whether or not allowed to reset (isSsprRegistered).',
      'Enabled: policy allows self-service reset, whether or not anything is registered (isSsprEnabled). Capable is both.',
    ],
    source: REGISTRATION,
  },
  admins: {
    title: 'Admins',
    meaning: [
      'People who hold a directory role. Microsoft gives them a policy of their own: two methods always, and no security questions.',
      'They are part of the population and are shown apart as well. Where Graph does not say, a person counts as not admin.',
    ],
    formula: 'capable admins ÷ admins of the population',
    source: `${REGISTRATION} (isAdmin)`,
  },
  guests: {
    title: 'Guests',
    meaning: [
      'Users of the type guest. Their password belongs to their home tenant, so they are in no share of this product; they are counted here so that totals reconcile.',
    ],
    source: `${REGISTRATION} (userType)`,
  },
  methods: {
    title: 'Registered methods',
    meaning: [
      'People of the population per method, as Graph lists it. A person with two methods counts under both.',
      'Reset methods belong to a family: mobile phone, office phone, email, security questions (not for admins), authenticator app, hardware code. One authenticator app shows as up to three methods and is one family. Passkeys, Windows Hello, a Temporary Access Pass and certificates cannot be used to reset a password.',
    ],
    source: `${REGISTRATION} (methodsRegistered)`,
  },
  depth: {
    title: 'Depth',
    meaning: [
      'How many families of reset methods each person of the population has. It shows who has one to spare and who loses self-service with the loss of a single one.',
    ],
    source: `${REGISTRATION} (methodsRegistered)`,
  },
  reason: {
    title: 'Why somebody is not covered',
    meaning: [
      'One reason per person, the first that applies: covered, unknown, not enabled, nothing registered, methods not accepted, too few methods.',
      ...REASON_NAMES.map((reason) => {
        const { what, who, step } = REASON_WORDS[reason];
        return `${REASON_LABEL[reason]}: ${what} Who can change it: ${who.toLowerCase()}. ${step}`;
      }),
    ],
    source: REGISTRATION,
    caveat:
      'How many methods policy requires of people who are not admins is a setting here: Graph does not tell it. Of admins it is always two.',
  },
  priority: {
    title: 'Calls expected in 90 days',
    meaning: [
      'How many password calls a person is expected to make in the next 90 days, from what is on record: resets by admins, failed tries, unlocks, age of the password against the validity of its domain, last sign-in, new account. The list by expected calls is the order to chase people in.',
      'Fitted on your own history where there are enough calls; by stated weights, which are judgement, where there are not. The panel says which, and each weight.',
      'How good the order is: it is made as it would have been in the past, and compared with the calls of the 90 days after, which it had not seen; beside it the order “longest unregistered first” and drawing lots.',
    ],
    source: `${AUDITS}; admin resets; /users`,
    caveat:
      'An expectation, not a forecast for one person: most people make no call. A call that left no trace in Entra is not known.',
  },
  exclusion: {
    title: 'Exclusions',
    meaning: [
      'People who should not count: service accounts, shared mailboxes, people on long leave. One by one, or by a rule that also takes whoever matches later; each with a reason, an author and, if wanted, the day on which they count again.',
      'They leave the population, and so every share of coverage, from the day the exclusion is set. Days before never change, also not when it ends.',
      'Resets, failed verifications and calls count for excluded people as for everybody.',
    ],
    source:
      'What was typed in here. The access token does not tell people apart, so the author is the name that was given.',
  },
  reconciliation: {
    title: "Reconciling with Microsoft's totals",
    meaning: [
      "Microsoft's report counts everybody; this product counts the population. Each line adds back who is left out: people excluded, guests, other types of user, and records that could not be read. The sum should be Microsoft's own figure.",
    ],
    formula: "population + excluded + guests + other types (+ set aside) = Microsoft's total",
    source: 'Microsoft Graph, usersRegisteredByFeature, read in the same run as the snapshot',
    caveat:
      'The two reports are made at different times by Microsoft, so small differences can come and go without an error.',
  },
  moves: {
    title: 'Gained and lost',
    meaning: [
      'From one snapshot to the next: gained can reset and could not before, lost could and cannot now; both were in the population before and after.',
      'Arrived can reset and is new in the population; departed could and is no longer in it. Excluded people count as not in the population while the exclusion holds.',
    ],
    formula: 'capable = capable before + gained + arrived − lost − departed',
    source: `${REGISTRATION}, compared with the snapshot before`,
    caveat: 'Somebody who loses and regains it within a week is in both bars.',
  },
  joiners: {
    title: 'New joiners',
    meaning: [
      'People of the population by the month in which their account was made, and the share of them that had registered enough methods 7, 14 and 30 days later.',
      'Counted are those whose 7th, 14th or 30th day has passed. Accounts older than the first snapshot are left out.',
    ],
    source: 'Microsoft Graph, createdDateTime of /users and the history of snapshots',
  },
  atRisk: {
    title: 'At risk on a date',
    meaning: [
      'People who can reset today, have at least as many families of reset methods as are required today, and fewer than will be required once the methods that end by that date, or that you take away, are gone.',
      'Capable people who have too few families already (contact data of the directory, methods Graph does not tell) are not at risk by what we know: they are shown as unexplained.',
    ],
    formula: 'coverage then = (capable − at risk) ÷ population',
    source: `${REGISTRATION} (methodsRegistered); dates and required methods from Settings`,
    caveat:
      'A registered phone does not tell SMS from voice. With a telephony provider of your own phones go on: say so in Settings.',
  },
  forecast: {
    title: 'Forecast of coverage',
    meaning: [
      'People who are not covered yet register at a rate that slows down, and some never will. The rate, that share and the losses are fitted to your own history; 2,000 futures are drawn from them.',
      'The bands hold 50 and 80 of 100 of these futures. The days of arrival are those of the target in Settings.',
    ],
    source: 'The coverage of every collected day; campaigns from the notes on the charts',
    caveat: 'Turns of policy that nobody can foresee come in it only as often as they came before.',
  },
  controls: {
    title: 'Control check',
    meaning: [
      'What common security baselines ask of self-service reset, each expectation with what it was judged by. What Graph does not expose cannot be seen: it is neither passed nor failed.',
    ],
    source: `${REGISTRATION}; Settings for what Graph does not expose`,
  },
  resetSuccess: {
    title: 'Reset success',
    meaning: [
      'Of the incidents that have settled, those the person solved alone: at the first try or after another one.',
      'An incident is one need of one person: all tries that belong together, and the admin reset that ended them, if any.',
    ],
    formula: '(self-served at first + after a retry) ÷ settled incidents',
    source: AUDITS,
    caveat:
      'Incidents that still settle (younger than 72 hours) are counted apart and are in no rate.',
  },
  completion: {
    title: 'Completion of tries',
    meaning: [
      'Of the tries that are over and were entitled, those that ended with a new password or an unlocked account. Several tries of one person count each.',
    ],
    formula: '(completed + unlocked) ÷ (started − in progress − not entitled)',
    source: AUDITS,
  },
  selfServiceShare: {
    title: 'Self-service share',
    meaning: [
      'Of all password cases that became visible, those solved without the desk. Cases are self-served incidents, incidents that fell back to the desk, and resets by an admin without any try before them (straight to the desk).',
    ],
    formula: 'self-served ÷ (self-served + fell back + straight to the desk)',
    source: AUDITS,
    caveat: HYBRID,
  },
  medianTime: {
    title: 'Median time to reset',
    meaning: [
      'Half of all completed tries took less. Measured from the first record of the try to its first record of success.',
    ],
    source: AUDITS,
  },
  adminResets: {
    title: 'Admin resets and straight to the desk',
    meaning: [
      'Admin reset: a successful password reset by a person for somebody else. Left out and counted apart: first passwords (account at most 24 hours old), mass resets, resets by synchronisation and automation accounts.',
      'Straight to the desk (bypass): admin resets with no incident of that person before them. Several within 24 hours are one.',
    ],
    source: 'Microsoft Graph, directoryAudits, Reset password (by admin)',
    caveat: HYBRID,
  },
  incidents: {
    title: 'Incidents by outcome',
    meaning: [
      'An incident belongs to the day of its first try. At first: the first try succeeded. After a retry: a later one did. Fell back: an admin reset followed, or the person contacted an admin and did not succeed afterwards. Abandoned: none of these.',
      'Settling: until 72 hours after the last record of its last try an incident may still become anything; it is outlined, counted apart and in no rate.',
    ],
    source: AUDITS,
  },
  flows: {
    title: 'Tries by outcome',
    meaning: [
      'A try (flow) is all records with one correlation id. Its outcome is the first that applies: completed, unlocked, contacted an admin, blocked, not entitled; then by its last step: failed, cancelled, abandoned (silent for more than 60 minutes) or still in progress.',
    ],
    source: AUDITS,
  },
  failures: {
    title: 'Failed verifications',
    meaning: [
      'Methods that somebody started in a try and did not pass, each at its first start. A blocked try without an open method counts as one.',
    ],
    source: AUDITS,
    caveat:
      'This is an inference. Microsoft logs no wrong code, so somebody who gives up looks like somebody who guesses.',
  },
  gaps: {
    title: 'Gaps',
    meaning: [
      'Days between the first and the last collected one that were not read. They are left out of every share and drawn as a gap. Microsoft keeps audit records for up to 30 days, so these can be filled while they are young; a registration snapshot cannot be read afterwards.',
    ],
    source: 'The record of every run of this product',
  },
  setAside: {
    title: 'Set aside',
    meaning: [
      'Records that came in a shape that could not be read. They are kept as they came and are counted nowhere until they are understood.',
      'Result reasons and methods that are merely unknown are kept verbatim, counted, and listed.',
    ],
    source: 'The record of every run of this product',
  },
  feeds: {
    title: 'Feeds',
    meaning: [
      'What is read from Microsoft Graph. Complete: the last run read all it meant to. Late: the last complete run is older than its schedule allows, or a snapshot is held back because it shrank. Failed: the last run ended with an error and will be repeated. Unavailable: a permission or licence is missing; asked again a day later.',
    ],
    source: 'The record of every run of this product',
  },
};
