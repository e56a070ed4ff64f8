import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../domain/day.ts';
import {
  DEFAULT_INCIDENT_GAP_MS,
  type IncidentAdminReset,
  type IncidentFlow,
  type PersonIncidentsInput,
  personIncidents,
} from '../../domain/incident.ts';
import type { FlowOutcome } from '../../domain/reset-flow.ts';
import { aFlow, NINE, reordered } from './records.ts';

const MS = 1 / HOUR_MS; // a millisecond, in hours

function at(hours: number, over: Partial<IncidentAdminReset> = {}): IncidentAdminReset {
  return { id: `reset-${hours}`, personId: 'ada', at: NINE + Math.round(hours * HOUR_MS), ...over };
}

function of(
  flows: IncidentFlow[],
  adminResets: IncidentAdminReset[] = [],
  over: Partial<PersonIncidentsInput> = {},
) {
  return personIncidents({
    flows,
    adminResets,
    asOf: NINE + 1000 * HOUR_MS,
    gapMs: DEFAULT_INCIDENT_GAP_MS,
    ...over,
  });
}

/** The flows of each incident, as hours. */
function flowsOf(...input: Parameters<typeof of>) {
  return of(...input).incidents.map(({ flowIds }) => flowIds.map((id) => Number(id.slice(5))));
}

/** What became of the admin resets. */
function attributionOf(...input: Parameters<typeof of>) {
  const { incidents, bypasses } = of(...input);
  return {
    attributed: incidents.map(({ adminResetIds }) => adminResetIds),
    bypasses: bypasses.map(({ adminResetIds }) => adminResetIds),
  };
}

function outcomeOf(...outcomes: FlowOutcome[]) {
  return of(outcomes.map((outcome, hour) => aFlow(hour, outcome))).incidents.map(
    ({ outcome }) => outcome,
  );
}

describe('flows of one millisecond', () => {
  test('are ordered by all seven digits of their instant, not by id', () => {
    const first = aFlow(0, 'abandoned', { id: 'b', startedText: '2026-03-02T09:00:00.0000001Z' });
    const second = aFlow(0, 'completed', { id: 'a', startedText: '2026-03-02T09:00:00.0000002Z' });

    const { incidents } = of([second, first]);

    expect(incidents).toMatchObject([{ id: 'b', outcome: 'self_served_retry' }]);
  });
});

describe('a flow opens a new incident', () => {
  test('when it starts more than 24 hours after the start of the flow before it', () => {
    expect(flowsOf([aFlow(0, 'abandoned'), aFlow(24, 'abandoned')])).toEqual([[0, 24]]);
    expect(flowsOf([aFlow(0, 'abandoned'), aFlow(24 + MS, 'abandoned')])).toHaveLength(2);
  });

  test('and not because a chain of short gaps lasts longer', () => {
    const chain = [aFlow(0, 'failed'), aFlow(20, 'failed'), aFlow(40, 'failed')];

    expect(flowsOf(chain)).toEqual([[0, 20, 40]]);
  });

  test('by a gap that is a setting', () => {
    const flows = [aFlow(0, 'failed'), aFlow(5, 'failed'), aFlow(75, 'failed')];

    expect(flowsOf(flows, [], { gapMs: 4 * HOUR_MS })).toEqual([[0], [5], [75]]);
    expect(flowsOf(flows, [], { gapMs: 72 * HOUR_MS })).toEqual([[0, 5, 75]]);
  });

  test('when it starts more than 4 hours after the end of the flow before it, after a success', () => {
    const success = aFlow(0, 'completed', { end: 1 });

    expect(flowsOf([success, aFlow(5, 'cancelled')])).toEqual([[0, 5]]);
    expect(flowsOf([success, aFlow(5 + MS, 'cancelled')])).toHaveLength(2);
    expect(flowsOf([aFlow(0, 'failed', { end: 1 }), aFlow(6, 'cancelled')])).toHaveLength(1);
  });

  test('counting from the flow before it, which need not be the success', () => {
    const flows = [aFlow(0, 'unlocked'), aFlow(3, 'cancelled', { end: 4 }), aFlow(8, 'failed')];

    expect(flowsOf(flows)).toEqual([[0, 3, 8]]);
    expect(flowsOf([...flows, aFlow(13, 'failed')])).toEqual([[0, 3, 8], [13]]);
  });

  test('when an admin reset lies between the first records of it and the flow before it', () => {
    const flows = [aFlow(0, 'abandoned', { end: 1 }), aFlow(2, 'abandoned')];

    expect(flowsOf(flows, [at(1.5)])).toEqual([[0], [2]]);
    expect(flowsOf(flows, [at(0.5)])).toEqual([[0], [2]]);
    expect(flowsOf(flows, [at(0)])).toEqual([[0, 2]]);
    expect(flowsOf(flows, [at(2)])).toEqual([[0, 2]]);
  });
});

