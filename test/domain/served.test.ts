import { expect, test } from 'vitest';
import { type IncidentGroup, servedCounts } from '../../domain/served.ts';

const group = (over: Partial<IncidentGroup>): IncidentGroup => ({
  outcome: 'self_served_first',
  settling: false,
  kind: 'reset',
  incidents: 1,
  ...over,
});

test('served are the settled incidents that people solved alone, by what they got', () => {
  const groups = [
    group({ incidents: 5 }),
    group({ outcome: 'self_served_retry', incidents: 2 }),
    group({ kind: 'unlock', incidents: 3 }),
    group({ settling: true, incidents: 100 }),
    group({ outcome: 'fell_back', incidents: 100 }),
    group({ outcome: 'abandoned', kind: null, incidents: 100 }),
  ];

  expect(servedCounts(groups)).toEqual({ reset: 7, unlock: 3 });
  expect(servedCounts([])).toEqual({ reset: 0, unlock: 0 });
});

test('a self-served incident that got nothing is refused, as it would be in neither count', () => {
  expect(() => servedCounts([group({ kind: null })])).toThrow(RangeError);
});
