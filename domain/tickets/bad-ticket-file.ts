/** A file of tickets that cannot be read as a whole, in a sentence for people. Nothing was changed. */
export class BadTicketFile extends Error {
  override name = 'BadTicketFile';
}
