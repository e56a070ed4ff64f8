import type { Answers } from '../../web/api/contract-shapes.ts';

const AS_OF = '2026-06-28T12:00:00.000Z';
const COLLECTED = { asOf: AS_OF, daysCollected: 91 };

export function aFunnel(
  override: Partial<Answers['FunnelResponse']> = {},
): Answers['FunnelResponse'] {
  return {
    ...COLLECTED,
    stages: [
      { stage: 'identified', flows: 100, inProgress: 0 },
      { stage: 'options', flows: 97, inProgress: 0 },
      { stage: 'started', flows: 90, inProgress: 1 },
      { stage: 'passed', flows: 79, inProgress: 0 },
      { stage: 'gates_passed', flows: 76, inProgress: 0 },
      { stage: 'password_submitted', flows: 74, inProgress: 0 },
      { stage: 'done', flows: 70, inProgress: 0 },
    ],
    switches: {
      flows: 12,
      pairs: [
        { from: 'mobile SMS', to: 'email', flows: 9 },
        { from: 'email', to: 'mobile app code', flows: 4 },
      ],
    },
    ...override,
  };
}

type MethodRow = NonNullable<Answers['ResetMethodsResponse']['methods']>[number];

const aMethod = (method: MethodRow['method'], started: number, passed: number): MethodRow => ({
  method,
  started,
  passed,
  gatesPassed: passed - 2,
  passwordSubmitted: passed - 3,
  done: passed - 5,
  switchedAway: 4,
});

export const someMethods = (): Answers['ResetMethodsResponse'] => ({
  ...COLLECTED,
  methods: [
    aMethod('mobile SMS', 60, 45),
    aMethod('email', 40, 36),
    aMethod('office voice call', 15, 6),
  ],
});

export function someReasons(
  override: Partial<Answers['ReasonsResponse']> = {},
): Answers['ReasonsResponse'] {
  return {
    ...COLLECTED,
    lost: 30,
    reasons: [
      {
        code: 'Quota of the moon exceeded',
        reason: 'Quota of the moon exceeded',
        known: false,
        owner: null,
        flows: 3,
        people: 2,
        incidents: 2,
        fellBack: 1,
        recoverablePerMonth: null,
      },
      {
        code: 'abandoned_started',
        reason: 'Left without a word after starting a verification',
        known: true,
        owner: 'user',
        flows: 17,
        people: 15,
        incidents: 16,
        fellBack: 5,
        recoverablePerMonth: 3.1,
      },
      {
        code: 'writeback_unreachable',
        reason: 'We could not reach your on-premises password reset service',
        known: true,
        owner: 'writeback',
        flows: 10,
        people: 9,
        incidents: 8,
        fellBack: 6,
        recoverablePerMonth: 16.2,
      },
    ],
    owners: [
      {
        owner: 'user',
        flows: 17,
        people: 15,
        incidents: 16,
        fellBack: 5,
        recoverablePerMonth: 3.1,
      },
      {
        owner: 'writeback',
        flows: 10,
        people: 9,
        incidents: 8,
        fellBack: 6,
        recoverablePerMonth: 16.2,
      },
      { owner: null, flows: 3, people: 2, incidents: 2, fellBack: 1, recoverablePerMonth: null },
    ],
    ...override,
  };
}

export function someHours(
  override: Partial<Answers['HoursResponse']> = {},
): Answers['HoursResponse'] {
  return {
    ...COLLECTED,
    timeZone: 'Europe/Vienna',
    officeHours: { weekdays: [1, 2, 3, 4, 5], from: 8, until: 18 },
    holidays: 1,
    cells: [
      { weekday: 1, hour: 8, flows: 40, incidents: 30, selfServed: 24 },
      { weekday: 6, hour: 22, flows: 13, incidents: 10, selfServed: 9 },
    ],
    outside: {
      flows: { part: 13, whole: 53 },
      incidents: { part: 10, whole: 40 },
      selfServed: { part: 9, whole: 33 },
    },
    ...override,
  };
}

export function someTimes(
  override: Partial<Answers['TimesResponse']> = {},
): Answers['TimesResponse'] {
  return {
    ...COLLECTED,
    secondsToReset: { flows: 61, p10: 60, p25: 90, median: 134, p75: 240, p90: 400 },
    repeats: { within7Days: { part: 5, whole: 50 }, within30Days: { part: 8, whole: 40 } },
    ...override,
  };
}

