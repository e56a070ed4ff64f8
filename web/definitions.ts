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
  | 'usual'
  | 'alert'
  | 'funnel'
  | 'methodSteps'
  | 'methodSwitches'
  | 'lostReasons'
  | 'hours'
  | 'repeats'
  | 'writeback'
  | 'changes'
  | 'avoided'
  | 'deskSaving'
  | 'userTime'
  | 'netSaving'
  | 'potential'
  | 'unserved'
  | 'secondOpinion'
  | 'tornado'
  | 'assumptions'
  | 'tickets'
  | 'statement'
  | 'resetForecast'
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
  usual: {
    title: 'What is usual',
    meaning: [
      'For each day or hour what would be usual, learned from the days and hours before it alone: weekday, hour, season, holidays, and the level of the last weeks. Past bursts hardly move it. The line is the expected count; from the end of the grey on a count is unusual.',
      'Watch, alert, critical: how unlikely so high a count would be by chance, in the last 1, 3 or 7 days (hours: 1, 3 or 24) together. Alert and critical need a count clearly above the expected as well. The bounds are settings, under Rules; with others the marks change at once.',
    ],
    source: AUDITS,
    caveat:
      'About 1 day of 50 is watched by chance alone. Hours are judged for the last 13 weeks, and nothing in the first 8 days. A day after a burst may carry its mark while its own count is hardly high.',
  },
  alert: {
    title: 'Alert',
    meaning: [
      'An episode in which a count broke the rhythm that this tenant has had so far, or a rule fired. What overlaps in time and belongs together is one alert; it is over 24 hours after the last unusual hour or day.',
      'Level: how unlikely the count is by chance alone, and for rules the threshold. A self-service reset that went through from an address never seen for that person raises it by one.',
    ],
    source: AUDITS,
    caveat:
      'An alert says that something is unusual, not that it is an attack. Failed verifications are inferred: Microsoft logs no wrong code.',
  },
  funnel: {
    title: 'Funnel of tries',
    meaning: [
      'Every try by the furthest stage that its records tell of; whoever came to a stage came through all before it, because the log leaves steps out. An unlock needs no new password and counts as past that stage.',
      'Tries in progress are in it and are named apart: they may still go on. For one method: tries that started it; those that did not pass it went no further with it, even where another method took them on.',
    ],
    formula: 'lost at a stage = tries of the stage − tries of the next − those in progress there',
    source: AUDITS,
  },
  methodSteps: {
    title: 'Methods of verification',
    meaning: [
      'Tries that started a method, as the log names it, and of them those that passed it, ended with success, or gave it up for another method. A try with two methods is in both rows.',
    ],
    formula: 'rate = passed ÷ started',
    source: AUDITS,
    caveat:
      'Why a method was not passed is not logged: a wrong code, a message that never came and a change of mind look the same.',
  },
  methodSwitches: {
    title: 'Switches of method',
    meaning: [
      'A method started while the one started before it in the same try had not been passed. A method is given up at most once in a try.',
    ],
    source: AUDITS,
  },
  lostReasons: {
    title: 'Why tries are lost',
    meaning: [
      'A lost try is over and ended neither with a new password nor with an unlocked account. Each has one reason: the text of the record that decided its outcome. Somebody who leaves says nothing: that is worded by us, by how far they came.',
      'Who can fix it follows from the reason. A reason nobody knows yet stands as Microsoft wrote it, and has no owner.',
      'Back a month: settled incidents that met the reason and were not self-served, times the success rate of those that never met it, for a month of 30.44 days.',
    ],
    source: AUDITS,
    caveat:
      'Back a month is an estimate: who meets a reason may differ from who does not. It is not shown with fewer than 28 days read, or where everybody met the reason.',
  },
  hours: {
    title: 'Weekday and hour',
    meaning: [
      'Incidents by the weekday and hour of their first record, in the time zone of the tenant. Settling ones are in; self-served are of those that have settled.',
      'Office hours and their weekdays are a setting; no hour of a holiday is office time.',
    ],
    source: AUDITS,
  },
  repeats: {
    title: 'Repeat resets',
    meaning: [
      'Of settled self-served incidents of known people that are at least 7 or 30 days old, those followed by another incident of the same person within that time.',
    ],
    formula: 'followed by another ÷ old enough to tell',
    source: AUDITS,
  },
  writeback: {
    title: 'Writeback and agents',
    meaning: [
      'Which agent wrote the password, as the record names it: the on-premises agent of a hybrid tenant, or none. Self-service counts tries that came as far as a reset or unlock record, admin resets the counting ones.',
      'Lost to writeback: tries whose reason is that the on-premises directory could not be reached, or did not take the password.',
    ],
    source: `${AUDITS} (OnPremisesAgent)`,
  },
  changes: {
    title: 'Voluntary changes',
    meaning: [
      'People who knew their password and changed it. No reset was needed, so they are in no count of resets, in no rate and in no estimate of tickets avoided.',
    ],
    source: 'Microsoft Graph, directoryAudits, Change password (self-service)',
  },
  avoided: {
    title: 'Tickets avoided',
    meaning: [
      'Settled self-served incidents that would otherwise have been a ticket. It is an estimate: some of them exist only because self-service is easy, and some people would have waited or asked a colleague. So it is always a range: in 9 of 10 cases the truth lies between low and high.',
      'By assumption: from the logs and the assumptions alone. Calibrated on your tickets: months in which more was self-served are compared with the tickets that came, and the assumptions give way to what the tickets say. It takes at least 8 whole months of both.',
    ],
    formula: 'self-served incidents × (1 − only because it is easy) × would have called',
    source: `${AUDITS}; imported tickets; the assumptions in force`,
    caveat:
      'Ranges of months or weeks must not be added: that would pretend that what is not known evens out. Settling incidents are left out.',
  },
  deskSaving: {
    title: 'Desk saving',
    meaning: [
      'What the tickets avoided would have cost the desk, less fees of self-service and the extra minutes of those who tried it first and then called. Figures of the cost, the minutes and the tickets are drawn together, so that the range holds all that is not known.',
    ],
    formula:
      'tickets avoided × cost of a ticket − self-served × fee − fallbacks × extra minutes × rate',
    source: 'Tickets avoided, and the assumptions in force',
    caveat: 'It is working time, and money only where that time is used or not bought.',
  },
  userTime: {
    title: "People's time",
    meaning: [
      'Minutes that people did not lose by calling the desk, times what an hour of theirs costs, times the share of it that becomes work. Shown apart and never added to the desk saving.',
    ],
    formula:
      'tickets avoided × (minutes by the desk − minutes by self-service) × rate × usable share',
    source: 'Tickets avoided, durations in the logs, and the assumptions in force',
  },
  netSaving: {
    title: 'After costs',
    meaning: [
      'Desk saving less what self-service costs to run in the period, where that is given in the assumptions. The setup cost is paid once and is in no period: it is in the payback, the months until it is covered at the rate of this period.',
    ],
    formula: 'desk saving − running cost of the period',
    source: 'Desk saving, and the assumptions in force',
  },
  potential: {
    title: 'What more coverage could still avoid',
    meaning: [
      'Of the admin resets of people who are not covered, as many as would be avoided if these people were covered and succeeded as others do. Never part of the tickets avoided.',
    ],
    source: `${AUDITS}; registration; the assumptions in force`,
  },
  unserved: {
    title: 'Unserved who ended at the desk',
    meaning: [
      'Of the settled incidents that were not self-served, those that an admin reset followed within 24 hours. The others gave up: no record says what they did.',
    ],
    formula: 'fell back ÷ (fell back + abandoned)',
    source: AUDITS,
    caveat: 'Evidence beside the assumption “would have called”; it does not change the figure.',
  },
  secondOpinion: {
    title: 'Second opinion',
    meaning: [
      'An interrupted time series: tickets of the months before self-service are carried on, and compared with those that came. Made-up beginnings in the time before say how easily chance alone would show as much.',
    ],
    source: 'Imported tickets',
    caveat:
      'Anything else that changed at the same time is in it too. Shown beside, never mixed in.',
  },
  tornado: {
    title: 'What moves the answer',
    meaning: [
      'Each assumption is set to its own 5 % and 95 %, all others are left as they are, and the likely answer is worked out again. The longest bar is the assumption that is worth finding out.',
    ],
    source: 'The assumptions in force',
  },
  assumptions: {
    title: 'Assumptions',
    meaning: [
      'What is not in any log and has to be judged or given: each with low, likely and high, its source and its default. Every change is a new version, with who and why; nothing is overwritten.',
    ],
    source: 'Typed in; defaults with their source beside them',
  },
  tickets: {
    title: 'Password tickets',
    meaning: [
      'Tickets of the helpdesk about passwords, from imported files: dated counts, or single tickets in whose text a password word stands. A month counts once imports speak for every day of it; a day within without a ticket had none.',
    ],
    source: 'Imported CSV files',
    caveat: 'No text of a ticket is kept: of single tickets only day and number.',
  },
  statement: {
    title: 'Statement',
    meaning: [
      'A month as it was known when it was frozen: inputs, assumptions and figures under a hash (SHA-256). It is worked out again from its inputs whenever it is opened.',
    ],
    source: 'What was collected, imported and assumed at that time',
  },
  resetForecast: {
    title: 'What comes to the desk',
    meaning: [
      'Incidents that fall back, and admin resets without a try, of the next 8 weeks. Weekdays, the year, holidays and the trend of your own history; several models, weighted by how well each did before.',
      'With further coverage: the forecast of coverage goes in. Band: 8 of 10 futures.',
    ],
    source: `${AUDITS}; the forecast of coverage; public holidays`,
    caveat: 'Weeks must not be added: their sum has a range of its own.',
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
