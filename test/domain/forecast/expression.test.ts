import { expect, test } from 'vitest';
import { differentiable } from '../../../domain/forecast/differentiable.ts';
import { namesOf, parseExpression } from '../../../domain/forecast/expression.ts';

const value = (formula: string, x = 2): number =>
  differentiable(parseExpression(formula), []).at(x, []);

test('a formula is worked out by the rules of R', () => {
  expect(value('-2^2')).toBe(-4);
  expect(value('2^3^2')).toBe(512);
  expect(value('2**-1')).toBe(0.5);
  expect(value('8/4/2 - 1 - 1')).toBe(-1);
  expect(value('1.5e1 + .5')).toBe(15.5);
  expect(value('exp(log(x)) * (1 + 2)')).toBeCloseTo(6, 12);
  expect(value('--x')).toBe(2);
});

test('names come in order, without functions', () => {
  expect(namesOf(parseExpression('b1/(1+exp(b2-b3*x))^(1/b1)'))).toEqual(['b1', 'b2', 'b3', 'x']);
});

test('derivatives are those of small differences', () => {
  const names = ['a', 'b', 'c', 'd'];
  const formula = 'a/((1+exp(b-c*x))^(1/d)) + sqrt(a*x) - log(d)/b^2 + b^x';
  const curve = differentiable(parseExpression(formula), names);
  const at = [3, 1.2, 0.4, 0.7];
  const gradient = new Float64Array(4);

  curve.at(2, at, gradient);

  for (const i of names.keys()) {
    const moved = (by: number) =>
      curve.at(
        2,
        at.map((one, j) => (i === j ? one + by : one)),
      );
    expect(gradient[i]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 6);
  }
});
