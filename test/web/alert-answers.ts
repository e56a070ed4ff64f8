import {
  RHYTHM_RULE_FACTS,
  THRESHOLD_RULE_FACTS,
  THRESHOLD_RULES,
} from '../../domain/surveillance/rule-list.ts';
import { SURVEILLANCE_DEFAULTS } from '../../domain/surveillance/settings.ts';
import type { Answers } from '../../web/api/contract-shapes.ts';

type AlertAnswer = Answers['AlertResponse'];
type Alert = AlertAnswer['alert'];
type Evidence = Alert['evidence'];

/** A burst of a night: 240 people from 5 addresses, none of which was seen before. */
export function someEvidence(override: Partial<Evidence> = {}): Evidence {
  return {
    startAt: '2026-06-28T01:00:00.000Z',
    endAt: '2026-06-28T03:00:00.000Z',
    observed: 250,
    expected: 2.4,
    upper: 9,
    p: 0.0000004,
    series: [
      {
        series: 'failed',
        title: 'Failed verifications',
        bucket: 'hour',
        startAt: '2026-06-28T01:00:00.000Z',
        endAt: '2026-06-28T02:00:00.000Z',
        observed: 250,
        expected: 2.4,
        p: 0.0000004,
        level: 'critical',
      },
    ],
    rules: [
      {
        rule: 'one_address_many_people',
        title: 'One address, many people',
        subject: { kind: 'address', id: '198.51.100.7', name: null },
        value: 60,
        threshold: 6,
        learnedOn: '2026-06-27',
        level: 'alert',
      },
      {
        rule: 'one_person_many_methods',
        title: 'One person, many methods',
        subject: { kind: 'person', id: 'a1', name: 'Ada Able' },
        value: 4,
        threshold: 3,
        learnedOn: null,
        level: 'watch',
      },
    ],
    people: 240,
    addresses: 5,
    explainedBy: [
      {
        by: 'address',
        parts: [
          {
            value: '198.51.100.7',
            name: null,
            observed: 60,
            expected: 0,
            isNew: true,
            pWithout: 0.0005,
          },
          {
            value: '198.51.100.8',
            name: null,
            observed: 50,
            expected: 0.2,
            isNew: false,
            pWithout: null,
          },
        ],
        values: 2,
        covered: 0.91,
      },
      {
        by: 'person',
        parts: [
          { value: 'a1', name: 'Ada Able', observed: 4, expected: 0, isNew: false, pWithout: 0.3 },
        ],
        values: 1,
        covered: 0.8,
      },
    ],
    methods: [
      { method: 'mobile SMS', started: 100, passed: 10, usualStarted: 400, usualPassed: 360 },
      { method: 'email', started: 10, passed: 9, usualStarted: 100, usualPassed: 90 },
    ],
    through: [],
    changes: [{ day: '2026-06-27', text: 'The policy of self-service reset was changed' }],
    cause: 'attack',
    because: [
      'Few addresses hold most of the failures: 5 addresses tried 240 people.',
      'All of the addresses are new.',
    ],
    ...override,
  };
}

export function anAlert(override: Partial<Alert> = {}): Alert {
  return {
    id: '7',
    rule: 'failed_verifications',
    ruleTitle: 'Unusual failed verifications',
    level: 'critical',
    queue: 'security',
    title: '240 people failed from 5 addresses, against 3 usually: looks like an attack',
    startedAt: '2026-06-28T01:00:00.000Z',
    endedAt: null,
    raisedAt: '2026-06-28T03:10:00.000Z',
    updatedAt: '2026-06-28T03:10:00.000Z',
    state: 'open',
    acknowledgedAt: null,
    acknowledgedBy: null,
    snoozedUntil: null,
    evidence: someEvidence(),
    next: ['Block the addresses.', 'Call the people whose reset went through.'],
    links: [
      {
        title: 'The failed verifications',
        path: '/security/failures?period=own&first=2026-06-28&last=2026-06-28',
      },
    ],
    ...override,
  };
}

const somebody = (id: string, name: string) => ({
  id,
  name,
  userPrincipalName: `${id}@larkfield.example`,
});

export function anAlertAnswer(override: Partial<AlertAnswer> = {}): AlertAnswer {
  return {
    asOf: '2026-06-28T12:00:00.000Z',
    timeZone: 'UTC',
    alert: anAlert(),
    timeline: {
      bucket: 'hour',
      title: 'Failed verifications',
      points: [
        {
          start: '2026-06-28T00:00:00.000Z',
          observed: 2,
          expected: 2,
          upper: 9,
          within: false,
        },
        {
          start: '2026-06-28T01:00:00.000Z',
          observed: 250,
          expected: 2.4,
          upper: 9,
          within: true,
        },
        {
          start: '2026-06-28T02:00:00.000Z',
          observed: null,
          expected: null,
          upper: null,
          within: true,
        },
        { start: '2026-06-28T03:00:00.000Z', observed: 1, expected: 2, upper: 8, within: false },
      ],
    },
    people: [
      {
        person: somebody('a1', 'Ada Able'),
        admin: true,
        failed: 4,
        methods: ['mobile SMS', 'email'],
        addresses: ['198.51.100.7'],
        story: [
          {
            at: '2026-06-27T09:00:00.000Z',
            when: 'before',
            text: 'Changed the security info: added a phone.',
            incidentId: null,
          },
          {
            at: '2026-06-28T01:10:00.000Z',
            when: 'within',
            text: 'Tried to reset: blocked.',
            incidentId: 'flow:1',
          },
        ],
      },
    ],
    peopleTotal: 240,
    addresses: [
      {
        address: '198.51.100.7',
        failed: 60,
        people: 58,
        through: 1,
        firstSeen: null,
        company: false,
      },
      {
        address: '203.0.113.9',
        failed: 3,
        people: 3,
        through: 0,
        firstSeen: '2026-01-02T00:00:00.000Z',
        company: true,
      },
    ],
    addressesTotal: 2,
    history: [
      {
        at: '2026-06-28T03:10:00.000Z',
        kind: 'raised',
        level: 'critical',
        author: null,
        text: null,
      },
    ],
    deliveries: [
      {
        id: '6e0d8a52-6c2f-4c39-8ef2-0ad5a4cf6a01',
        channel: 'Night desk',
        kind: 'raised',
        state: 'sent',
        sentAt: '2026-06-28T03:11:00.000Z',
        lastError: null,
      },
    ],
    ...override,
  };
}

