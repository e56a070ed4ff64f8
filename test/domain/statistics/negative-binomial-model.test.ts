import { expect, test } from 'vitest';
import { negativeBinomialModel } from '../../../domain/statistics/negative-binomial-model.ts';

test('counts whose likeliest theta would be below 0 are told by the Poisson model', () => {
  const counts = [31, 36, 43, 28, 40]; // hardly more spread than Poisson ones

  const { theta, fitted } = negativeBinomialModel({ design: counts.map(() => [1]), counts });

  expect(theta).toBeNull();
  for (const mean of fitted) expect(mean).toBeCloseTo(35.6, 6);
});
