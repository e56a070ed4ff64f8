import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../domain/audit-record.ts';
import { flowId, isFlowRecord, resetFlow, resetFlows } from '../../domain/reset-flow.ts';
import {
  aRecord,
  BLOCKED,
  BY_ADMIN,
  MINUTE_MS,
  NINE,
  REASONS,
  RESET,
  shuffled,
  someAsOf,
  someRecords,
  step,
  UNLOCK,
} from './records.ts';

const LATER = NINE + 600 * MINUTE_MS;

/** The outcome of a flow whose steps come a minute apart, judged long after. */
function outcome(...reasons: string[]) {
  return resetFlow(
    reasons.map((reason, minute) => step(reason, minute)),
    LATER,
  ).outcome;
}

function ended(activity: string, result: string, minute = 5, reason: string | null = null) {
  return aRecord({ activity, result, reason, occurredAt: NINE + minute * MINUTE_MS });
}

describe('which records make a flow', () => {
  test.each([
    [{}, true],
    [{ activity: RESET }, true],
    [{ activity: UNLOCK }, true],
    [{ activity: BLOCKED }, true],
    [{ activity: BY_ADMIN }, false],
    [{ activity: 'Change password (self-service)' }, false],
    [{ service: 'Authentication Methods' }, false],
  ])('%o: %s', (over, belongs) => {
    expect(isFlowRecord(aRecord(over))).toBe(belongs);
  });

  test('a record without a correlation id is a flow of its own', () => {
    const alone = [1, 2].map((n) => aRecord({ id: `SSPR_${n}`, correlationId: null }));

    expect(alone.map(flowId)).toEqual(['record:SSPR_1', 'record:SSPR_2']);
    expect(resetFlows(alone, LATER)).toHaveLength(2);
  });

  test('records of anything else are passed over', () => {
    const records = [aRecord(), aRecord({ activity: BY_ADMIN })];

    expect(resetFlows(records, LATER)).toMatchObject([{ id: 'flow-1', records: 1 }]);
    expect(resetFlow(records, LATER).records).toBe(1);
    expect(() => resetFlow([aRecord({ activity: BY_ADMIN })], LATER)).toThrow(RangeError);
  });

  test('a record read twice counts once', () => {
    expect(resetFlow([aRecord(), aRecord()], LATER).records).toBe(1);
  });

  test('flows come by their start, then by id', () => {
    const records = [
      step(REASONS.identified, 5, { correlationId: 'a' }),
      step(REASONS.identified, 0, { correlationId: 'c' }),
      step(REASONS.identified, 0, { correlationId: 'b', id: 'other' }),
    ];

    expect(resetFlows(records, LATER).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });
});

describe('the order within a flow', () => {
  const text = (digits: string) => `2026-03-02T09:00:00.${digits}Z`;

  test('follows all seven digits', () => {
    const flow = resetFlow(
      [
        step(REASONS.banned, 0, { occurredText: text('0000002') }),
        step(REASONS.cancelled, 0, { occurredText: text('0000001') }),
      ],
      LATER,
    );

    expect(flow.outcome).toBe('failed');
  });

  test('at one instant follows the stage, whatever the ids', () => {
    const flow = resetFlow(
      [
        step(REASONS.cancelled, 0, { id: 'a' }),
        step(REASONS.submitted, 0, { id: 'b' }),
        step(REASONS.startedSms, 0, { id: 'c', address: '192.0.2.7' }),
      ],
      LATER,
    );

    expect(flow.outcome).toBe('cancelled');
  });

  test('at one instant and stage follows the id', () => {
    const ends = [step(REASONS.banned, 0, { id: 'b' }), step(REASONS.cancelled, 0, { id: 'a' })];

    expect(resetFlow(ends, LATER).outcome).toBe('failed');
  });
});

describe('when, and whose', () => {
  test('starts with its first record and lasts to its last', () => {
    const flow = resetFlow([step(REASONS.submitted, 7), step(REASONS.identified, 2)], LATER);

    expect(flow).toMatchObject({
      startedAt: NINE + 2 * MINUTE_MS,
      lastAt: NINE + 7 * MINUTE_MS,
    });
  });

  test('belongs to the first target that is known', () => {
    const records = [
      step(REASONS.identified, 0, { targetId: null, initiatorId: 'eve' }),
      step(REASONS.startedSms, 1, { targetId: 'bob' }),
      step(REASONS.completedSms, 2, { targetId: 'ada' }),
    ];

    expect(resetFlow(records, LATER).personId).toBe('bob');
  });

  test('else to the first initiator that is known, else to nobody', () => {
    const nobody = step(REASONS.identified, 0, { targetId: null, initiatorId: null });
    const somebody = step(REASONS.startedSms, 1, { targetId: null, initiatorId: 'eve' });

    expect(resetFlow([nobody, somebody], LATER).personId).toBe('eve');
    expect(resetFlow([nobody], LATER).personId).toBeNull();
  });

  test('succeeded at the first record of the success that its outcome names', () => {
    const both = [
      step(REASONS.unlocked, 1),
      step(REASONS.reset, 3),
      ended(RESET, 'success', 4),
      ended(UNLOCK, 'success', 5),
    ];

    expect(resetFlow(both, LATER).succeededAt).toBe(NINE + 3 * MINUTE_MS);
    expect(resetFlow([step(REASONS.cancelled)], LATER).succeededAt).toBeNull();
  });
});

describe('the outcome', () => {
  test.each([
    ['the activity', ended(RESET, 'success'), 'completed'],
    ['the step', step(REASONS.reset), 'completed'],
    ['the activity', ended(UNLOCK, 'success'), 'unlocked'],
    ['the step', step(REASONS.unlocked), 'unlocked'],
  ])('success is %s alone', (_, record, expected) => {
    expect(resetFlow([record], LATER).outcome).toBe(expected);
  });

  test('takes the first that applies', () => {
    const strongestFirst = [
      [REASONS.reset, 'completed'],
      [REASONS.unlocked, 'unlocked'],
      [REASONS.contacted, 'contacted_admin'],
      [REASONS.tooMany, 'blocked'],
      [REASONS.notEntitled, 'not_entitled'],
      [REASONS.cancelled, 'cancelled'],
    ] as const;

    const reasons = strongestFirst.map(([reason]) => reason);
    const outcomes = reasons.map((_, weakest) => outcome(...reasons.slice(weakest)));

    expect(outcomes).toEqual(strongestFirst.map(([, expected]) => expected));
  });

  test('a block counts whatever its result', () => {
    expect(resetFlow([ended(BLOCKED, 'success')], LATER).outcome).toBe('blocked');
    expect(resetFlow([ended(BLOCKED, 'failure')], LATER).outcome).toBe('blocked');
  });

  test('a configuration stop counts anywhere in the flow', () => {
    expect(outcome(REASONS.notEntitled, REASONS.identified, REASONS.startedSms)).toBe(
      'not_entitled',
    );
  });

  test('a rejected password is failed, cancelled after a cancel, abandoned after a new try', () => {
    expect(outcome(REASONS.submitted, REASONS.banned)).toBe('failed');
    expect(outcome(REASONS.banned, REASONS.cancelled)).toBe('cancelled');
    expect(outcome(REASONS.banned, REASONS.submitted)).toBe('abandoned');
  });

  test('identification and options say nothing about the end', () => {
    expect(outcome(REASONS.writeback, REASONS.identified, REASONS.options)).toBe('failed');
    expect(outcome(REASONS.cancelled, REASONS.options)).toBe('cancelled');
  });

  test.each([
    [RESET, 'failure'],
    [UNLOCK, 'failure'],
    [RESET, 'timeout'],
  ])('%s with %s is failed', (activity, result) => {
    expect(resetFlow([ended(activity, result)], LATER).outcome).toBe('failed');
  });

  test.each([
    ['failure', 'failed'],
    ['timeout', 'failed'],
    ['success', 'abandoned'],
  ])('an unknown reason with %s at the end is %s', (result, expected) => {
    const flow = resetFlow([step(REASONS.unknown, 0, { result })], LATER);

    expect(flow.outcome).toBe(expected);
  });

  test('a failing result of a known step is no failure', () => {
    const flow = resetFlow([step(REASONS.startedSms, 0, { result: 'failure' })], LATER);

    expect(flow.outcome).toBe('abandoned');
  });

  test('a silent flow is abandoned after more than 60 minutes, in progress until then', () => {
    const records = [step(REASONS.startedSms, 10)];
    const at = (minute: number) => resetFlow(records, NINE + minute * MINUTE_MS).outcome;

    expect(at(70)).toBe('in_progress');
    expect(resetFlow(records, NINE + 70 * MINUTE_MS + 1).outcome).toBe('abandoned');
    expect(at(0)).toBe('in_progress');
  });

  test('silence counts from the last record, an identification too', () => {
    const records = [step(REASONS.startedSms, 0), step(REASONS.identified, 50)];

    expect(resetFlow(records, NINE + 100 * MINUTE_MS).outcome).toBe('in_progress');
  });
});

test('no record of a flow is lost, none counted twice', () => {
  fc.assert(
    fc.property(someRecords, someAsOf, (records, asOf) => {
      const flows = resetFlows(records, asOf);

      expect(flows.reduce((sum, flow) => sum + flow.records, 0)).toBe(
        records.filter(isFlowRecord).length,
      );
      expect(new Set(flows.map(({ id }) => id)).size).toBe(flows.length);
    }),
  );
});

test('any order and any repetition of the records give the same flows', () => {
  const cases = someRecords.chain((records) => fc.tuple(fc.constant(records), shuffled(records)));
  fc.assert(
    fc.property(cases, someAsOf, ([records, again], asOf) => {
      expect(resetFlows(again, asOf)).toEqual(resetFlows(records, asOf));
    }),
  );
});

test('records that come in overlapping batches give the flows of one clean run', () => {
  fc.assert(
    fc.property(someRecords, fc.nat(40), fc.nat(40), someAsOf, (records, a, b, asOf) => {
      const batches = [records.slice(Math.min(a, b)), records.slice(0, Math.max(a, b))];
      const stored = new Map<string, AuditRecord>();
      for (const record of batches.flat()) stored.set(record.id, record);

      expect(resetFlows([...stored.values()], asOf)).toEqual(resetFlows(records, asOf));
    }),
  );
});

test('one flow alone is what it is among the others', () => {
  fc.assert(
    fc.property(someRecords, someAsOf, (records, asOf) => {
      for (const flow of resetFlows(records, asOf)) {
        const own = records.filter((record) => flowId(record) === flow.id);
        expect(resetFlow(own, asOf)).toEqual(flow);
      }
    }),
  );
});
