import { HOUR_MS } from '../../domain/day.ts';
import type { Evidence, ExcessBy, ThroughReset } from '../../domain/surveillance/evidence.ts';
import { START } from './findings.ts';

/** Evidence of three hours at night on which more failed than usual, but for what is said. */
export function someEvidence(told: Partial<Evidence> = {}): Evidence {
  const [startAt, endAt] = [START + HOUR_MS, START + 4 * HOUR_MS];
  return {
    ...{ startAt, endAt, observed: 60, expected: 2, upper: 9, p: 1e-9, rules: [], methods: [] },
    series: [
      {
        ...{ series: 'failed', bucket: 'hour', startAt: startAt, endAt: startAt + HOUR_MS },
        ...{ observed: 60, expected: 2, p: 1e-9, level: 'critical' },
      },
    ],
    ...{ people: 50, addresses: 45, explainedBy: [], through: [], changes: [] },
    ...{ cause: 'unclear', because: [] },
    ...told,
  };
}

/** What makes an excess: each value with what was counted and what is usual of it; new where nothing is. */
export function someExcess(
  by: ExcessBy['by'],
  parts: readonly [value: string | null, observed: number, expected: number][],
  covered = 0.9,
): ExcessBy {
  return {
    ...{ by, covered, values: parts.length },
    parts: parts.map(([value, observed, expected]) => {
      return { value, observed, expected, isNew: expected < 0.1, pWithout: 0.4 };
    }),
  };
}

export function aThroughReset(told: Partial<ThroughReset> = {}): ThroughReset {
  return {
    ...{ flowId: 'f', personId: 'somebody', at: START + 2 * HOUR_MS, address: '198.51.100.7' },
    ...{ newAddress: true, admin: false },
    ...told,
  };
}