describe('an unknown person', () => {
  test('has an incident per flow and a bypass per admin reset', () => {
    const flows = [aFlow(0, 'failed', { personId: null }), aFlow(1, 'failed', { personId: null })];
    const resets = [at(2, { personId: null }), at(3, { personId: null })];

    expect(flowsOf(flows)).toEqual([[0], [1]]);
    expect(attributionOf(flows, resets)).toEqual({
      attributed: [[], []],
      bypasses: [['reset-2'], ['reset-3']],
    });
  });
});

describe('an admin reset is attributed', () => {
  test.each([
    ['success', 24.25, true],
    ['success', 24.25 + MS, false],
    ['no success', 72.25, true],
    ['no success', 72.25 + MS, false],
  ])('to an incident with %s at %d hours: %s', (success, hours, attributed) => {
    const flow = aFlow(0, success === 'success' ? 'completed' : 'cancelled');
    const id = `reset-${hours}`;

    expect(attributionOf([flow], [at(hours)])).toEqual(
      attributed ? { attributed: [[id]], bypasses: [] } : { attributed: [[]], bypasses: [[id]] },
    );
  });

  test('counting from the last success, not from a flow after it', () => {
    const flows = [aFlow(0, 'completed'), aFlow(3, 'cancelled')];

    expect(attributionOf(flows, [at(24.25)]).bypasses).toEqual([]);
    expect(attributionOf(flows, [at(25)]).bypasses).toEqual([['reset-25']]);
  });

  test('to the latest incident only', () => {
    const flows = [aFlow(0, 'cancelled'), aFlow(30, 'completed')];

    expect(attributionOf(flows, [at(50)]).attributed).toEqual([[], ['reset-50']]);
    expect(attributionOf(flows, [at(60)]).bypasses).toEqual([['reset-60']]);
  });

  test('to an incident that began before it, not at the same instant', () => {
    expect(attributionOf([aFlow(1, 'failed')], [at(1)]).bypasses).toEqual([['reset-1']]);
    expect(attributionOf([aFlow(1, 'failed')], [at(1 + MS)]).bypasses).toEqual([]);
  });

  test('with the one at most 24 hours before it, and so on', () => {
    const resets = [at(10), at(34), at(58), at(82 + MS)];

    expect(attributionOf([aFlow(0, 'completed')], resets)).toEqual({
      attributed: [resets.slice(0, 3).map(({ id }) => id)],
      bypasses: [resets.slice(3).map(({ id }) => id)],
    });
  });

  test('to a later incident rather than with the one before it', () => {
    const flows = [aFlow(0, 'completed'), aFlow(12, 'failed')];

    expect(attributionOf(flows, [at(10), at(20)]).attributed).toEqual([['reset-10'], ['reset-20']]);
  });
});

describe('a bypass', () => {
  test('is an admin reset that no self-service came before', () => {
    expect(of([], [at(5)]).bypasses).toEqual([
      {
        id: 'reset-5',
        personId: 'ada',
        at: NINE + 5 * HOUR_MS,
        settling: false,
        adminResetIds: ['reset-5'],
      },
    ]);
  });

  test('holds those less than 24 hours after the one before', () => {
    expect(of([], [at(0), at(23), at(46), at(70)]).bypasses).toMatchObject([
      { id: 'reset-0', at: NINE, adminResetIds: ['reset-0', 'reset-23', 'reset-46'] },
      { id: 'reset-70', adminResetIds: ['reset-70'] },
    ]);
  });
});

