import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STAGES, stageCounts, stageWithMethod } from '../../domain/funnel.ts';
import { resetFlow, resetFlows } from '../../domain/reset-flow.ts';
import { STAGES as CONTRACT_STAGES } from '../../server/contract/resets.ts';
import { aRecord, NINE, REASONS, RESET, someAsOf, someRecords, step, UNLOCK } from './records.ts';

const LATER = NINE + 1000 * 60_000;

function stageOf(...reasons: string[]) {
  return STAGES[
    resetFlow(
      reasons.map((reason, n) => step(reason, n)),
      LATER,
    ).stage
  ];
}

describe('how far a flow came', () => {
  test.each([
    ['identified', [REASONS.identified]],
    ['options', [REASONS.identified, REASONS.options]],
    ['started', [REASONS.options, REASONS.startedSms]],
    ['passed', [REASONS.completedSms]],
    ['gates_passed', [REASONS.gatesPassed, REASONS.startedSms]],
    ['password_submitted', [REASONS.submitted, REASONS.cancelled]],
    ['done', [REASONS.reset]],
    ['done', [REASONS.identified, REASONS.unlocked]],
    ['identified', [REASONS.notEntitled]],
    ['identified', [REASONS.unknown]],
  ])('%s: %o', (stage, reasons) => {
    expect(stageOf(...reasons)).toBe(stage);
  });

  test.each([
    ['started', REASONS.contacted],
    ['identified', 'User contacted an admin'],
    ['started', REASONS.tooMany],
    ['password_submitted', REASONS.banned],
    ['identified', REASONS.writeback],
  ])('%s where the log has only: %s', (stage, reason) => {
    expect(stageOf(reason)).toBe(stage);
  });

  test('a reset that failed had a password, an unlock that failed had its verification', () => {
    const stages = [RESET, UNLOCK].map((activity) => {
      const record = aRecord({ activity, reason: 'None', result: 'failure' });
      return STAGES[resetFlow([record], LATER).stage];
    });
    expect(stages).toEqual(['password_submitted', 'gates_passed']);
  });

  test('is the last stage exactly where it reset or unlocked, and past the start where a method was', () => {
    fc.assert(
      fc.property(someRecords, someAsOf, (records, asOf) => {
        for (const { stage, outcome, steps } of resetFlows(records, asOf)) {
          expect(stage === 6).toBe(outcome === 'completed' || outcome === 'unlocked');
          if (steps.length > 0) expect(stage).toBeGreaterThanOrEqual(2);
          if (steps.some(({ passed }) => passed)) expect(stage).toBeGreaterThanOrEqual(3);
        }
      }),
    );
  });
});

describe('a funnel', () => {
  test('holds at each stage those that came further, and who is still on the way there', () => {
    const groups = [
      { stage: 6, inProgress: false, flows: 4 },
      { stage: 3, inProgress: true, flows: 2 },
      { stage: 3, inProgress: false, flows: 1 },
      { stage: 0, inProgress: false, flows: 3 },
    ];

    expect(stageCounts(groups).map(({ flows }) => flows)).toEqual([10, 7, 7, 7, 4, 4, 4]);
    expect(stageCounts(groups).map(({ inProgress }) => inProgress)).toEqual([0, 0, 0, 2, 0, 0, 0]);
  });

  test('of one method leaves those that gave it up at its start', () => {
    expect(stageWithMethod(6, false)).toBe(2);
    expect(stageWithMethod(6, true)).toBe(6);
    expect(stageWithMethod(3, true)).toBe(3);
  });

  test('has the stages of the contract', () => {
    expect(STAGES).toEqual(CONTRACT_STAGES);
  });
});