type Exclusion = Answers['AlertExclusionsResponse']['exclusions'][number];

export function aQuietOne(override: Partial<Exclusion> = {}): Exclusion {
  return {
    id: '3',
    rule: 'one_address_many_people',
    subject: { kind: 'address', id: '203.0.113.9', name: null },
    reason: 'Branch office',
    author: 'Ines',
    createdAt: '2026-06-20T08:00:00.000Z',
    until: '2026-07-20T00:00:00.000Z',
    endedAt: null,
    endedBy: null,
    state: 'active',
    alerts: 2,
    ...override,
  };
}

/** The defaults, with a learned threshold for one rule and too little history for the others. */
export function someSurveillance(
  override: Partial<Answers['SurveillanceResponse']> = {},
): Answers['SurveillanceResponse'] {
  const settings = structuredClone(SURVEILLANCE_DEFAULTS);
  const without = {
    unit: null,
    floor: null,
    learned: null,
    point: null,
    days: null,
    learnedOn: null,
  };
  return {
    asOf: '2026-06-28T12:00:00.000Z',
    version: 0,
    author: null,
    madeAt: null,
    note: null,
    settings,
    defaults: structuredClone(SURVEILLANCE_DEFAULTS),
    rules: [
      { rule: 'failed_verifications', ...RHYTHM_RULE_FACTS.failed_verifications, ...without },
      { rule: 'admin_resets', ...RHYTHM_RULE_FACTS.admin_resets, ...without },
      {
        rule: 'new_address_reset',
        title: 'Reset from a new address',
        explanation: 'Raises another alert by one level.',
        queue: 'security',
        ...without,
      },
      ...THRESHOLD_RULES.map((rule) => {
        const { title, explanation, unit, queue, floor } = THRESHOLD_RULE_FACTS[rule];
        const isLearned = rule === 'blocked_attempts';
        return {
          rule,
          title,
          explanation,
          queue,
          unit,
          floor,
          learned: isLearned ? 5 : null,
          point: isLearned ? 4 : null,
          days: isLearned ? 90 : null,
          learnedOn: isLearned ? '2026-06-27' : null,
        };
      }),
    ],
    ...override,
  };
}

type Backtest = Answers['BacktestResponse'];

export function anEpisode(
  override: Partial<Backtest['added'][number]> = {},
): Backtest['added'][number] {
  return {
    rule: 'failed_verifications',
    ruleTitle: 'Unusual failed verifications',
    level: 'alert',
    startedAt: '2026-06-10T00:00:00.000Z',
    lastAt: '2026-06-11T00:00:00.000Z',
    observed: 40,
    expected: 12.5,
    alertId: null,
    ...override,
  };
}

export function aBacktest(override: Partial<Backtest> = {}): Backtest {
  return {
    first: '2026-03-31',
    last: '2026-06-28',
    days: 90,
    proposed: { watch: 9, alert: 3, critical: 1 },
    current: { watch: 6, alert: 2, critical: 1 },
    added: [anEpisode()],
    gone: [],
    kept: [anEpisode({ alertId: '7', level: 'critical', startedAt: '2026-06-28T01:00:00.000Z' })],
    ...override,
  };
}

type Channel = Answers['ChannelsResponse']['channels'][number];

export function aChannel(override: Partial<Channel> = {}): Channel {
  return {
    id: '1',
    kind: 'webhook',
    name: 'Night desk',
    on: true,
    level: 'alert',
    rules: null,
    names: false,
    quiet: null,
    to: null,
    target: 'hooks.larkfield.example',
    transport: null,
    createdAt: '2026-06-01T08:00:00.000Z',
    changedAt: '2026-06-01T08:00:00.000Z',
    lastSentAt: '2026-06-28T03:11:00.000Z',
    waiting: 0,
    dead: 0,
    problem: null,
    ...override,
  };
}

type Delivery = Answers['Delivery'];

export function aDelivery(override: Partial<Delivery> = {}): Delivery {
  return {
    id: '6e0d8a52-6c2f-4c39-8ef2-0ad5a4cf6a01',
    channelId: '1',
    channel: 'Night desk',
    alertId: '7',
    kind: 'raised',
    title: '240 people failed from 5 addresses',
    state: 'sent',
    attempts: 1,
    createdAt: '2026-06-28T03:10:00.000Z',
    nextAt: null,
    sentAt: '2026-06-28T03:11:00.000Z',
    lastError: null,
    ...override,
  };
}

/** An outbox of these, with their counts. */
export function anOutbox(deliveries: Delivery[] = [aDelivery()]): Answers['DeliveriesResponse'] {
  const of = (state: Delivery['state']) => deliveries.filter((one) => one.state === state).length;
  return {
    deliveries,
    counts: {
      waiting: of('waiting'),
      sent: of('sent'),
      dead: of('dead'),
      dropped: of('dropped'),
    },
  };
}
