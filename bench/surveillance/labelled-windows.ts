/** Alarms against windows that people have labelled: how many windows hold one, and how many alarms are outside. */
export interface WindowScore {
  windows: number;
  hit: number;
  falsePoints: number;
}

/** `times` in a form that sorts. Alarms on the first `unscored` values do not count. */
export function windowScore(
  times: readonly string[],
  alarms: readonly boolean[],
  { windows, unscored }: { windows: readonly (readonly [string, string])[]; unscored: number },
): WindowScore {
  const raised = times.filter((_, i) => i >= unscored && alarms[i]);
  const holds = ([start, end]: readonly [string, string], time: string): boolean =>
    time >= start && time <= end;
  return {
    windows: windows.length,
    hit: windows.filter((window) => raised.some((time) => holds(window, time))).length,
    falsePoints: raised.filter((time) => !windows.some((window) => holds(window, time))).length,
  };
}
