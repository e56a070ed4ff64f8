interface Named {
  /** YYYY-MM */
  month: string;
  revision: number;
}

/** Name of the document as a file. */
export function statementName({ month, revision }: Named): string {
  return `statement-${month}-revision-${revision}.pdf`;
}

/** Name of the frozen text as a file. */
export function frozenName({ month, revision }: Named): string {
  return `statement-${month}-revision-${revision}.json`;
}
