import { join } from 'node:path';
import type { BenchOptions } from './options.ts';
import { PAGE_SIZE, pageCount } from './pages.ts';
import type { Row } from './table.ts';

/** What every measure needs of the run. */
export interface Bench extends BenchOptions {
  /** Temporary; holds pages and databases. */
  folder: string;
  /** The database of the whole tenant, and of the quarter that shows what grows with size. */
  database: string;
  quarterDatabase: string;
  /** Pages of each. */
  pages: number;
  quarterPages: number;
  /** How often pairs are measured. */
  rounds: number;
}

/** Measures something and says it in rows. Measures run in the order of `main.ts`: later ones use the database of earlier ones. */
export type Measure = (bench: Bench) => Promise<Row[]>;

export function benchIn(folder: string, { people, quick }: BenchOptions): Bench {
  const pages = pageCount(people);
  return {
    people,
    quick,
    folder,
    database: join(folder, 'whole.db'),
    quarterDatabase: join(folder, 'quarter.db'),
    pages,
    quarterPages: Math.floor(pages / 4),
    rounds: quick ? 1 : 3,
  };
}

/** The two sizes at which ingest is measured. */
export function sizesOf(bench: Bench): { database: string; pages: number; people: number }[] {
  const { quarterDatabase, quarterPages, database, pages, people } = bench;
  return [
    { database: quarterDatabase, pages: quarterPages, people: quarterPages * PAGE_SIZE },
    { database, pages, people },
  ];
}
