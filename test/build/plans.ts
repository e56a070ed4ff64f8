import type Database from 'better-sqlite3';

/** One line of a plan, such as `SEARCH person USING INDEX person_list (tenant_id=? AND kind=?)`. */
export interface Asked {
  statement: string;
  plan: string[];
}

/** Every statement that `question` reads with through `reader`, and how SQLite goes about it. */
export async function plansOf(
  reader: Database.Database,
  question: () => Promise<unknown>,
): Promise<Asked[]> {
  const statements = new Set<string>();
  const prepare = reader.prepare.bind(reader);
  reader.prepare = ((statement: string) => {
    statements.add(statement);
    return prepare(statement);
  }) as typeof reader.prepare;
  try {
    await question();
  } finally {
    reader.prepare = prepare as typeof reader.prepare;
  }
  return [...statements].map((statement) => {
    const explained = prepare(`explain query plan ${statement}`);
    const nothing = Array.from({ length: statement.split('?').length - 1 }, () => null);
    const lines = explained.all(...nothing) as { detail: string }[];
    return { statement, plan: lines.map(({ detail }) => detail) };
  });
}
