/**
 * Values that change from day to day, replayed cheaply: one array for all keys, to which the changes of
 * the days are applied in turn. Going back in time starts again from the first day.
 */
export interface DailyLog<T> {
  /** From `day` (a number, from 0) on, `key` (a small number) has `value`; null takes it away. */
  set(day: number, key: number, value: T | null): void;
  /** Every value there is on `day`, by key. The array is the caller's, the values are shared. */
  on(day: number): T[];
  /** What changed on `day` against the day before. */
  changesOn(day: number): { key: number; value: T | null }[];
}

export function dailyLog<T>(): DailyLog<T> {
  const changes: { key: number; value: T | null }[][] = [];
  let current: (T | null)[] = [];
  let reached = -1;
  return {
    set(day, key, value) {
      const at = Math.max(0, day);
      const ofDay = changes[at] ?? [];
      changes[at] = ofDay;
      ofDay.push({ key, value });
    },
    on(day) {
      if (day < reached) [current, reached] = [[], -1];
      while (reached < day) {
        reached += 1;
        for (const { key, value } of changes[reached] ?? []) current[key] = value;
      }
      return current.filter((value): value is T => value !== null && value !== undefined);
    },
    changesOn: (day) => [...(changes[day] ?? [])],
  };
}
