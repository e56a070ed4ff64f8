/** How a detector did on series whose outbreaks are known. */
export interface DetectionScore {
  outbreaks: number;
  /** Part of the outbreaks with an alarm on one of their periods. */
  detected: number;
  /** Part of the outbreaks' periods with an alarm. */
  sensitivity: number;
  /** Part of the other periods with an alarm. */
  falsePositive: number;
  /** Periods from the start of a detected outbreak to its first alarm, on average. */
  delay: number;
}

export interface ScoredSeries {
  /** Whether each period raised the alarm. */
  alarms: readonly boolean[];
  /** Places of each outbreak's periods among them, the first one first. */
  outbreaks: readonly (readonly number[])[];
}

export function detectionScore(series: readonly ScoredSeries[]): DetectionScore {
  const total = { outbreaks: 0, found: 0, periods: 0, hit: 0, quiet: 0, falseAlarms: 0, waited: 0 };
  for (const { alarms, outbreaks } of series) {
    const during = new Set(outbreaks.flat());
    total.periods += during.size;
    total.hit += [...during].filter((at) => alarms[at]).length;
    total.quiet += alarms.length - during.size;
    total.falseAlarms += alarms.filter((alarm, at) => alarm && !during.has(at)).length;
    for (const outbreak of outbreaks) {
      total.outbreaks += 1;
      const first = outbreak.find((at) => alarms[at]);
      if (first === undefined) continue;
      total.found += 1;
      total.waited += first - (outbreak[0] as number);
    }
  }
  return {
    outbreaks: total.outbreaks,
    detected: total.found / total.outbreaks,
    sensitivity: total.hit / total.periods,
    falsePositive: total.falseAlarms / total.quiet,
    delay: total.waited / total.found,
  };
}
