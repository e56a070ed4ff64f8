/** Entries of a setting of kind `list`: one a line, blank ones left out. */
export function listEntries(value: string): string[] {
  return value
    .split(/[\n,;]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
