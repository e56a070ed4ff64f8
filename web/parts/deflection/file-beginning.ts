/** As much of a file as surely holds its first line, bytes. */
const BEGINNING = 64 * 1024;

/** The beginning of a file; empty where it is no text in UTF-8, of which no headings can be read. */
export async function fileBeginning(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, BEGINNING).arrayBuffer());
  if (bytes.includes(0)) return '';
  try {
    // A character may go on behind the beginning.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch (error) {
    if (error instanceof TypeError) return '';
    throw error;
  }
}
