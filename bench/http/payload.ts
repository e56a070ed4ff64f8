interface CoverageAnswer {
  days: { day: string; counts: Record<string, number> | null }[];
}

const rowsOf = (text: string) => (JSON.parse(text) as CoverageAnswer).days;

/** The answer as rows of a table, an array each: what its size is held against. */
export function rowJson(text: string): string {
  return JSON.stringify(
    rowsOf(text).map(({ day, counts }) => [day, ...Object.values(counts ?? {})]),
  );
}

/** The answer by columns, each number as its difference to the day before: about as small as JSON gets. */
export function columns(text: string): string {
  const days = rowsOf(text);
  const names = Object.keys(days.find(({ counts }) => counts !== null)?.counts ?? {});
  const differences = names.map((name) => {
    let before = 0;
    return days.map(({ counts }) => {
      if (counts === null) return null;
      const value = counts[name] ?? 0;
      const difference = value - before;
      before = value;
      return difference;
    });
  });
  return JSON.stringify({ first: days[0]?.day, names, differences });
}
