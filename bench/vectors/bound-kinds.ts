import { z } from 'zod';
import { cusum } from '../../domain/surveillance/cusum.ts';
import { ears } from '../../domain/surveillance/ears.ts';
import { gammaPoissonBound } from '../../domain/surveillance/gamma-poisson-bound.ts';
import { Numbers } from './numbers.ts';
import type { Comparison, VectorKind } from './vector.ts';

const Alarms = z.union([
  z.array(z.union([z.boolean(), z.number()])),
  z.union([z.boolean(), z.number()]).transform((one) => [one]),
]);
const Out = z.looseObject({ index_1based: Numbers, upperbound: Numbers, alarm: Alarms });

const CLOSE = 1e-9;

/** `earsC`: bounds of R's `surveillance`. */
export const earsKind: VectorKind = function* (vector): Iterable<Comparison> {
  const { observed, control, alpha_used, out } = z
    .looseObject({
      observed: Numbers,
      control: z.looseObject({
        method: z.enum(['C1', 'C2', 'C3']).default('C1'),
        baseline: z.number().default(7),
        minSigma: z.number().default(0),
        alpha: z.number().nullish(),
      }),
      alpha_used: z.number().nullish(),
      out: Out,
    })
    .parse(vector);
  const alpha = alpha_used ?? control.alpha ?? (control.method === 'C3' ? 0.025 : 0.001);
  yield* compared(out, (index) => ears(observed, index, { ...control, alpha }));
};

/** `algo.bayes`: the same. */
export const bayesKind: VectorKind = function* (vector): Iterable<Comparison> {
  const { observed, freq, control, out } = z
    .looseObject({
      observed: Numbers,
      freq: z.number(),
      control: z.looseObject({
        b: z.number().default(0),
        w: z.number().default(6),
        actY: z.boolean().default(true),
        alpha: z.number().default(0.05),
      }),
      out: Out,
    })
    .parse(vector);
  const series = { observed, frequency: freq };
  yield* compared(out, (index) => gammaPoissonBound(series, index, control));
};

/** `algo.cusum`: the same, and the sums. */
export const cusumKind: VectorKind = function* (vector): Iterable<Comparison> {
  const { observed, control, m_used, out } = z
    .looseObject({
      observed: Numbers,
      control: z.looseObject({
        k: z.number().default(1.04),
        h: z.number().default(2.26),
        trans: z.enum(['rossi', 'standard', 'anscombe', 'none']).default('standard'),
      }),
      m_used: Numbers,
      out: Out.extend({ cusum: Numbers }),
    })
    .parse(vector);
  const counts = out.index_1based.map((index) => observed[index - 1] ?? Number.NaN);
  const means = counts.map((_, i) => m_used[i] ?? m_used[0] ?? Number.NaN);
  const answers = cusum(counts, means, { ...control, transform: control.trans });
  const first = out.index_1based[0] ?? 0;
  yield* compared(out, (index) => answers[index + 1 - first] ?? null);
  for (const [i, expected] of out.cusum.entries())
    yield {
      name: `cusum[${i}]`,
      ...{ expected, actual: answers[i]?.cusum ?? null, tolerance: CLOSE },
    };
};

function* compared(
  out: z.output<typeof Out>,
  answer: (index: number) => { upper: number; alarm: boolean } | null,
): Iterable<Comparison> {
  for (const [i, index] of out.index_1based.entries()) {
    const ours = answer(index - 1);
    const expected = out.upperbound[i] ?? null;
    const tolerance = CLOSE + (expected ? CLOSE / Math.abs(expected) : 0);
    yield { name: `upperbound[${i}]`, expected, actual: ours?.upper ?? null, tolerance };
    yield {
      name: `alarm[${i}]`,
      ...{ expected: Boolean(out.alarm[i]), actual: ours?.alarm ?? null, tolerance: 0 },
    };
  }
}
