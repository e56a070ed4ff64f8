/** Half the width of the window, in changes, that says what is usual around one. */
const REACH = 10;

/** What a day around each change usually brings, and its noise: median and scaled median deviation. */
export function localLevels(
  changes: Float64Array,
  spans: Int32Array,
): { level: Float64Array; noise: Float64Array } {
  const count = changes.length;
  const daily = Float64Array.from(changes, (change, i) => change / (spans[i] as number));
  const level = new Float64Array(count);
  const noise = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const from = Math.max(0, Math.min(i - REACH, count - 2 * REACH - 1));
    const around = daily.slice(from, Math.min(count, from + 2 * REACH + 1)).sort();
    const middle = around[around.length >> 1] as number;
    for (let j = 0; j < around.length; j++) around[j] = Math.abs((around[j] as number) - middle);
    around.sort();
    level[i] = middle;
    // 1.4826 makes the median deviation of a normal distribution its standard deviation.
    noise[i] = Math.max(
      1.4826 * (around[around.length >> 1] as number),
      Math.sqrt(Math.abs(middle) + 1),
    );
  }
  return { level, noise };
}

export interface StepScale {
  people: number;
  /** S.d. of a usual day. */
  noise: number;
  /** Days in which it happened. */
  span: number;
}

/** How far out of the usual noise a step is, and how many of all people at least. */
const STEP_NOISES = 6;
const RISE_LEAST = 0.02;
const FALL_LEAST = 0.005;

/** Whether as many more than usual in a change are a step: a policy, not people one by one. */
export function isRise(excess: number, { people, noise, span }: StepScale): boolean {
  return excess > RISE_LEAST * people && excess > STEP_NOISES * noise * Math.sqrt(span);
}

export function isFall(excess: number, { people, noise, span }: StepScale): boolean {
  return -excess > FALL_LEAST * people && -excess > STEP_NOISES * noise * Math.sqrt(span);
}