describe('the outcome of an incident', () => {
  test.each<[string, FlowOutcome[]]>([
    ['self_served_first', ['completed']],
    ['self_served_first', ['unlocked', 'cancelled']],
    ['self_served_first', ['completed', 'blocked']],
    ['self_served_retry', ['cancelled', 'completed']],
    ['self_served_retry', ['contacted_admin', 'unlocked']],
    ['self_served_first', ['completed', 'contacted_admin', 'completed']],
    ['fell_back', ['contacted_admin']],
    ['fell_back', ['completed', 'contacted_admin', 'failed']],
    ['abandoned', ['not_entitled', 'not_entitled']],
    ['abandoned', ['blocked', 'failed', 'in_progress']],
  ])('%s: %o', (expected, outcomes) => {
    expect(outcomeOf(...outcomes)).toEqual([expected]);
  });

  test('is fell back once an admin reset is attributed, success or not', () => {
    expect(of([aFlow(0, 'completed')], [at(5)]).incidents).toMatchObject([
      { outcome: 'fell_back' },
    ]);
    expect(of([aFlow(0, 'not_entitled')], [at(5)]).incidents).toMatchObject([
      { outcome: 'fell_back' },
    ]);
  });
});

describe('the kind of an incident', () => {
  test.each<[string | null, FlowOutcome[]]>([
    ['reset', ['completed']],
    ['unlock', ['failed', 'unlocked']],
    ['reset', ['unlocked', 'completed']],
    [null, ['contacted_admin', 'in_progress']],
  ])('%s: %o', (kind, outcomes) => {
    const flows = outcomes.map((outcome, n) => aFlow(n, outcome));

    expect(of(flows, []).incidents.map((incident) => incident.kind)).toEqual([kind]);
  });
});

describe('the next incident', () => {
  test('is where the same person begins another one; a person who is not known has none', () => {
    const flows = [aFlow(50, 'failed'), aFlow(0, 'completed'), aFlow(1, 'cancelled')];
    const unknown = flows.map((flow) => ({ ...flow, personId: null }));

    expect(of(flows, []).incidents.map(({ nextAt }) => nextAt)).toEqual([
      NINE + 50 * HOUR_MS,
      null,
    ]);
    expect(of(unknown, []).incidents.map(({ nextAt }) => nextAt)).toEqual([null, null, null]);
  });
});

describe('settling', () => {
  const asOf = (hours: number) => ({ asOf: NINE + Math.round(hours * HOUR_MS) });

  test('every incident, until 72 hours after the last record of its last flow', () => {
    const flows = [aFlow(0, 'completed'), aFlow(2, 'completed', { end: 3 })];

    expect(of(flows, [], asOf(75 - MS)).incidents).toMatchObject([{ settling: true }]);
    expect(of(flows, [], asOf(75)).incidents).toMatchObject([{ settling: false }]);
  });

  test('an incident whose first flow outlasts the others, until 72 hours after the last flow', () => {
    const flows = [aFlow(0, 'failed', { end: 10 }), aFlow(2, 'failed', { end: 3 })];

    expect(of(flows, [], asOf(74)).incidents).toMatchObject([{ settling: true }]);
    expect(of(flows, [], asOf(75)).incidents).toMatchObject([
      { settling: false, lastAt: NINE + 3 * HOUR_MS },
    ]);
  });

  test('every bypass, until 72 hours after its first admin reset', () => {
    expect(of([], [at(0), at(20)], asOf(72 - MS)).bypasses).toMatchObject([{ settling: true }]);
    expect(of([], [at(0), at(20)], asOf(72)).bypasses).toMatchObject([{ settling: false }]);
  });
});

