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
  | 'reconciliation'
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
      'The first that applies. Covered: can reset now. Unknown: Graph leaves out a flag or the methods, or says registered and enabled but not capable. Not enabled: policy does not allow it. Nothing registered: no method at all. Methods not accepted: has methods, none of them for resets. Too few methods: has fewer families than policy requires.',
    ],
    source: REGISTRATION,
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
