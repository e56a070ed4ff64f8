import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Name } from '../demo/sample/names.ts';
import { DAY_MS } from '../domain/day.ts';
import { changedOn, divisionsOf, namesOf, registrationRecord, userRecord } from './population.ts';

/** As many as Graph puts on a page. */
export const PAGE_SIZE = 999;

/** Day 0 of the made-up tenant: the morning of its first snapshot, UTC milliseconds. */
export const BEGIN_AT = Date.UTC(2026, 0, 5, 4, 10);

export const snapshotAt = (day: number): number => BEGIN_AT + day * DAY_MS;

export const pageCount = (people: number): number => Math.ceil(people / PAGE_SIZE);

/** Which listing, as a folder of page files. */
export type Listing = 'registration-0' | 'registration-1' | 'users';

/**
 * Writes a listing as Graph would answer it, a file per page, one page in memory at
 * a time. The first pages are the same for every number of people.
 */
export function writePages(folder: string, listing: Listing, people: number): void {
  mkdirSync(join(folder, listing), { recursive: true });
  const names = namesOf(people);
  const record = recordOf(listing, people);
  for (let page = 0; page < pageCount(people); page++) {
    const first = page * PAGE_SIZE;
    const value = names.slice(first, first + PAGE_SIZE).map((name, i) => record(first + i, name));
    const text = JSON.stringify({
      '@odata.context': 'https://graph.example/v1.0/$metadata',
      value,
    });
    writeFileSync(join(folder, listing, `${String(page).padStart(5, '0')}.json`), text);
  }
}

function recordOf(listing: Listing, people: number): (number: number, name: Name) => object {
  if (listing === 'users') {
    const divisions = divisionsOf(people);
    return (number, name) => userRecord(number, name, divisions);
  }
  const day = listing === 'registration-0' ? 0 : 1;
  const changed = changedOn(day, people);
  const refreshedAt = `${new Date(snapshotAt(day)).toISOString().slice(0, 19)}.1234567Z`;
  return (number, name) =>
    registrationRecord(number, name, { since: changed.has(number) ? day : 0, refreshedAt });
}

/** The bytes of the first `pages` pages of a listing, read one at a time. */
export function* pagesOf(folder: string, listing: Listing, pages: number): Generator<Buffer> {
  const names = readdirSync(join(folder, listing)).sort().slice(0, pages);
  for (const name of names) yield readFileSync(join(folder, listing, name));
}
