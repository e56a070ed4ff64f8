import { csvLine } from '../../domain/csv.ts';
import { addDays, bucketStart, DAY_MS, type Day, daysBetween, HOUR_MS } from '../../domain/day.ts';
import { type Random, randomOf } from '../random.ts';
import { dayFactor, isWorkday } from './calendar.ts';
import type { SampleTenant } from './tenant.ts';
import {
  FOREIGN_TEXTS,
  OTHER_TEXTS,
  RESET_TEXTS,
  type TicketText,
  VAGUE_TEXTS,
} from './ticket-texts.ts';
import type { Need } from './truth.ts';

/** The export begins with the month this many months before that in which self-service began. */
const MONTHS_BEFORE = 8;
/** 52 weeks: the same weekday, and nearly the same season. */
const YEAR_DAYS = 364;
/** Tickets on an average weekday about everything else, and about passwords of other systems. */
const OTHER_PER_DAY = 50;
const FOREIGN_PER_DAY = 1.6;
/** A call that nobody wrote a ticket for; one whose ticket does not tell of a password. */
const UNWRITTEN = 0.02;
const VAGUE = 0.03;

interface Ticket {
  /** UTC milliseconds. */
  openedAt: number;
  text: TicketText;
}

export interface SampleTickets {
  /** Name of the file. */
  label: string;
  csv: string;
}

/**
 * Larkfield's helpdesk as ServiceNow would export it, to the day before the story's last: one ticket for each need that
 * reached the desk, however often its password was reset, passwords of other systems, and everything else. The same
 * tenant gives the same file.
 *
 * Self-service begins with the story's first day, and the truth says who calls where there is none
 * (`wouldHaveCalled`): so the months before are needs of the same days a year later, drawn anew, of whom those called.
 */
export function sampleTicketsCsv(
  sample: Pick<SampleTenant, 'start' | 'last' | 'tenantId' | 'truth'>,
): SampleTickets {
  const random = randomOf(sample.tenantId, 'tickets');
  const first = firstDay(sample.start);
  const needs = needsByDay(sample.truth.needs);
  const end = startOf(sample.last);
  const tickets = daysBetween(first, addDays(sample.last, -1))
    .flatMap((day) => {
      const calls = day < sample.start ? callsBefore(needs, day, random) : callsOn(needs, day);
      return [...resets(calls, random), ...everythingElse(day, random)];
    })
    .filter(({ openedAt }) => openedAt < end)
    .sort((a, b) => a.openedAt - b.openedAt);
  const lines = tickets.map(({ openedAt, text }, i) =>
    csvLine([`INC${String(10_001 + i).padStart(7, '0')}`, written(openedAt), ...text]),
  );
  const headings = csvLine(['Number', 'Opened', 'Category', 'Subcategory', 'Short description']);
  return { label: 'incidents.csv', csv: headings + lines.join('') };
}

function firstDay(start: Day): Day {
  let first = bucketStart(start, 'month');
  for (let back = 0; back < MONTHS_BEFORE; back++) first = bucketStart(addDays(first, -1), 'month');
  return first;
}

const startOf = (day: Day) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10) as Day;
const written = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

function needsByDay(needs: readonly Need[]): Map<Day, Need[]> {
  const byDay = new Map<Day, Need[]>();
  for (const need of needs) {
    const day = dayOf(need.at);
    const list = byDay.get(day) ?? [];
    byDay.set(day, list);
    list.push(need);
  }
  return byDay;
}

/** When people called because of needs of `day`, UTC ms. */
function callsOn(needs: Map<Day, Need[]>, day: Day): number[] {
  const called = (needs.get(day) ?? []).filter(({ path }) => path.startsWith('desk'));
  return called.map(({ at }) => at);
}

/** The same on a day before there was self-service: each need of a year later happens once on average. */
function callsBefore(needs: Map<Day, Need[]>, day: Day, random: Random): number[] {
  const later = needs.get(addDays(day, YEAR_DAYS)) ?? [];
  return later
    .filter(({ wouldHaveCalled }) => wouldHaveCalled)
    .flatMap(({ at }) => Array.from({ length: poisson(1, random) }, () => at - YEAR_DAYS * DAY_MS));
}

function resets(calls: readonly number[], random: Random): Ticket[] {
  return calls
    .filter(() => !random.chance(UNWRITTEN))
    .map((at) => ({
      openedAt: deskMoment(at, random),
      text: random.pick(random.chance(VAGUE) ? VAGUE_TEXTS : RESET_TEXTS),
    }));
}

function everythingElse(day: Day, random: Random): Ticket[] {
  const factor = dayFactor(day);
  const moment = () => deskMoment(startOf(day) + random.between(5, 19) * HOUR_MS, random);
  const foreign = Array.from({ length: poisson(FOREIGN_PER_DAY * factor, random) }, () => ({
    openedAt: moment(),
    text: random.pick(FOREIGN_TEXTS),
  }));
  const other = Array.from({ length: poisson(OTHER_PER_DAY * factor, random) }, () => ({
    openedAt: moment(),
    text: random.weighted(OTHER_TEXTS),
  }));
  return [...foreign, ...other];
}

/** When the desk writes the ticket of somebody who calls at `at`: from 7 to 18 on working days, one in eight at once. */
function deskMoment(at: number, random: Random): number {
  const called = at + 3 * 60_000 + random.exponential(20 * 60_000);
  const hour = (called % DAY_MS) / HOUR_MS;
  let day = dayOf(called);
  if (random.chance(0.12) || (hour >= 7 && hour < 18 && isWorkday(day))) return called;
  if (hour >= 18) day = addDays(day, 1);
  while (!isWorkday(day)) day = addDays(day, 1);
  return startOf(day) + 7 * HOUR_MS + random.exponential(70 * 60_000);
}

/** How many of what happens `mean` times on average. */
function poisson(mean: number, random: Random): number {
  let count = 0;
  for (let left = mean - random.exponential(1); left > 0; left -= random.exponential(1)) count += 1;
  return count;
}