export function aWriteback(
  override: Partial<Answers['WritebackResponse']> = {},
): Answers['WritebackResponse'] {
  return {
    ...COLLECTED,
    hybrid: true,
    agents: [
      {
        agent: 'Microsoft Entra Connect',
        selfService: { succeeded: 50, failed: 7 },
        adminResets: 31,
        changes: { succeeded: 11, failed: 2 },
      },
      {
        agent: 'None',
        selfService: { succeeded: 20, failed: 0 },
        adminResets: 13,
        changes: { succeeded: 5, failed: 0 },
      },
    ],
    failures: [
      {
        code: 'writeback_unreachable',
        reason: 'We could not reach your on-premises password reset service',
        flows: 6,
      },
    ],
    changes: { succeeded: 16, failed: 2 },
    ...override,
  };
}

const ADA = { id: 'a1', name: 'Ada Able', userPrincipalName: 'ada@larkfield.example' };
const OPS = { id: 'o1', name: 'Otto Desk', userPrincipalName: 'otto@larkfield.example' };

type Incident = Answers['IncidentsResponse']['incidents'][number];

export function anIncident(override: Partial<Incident> = {}): Incident {
  return {
    id: 'flow:1',
    startedAt: '2026-06-20T08:03:05.000Z',
    lastAt: '2026-06-20T08:40:00.000Z',
    person: ADA,
    outcome: 'fell_back',
    settling: false,
    kind: null,
    flows: 2,
    adminResets: 1,
    reasons: [
      {
        code: 'writeback_unreachable',
        reason: 'We could not reach your on-premises password reset service',
        owner: 'writeback',
      },
    ],
    ...override,
  };
}

export function someIncidents(
  incidents: Incident[] = [anIncident()],
  override: Partial<Answers['IncidentsResponse']> = {},
): Answers['IncidentsResponse'] {
  return {
    asOf: AS_OF,
    incidents,
    total: incidents.length,
    flows: incidents.reduce((sum, { flows }) => sum + flows, 0),
    nextCursor: null,
    ...override,
  };
}

export function aStory(
  override: Partial<Answers['IncidentResponse']> = {},
): Answers['IncidentResponse'] {
  return {
    asOf: AS_OF,
    incident: anIncident(),
    settlesAt: null,
    flows: [
      {
        id: '1',
        startedAt: '2026-06-20T08:03:05.000Z',
        lastAt: '2026-06-20T08:05:00.000Z',
        outcome: 'failed',
        stage: 'password_submitted',
        reason: {
          code: 'writeback_unreachable',
          reason: 'We could not reach your on-premises password reset service',
          owner: 'writeback',
        },
        steps: [{ method: 'email', startedAt: '2026-06-20T08:03:30.000Z', passed: true }],
        records: [
          {
            at: '2026-06-20T08:03:05.000Z',
            activity: 'Self-service password reset flow activity progress',
            reason: 'User submitted their user ID',
            result: 'success',
            address: '203.0.113.7',
          },
        ],
      },
      {
        id: '2',
        startedAt: '2026-06-20T08:38:00.000Z',
        lastAt: '2026-06-20T08:40:00.000Z',
        outcome: 'abandoned',
        stage: 'started',
        reason: null,
        steps: [{ method: 'mobile SMS', startedAt: '2026-06-20T08:38:20.000Z', passed: false }],
        records: [],
      },
    ],
    adminResets: [{ id: 'r1', at: '2026-06-20T09:33:05.000Z', operator: OPS, agent: 'None' }],
    before: null,
    after: { id: 'flow:9', startedAt: '2026-06-25T08:00:00.000Z', outcome: 'self_served_first' },
    ...override,
  };
}

type AdminReset = Answers['AdminResetsResponse']['adminResets'][number];

export function anAdminReset(override: Partial<AdminReset> = {}): AdminReset {
  return {
    id: 'r1',
    at: '2026-06-20T09:33:05.000Z',
    day: '2026-06-20',
    person: ADA,
    operator: OPS,
    kind: 'counted',
    incidentId: 'flow:1',
    bypassId: null,
    settling: false,
    agent: 'None',
    ...override,
  };
}

export function someAdminResets(
  adminResets: AdminReset[] = [anAdminReset()],
  override: Partial<Answers['AdminResetsResponse']> = {},
): Answers['AdminResetsResponse'] {
  return { asOf: AS_OF, adminResets, total: adminResets.length, nextCursor: null, ...override };
}
