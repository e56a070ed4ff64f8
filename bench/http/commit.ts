import Database from 'better-sqlite3';

/** A commit by another connection that changes no fact: answers kept before it no longer count. */
export function committer(database: string): { commit(): void; close(): void } {
  const connection = new Database(database, { timeout: 5000 });
  connection.pragma('synchronous = OFF'); // of no interest here, and not measured
  let commits = 0;
  return {
    commit: () => void connection.pragma(`user_version = ${++commits}`),
    close: () => void connection.close(),
  };
}
