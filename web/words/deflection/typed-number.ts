/** What somebody typed as a number, with a point or a comma before the decimals; null: it is none. */
export function numberOf(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** What is wrong with something that `numberOf` does not take, in a sentence. */
export const numberComplaint = (text: string): string =>
  /^[-−]\s*\d/.test(text.trim())
    ? 'Must be 0 or more.'
    : 'Not a number: digits, and a point before decimals.';
