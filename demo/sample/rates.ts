/**
 * Every assumption about Larkfield in one place. `docs/sample-tenant.md` explains them; a change here is
 * a change there. Probabilities are 0 to 1, rates per person.
 */
export const RATES = {
  membersAtStart: 4_830,
  guestsAtStart: 395,
  admins: 45,
  joinersPerWeek: 10.5,
  leaversPerWeek: 8,
  guestsPerWeek: 1,
  moversPerWeek: 4,
  reportsPerManager: 12,

  /** Needs for a new password or an unlock per person and year, before weekday and season. */
  needsPerYear: 2.9,
  /** Shape of the gamma spread of that rate over people: below 1 means that few people need most. */
  needShape: 0.75,
  /** Factor in a joiner's first 30 days. */
  joinerNeedFactor: 3,
  /** A need is followed by another one within ten days. */
  relapse: 0.1,
  /** The need is for an unlock, not for a new password. */
  unlock: 0.12,
  guestNeedFactor: 0.12,

  /** A capable person goes to self-service first: at the start and at the end of the story. */
  selfServiceFirst: [0.72, 0.93] as const,
  /** Somebody who cannot tries nevertheless. */
  triesInVain: 0.42,
  /** Somebody who cannot, or was stopped, calls the desk. */
  callsWhenNotCapable: 0.7,
  /** Somebody who solved it alone would have called, had there been no self-service: the truth of deflection. */
  wouldHaveCalled: 0.82,
  /** After a flow that failed: try again, else call with the second probability. */
  retries: 0.63,
  callsAfterFailure: 0.62,
  /** A reset at the desk is followed by a second one within hours. */
  secondDeskReset: 0.05,
  /** A temporary password from the desk is changed by the person within a day. */
  changesTemporary: 0.72,
  /** Voluntary password changes per person and day. */
  changesPerDay: 0.0016,

  /** How one flow goes that is not stopped by configuration or an outage; the rest succeeds. */
  flow: {
    cancelledEarly: 0.03,
    cancelledLate: 0.012,
    abandoned: 0.048,
    contactedAdmin: 0.02,
    blocked: 0.006,
    rejectedForGood: 0.012,
    systemError: 0.005,
    noCookies: 0.002,
  },
  /** One verification fails at first and the person goes on with another way. */
  switchesMethod: 0.035,
  /** A new password is refused once, then another one is taken. */
  rejectedOnce: 0.075,

  /** Registering per day, for a person of average readiness who has too few methods. */
  registers: { before: 0.0012, campaign: 0.027, after: 0.0075, stranded: 0.012, late: 0.0075 },
  /** Registering per day in the first 21 days, before and after the campaign. */
  joinerRegisters: [0.02, 0.09] as const,
  /** Share of people who hardly ever register. */
  reluctant: 0.12,
  /** The desk, or a stop, makes somebody register within the week. */
  nudged: 0.1,
  /** Changes of methods per person and day that do not change capability. */
  methodChurn: 0.0045,
  /** Passkeys per person and day once the migration runs, in the departments that lead it. */
  passkeys: 0.011,
  /** Of those, how many take their other methods away. */
  passkeyOnly: 0.075,
} as const;

/** Methods that a password reset of a person who is no admin asks for; Graph does not expose it. */
export const REQUIRED_METHODS = 2;
