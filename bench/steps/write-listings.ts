import { writePages } from '../pages.ts';

/** Writes the pages that the other steps read. */
export function writeListings({ folder, people }: { folder: string; people: number }): void {
  for (const listing of ['registration-0', 'registration-1', 'users'] as const)
    writePages(folder, listing, people);
}
