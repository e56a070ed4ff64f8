/**
 * The beginning of a text, at most `most` UTF-16 units long. A character of two units stays whole or goes: PostgreSQL
 * stores no half of one.
 */
export function cutText(text: string, most: number): string {
  const cut = text.slice(0, most);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
