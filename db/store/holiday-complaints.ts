import { listEntries } from './list-entries.ts';
import { holidayEntry, unknownPlaces } from './public-holidays.ts';

/** What is wrong with the settings about holidays among `changes`, in sentences. */
export async function holidayComplaints(
  changes: Readonly<Record<string, string>>,
): Promise<string[]> {
  const places = await unknownPlaces(changes.holiday_places ?? '');
  const days = ['holidays_added', 'holidays_removed']
    .flatMap((name) => listEntries(changes[name] ?? ''))
    .filter((entry) => holidayEntry(entry) === null);
  return [
    ...places.map(
      (place) =>
        `Public holidays of: no calendar knows ${shortened(place)}; write AT, DE-BY or US-CA.`,
    ),
    ...days.map((entry) => `Days without work: ${shortened(entry)} is not a day, YYYY-MM-DD.`),
  ];
}

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
