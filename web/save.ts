/** Hands a file to the browser's downloads. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download has its own hold on the content once the click is through.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A file name that says what is in it: `coverage 2026-08-24 to 2026-11-22.csv`. */
export function fileName(subject: string, days: { first: string; last: string } | null): string {
  return days ? `${subject} ${days.first} to ${days.last}` : subject;
}