/** Design's rules word by word, looking at everything every time: for comparison only. */
function wordByWord(flows: IncidentFlow[], resets: IncidentAdminReset[], gapMs: number) {
  const success = (flow: IncidentFlow) => ['completed', 'unlocked'].includes(flow.outcome);
  const groups: { flows: IncidentFlow[]; resets: string[] }[] = [];
  flows.forEach((flow, index) => {
    const before = flows[index - 1];
    const group = groups.at(-1);
    const opens =
      !before ||
      !group ||
      flow.startedAt - before.startedAt > gapMs ||
      (group.flows.some(success) && flow.startedAt - before.lastAt > 4 * HOUR_MS) ||
      resets.some((reset) => reset.at > before.startedAt && reset.at < flow.startedAt);
    if (opens) groups.push({ flows: [flow], resets: [] });
    else group.flows.push(flow);
  });
  const taken: { at: number; group: (typeof groups)[number] }[] = [];
  const left: IncidentAdminReset[] = [];
  for (const reset of resets) {
    const began = groups.filter((group) => (group.flows[0]?.startedAt ?? 0) < reset.at);
    const latest = began.at(-1);
    const successes = latest?.flows.filter(success) ?? [];
    const since = (successes.at(-1) ?? latest?.flows.at(-1))?.lastAt ?? 0;
    const limit = successes.length > 0 ? 24 : 72;
    const earlier = taken.filter((other) => reset.at - other.at <= 24 * HOUR_MS).at(-1)?.group;
    const group = latest && reset.at - since <= limit * HOUR_MS ? latest : earlier;
    if (group) {
      group.resets.push(reset.id);
      taken.push({ at: reset.at, group });
    } else left.push(reset);
  }
  return {
    incidents: groups.map((group) => ({
      flowIds: group.flows.map(({ id }) => id),
      adminResetIds: group.resets,
    })),
    left: left.map(({ id }) => id),
  };
}

const someOutcome = fc.constantFrom<FlowOutcome>(
  'completed',
  'unlocked',
  'contacted_admin',
  'failed',
  'abandoned',
);
const someFlows = fc
  .array(fc.tuple(fc.nat(60), fc.nat(8), someOutcome), { maxLength: 12 })
  .map((flows) =>
    flows.map(([start, hours, outcome], n) =>
      aFlow(start * 4, outcome, {
        end: start * 4 + hours,
        id: `flow-${String(n).padStart(2, '0')}`,
      }),
    ),
  );
const someResets = fc
  .array(fc.nat(130), { maxLength: 12 })
  .map((hours) =>
    hours.map((hour, n) => at(hour * 2, { id: `reset-${String(n).padStart(2, '0')}` })),
  );
const someGap = fc.constantFrom(4, 24, 72).map((hours) => hours * HOUR_MS);

test('incidents, attribution and bypasses are those of the rules word by word', () => {
  fc.assert(
    fc.property(someFlows, someResets, someGap, (flows, resets, gapMs) => {
      const { incidents, bypasses } = of(flows, resets, { gapMs });
      const expected = wordByWord(
        flows.toSorted((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1)),
        resets.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
        gapMs,
      );

      expect(incidents.map(({ flowIds, adminResetIds }) => ({ flowIds, adminResetIds }))).toEqual(
        expected.incidents,
      );
      expect(bypasses.flatMap(({ adminResetIds }) => adminResetIds)).toEqual(expected.left);
    }),
    { numRuns: 1000 },
  );
});

test('every flow is in one incident, every admin reset in one incident or bypass', () => {
  fc.assert(
    fc.property(someFlows, someResets, someGap, (flows, resets, gapMs) => {
      const { incidents, bypasses } = of(flows, resets, { gapMs });
      const placed = [...incidents, ...bypasses].flatMap(({ adminResetIds }) => adminResetIds);

      expect(incidents.flatMap(({ flowIds }) => flowIds).sort()).toEqual(flows.map(({ id }) => id));
      expect(placed.sort()).toEqual(resets.map(({ id }) => id));
    }),
  );
});

test('any order of flows and admin resets gives the same incidents', () => {
  const cases = fc
    .tuple(someFlows, someResets)
    .chain(([flows, resets]) =>
      fc.tuple(fc.constant(of(flows, resets)), reordered(flows), reordered(resets)),
    );
  fc.assert(
    fc.property(cases, ([expected, flows, resets]) => {
      expect(of(flows, resets)).toEqual(expected);
    }),
  );
});
