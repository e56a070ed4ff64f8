const KEY = 'author';

/** Who uses this browser, as typed in the last time; '' before. The access token does not tell people apart. */
export function author(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** Keeps the name for the next form. */
export function rememberAuthor(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // A private window may refuse: it is then typed in again.
  }
}
