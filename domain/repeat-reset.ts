import { DAY_MS } from './day.ts';

/** Within how many days after a self-served incident another one says that it did not last. */
export const REPEAT_DAYS = [7, 30] as const;
export type RepeatDays = (typeof REPEAT_DAYS)[number];

/** Days of 24 hours, in milliseconds. */
export const repeatMs = (days: RepeatDays): number => days * DAY_MS;
