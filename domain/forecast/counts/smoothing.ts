/** Which components a model of exponential smoothing has: the taxonomy of Hyndman, Koehler, Ord and Snyder 2008. */
export interface SmoothingForm {
  /** Whether errors are of one size, or of one size next to what is expected. */
  error: 'even' | 'proportional';
  trend: 'none' | 'lasting' | 'damped';
  season: 'none' | 'added' | 'multiplied';
}

/** What a model of a form is, at its start. */
export interface Smoothing {
  /** Parts of an error that level, slope and season take up. */
  alpha: number;
  beta: number;
  gamma: number;
  /** What is kept of the slope; 1 for one that lasts. */
  damping: number;
  level: number;
  slope: number;
  /** One number for each slot. */
  seasonal: Float64Array;
}

export interface Smoothed {
  /** As at the end of the values. */
  state: Smoothing;
  /** -2 ln likelihood of normal errors, less what all forms share; infinite where the model breaks down. */
  cost: number;
  /** Mean squared error of one step. */
  variance: number;
}

/** Runs a model through `values`; one that is NaN moves nothing. `fitted` receives what each step was expected to be. */
export function smoothed(
  values: Float64Array,
  slots: Int32Array,
  form: SmoothingForm,
  start: Smoothing,
  fitted?: Float64Array,
): Smoothed {
  const { alpha, beta, gamma, damping } = start;
  const seasonal = start.seasonal.slice();
  const multiplied = form.season === 'multiplied';
  const added = form.season === 'added';
  const proportional = form.error === 'proportional';
  let { level, slope } = start;
  let [squares, absolute, logarithms, seen] = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const slot = slots[i] as number;
    const base = level + damping * slope;
    const season = seasonal[slot] as number;
    const expected = multiplied ? base * season : added ? base + season : base;
    if (fitted) fitted[i] = expected;
    const value = values[i] as number;
    let error = 0;
    if (!Number.isNaN(value)) {
      error = value - expected;
      if ((proportional && !(expected > 0)) || (multiplied && !(base > 0 && season > 0)))
        return { state: start, cost: Number.POSITIVE_INFINITY, variance: Number.NaN };
      seen += 1;
      absolute += error * error;
      if (proportional) {
        squares += (error / expected) ** 2;
        logarithms += Math.log(expected);
      } else squares += error * error;
    }
    const taken = multiplied ? error / season : error;
    level = base + alpha * taken;
    slope = damping * slope + beta * taken;
    if (multiplied) seasonal[slot] = season + (gamma * error) / base;
    else if (added) seasonal[slot] = season + gamma * error;
  }
  const cost = seen * Math.log(Math.max(squares / seen, 1e-12)) + 2 * logarithms;
  return { state: { ...start, level, slope, seasonal }, cost, variance: absolute / seen };
}

/** What a model expects of the steps after its state. */
export function continued(
  { damping, level, slope, seasonal }: Smoothing,
  form: SmoothingForm,
  slots: Int32Array,
): Float64Array {
  let [base, step] = [level, slope];
  return Float64Array.from(slots, (slot) => {
    step *= damping;
    base += step;
    const season = seasonal[slot] as number;
    return form.season === 'multiplied'
      ? base * season
      : form.season === 'added'
        ? base + season
        : base;
  });
}
