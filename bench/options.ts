/** How large a run is, and how often it repeats what it times. */
export interface BenchOptions {
  /** People of the made-up tenant. */
  people: number;
  /** Small and short: for a test, and to see that all rows are there. */
  quick: boolean;
}

const PEOPLE = 200_000;
const PEOPLE_QUICK = 20_000;
const PEOPLE_LEAST = 4_000;

export const USAGE = 'npm run bench -- [--people N] [--quick]';

/** Reads the command line; throws a RangeError with a sentence for people. */
export function readOptions(words: readonly string[]): BenchOptions {
  const quick = words.includes('--quick');
  let people = quick ? PEOPLE_QUICK : PEOPLE;
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--quick') continue;
    if (word !== '--people') throw new RangeError(`${word} is not known. Use: ${USAGE}`);
    i += 1;
    people = Number(words[i]);
    if (!Number.isSafeInteger(people) || people < PEOPLE_LEAST)
      throw new RangeError(`--people takes a whole number of at least ${PEOPLE_LEAST}.`);
  }
  return { people, quick };
}
