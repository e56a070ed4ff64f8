import { reasonText } from '../lost-reason.ts';
import { type NamedSeries, type SeriesName, seriesValue } from './series.ts';

const NAMED: Record<NamedSeries, string> = {
  failed: 'Failed verifications',
  people: 'People with failed verifications',
  addresses: 'Addresses with failed verifications',
  people_beyond_addresses: 'People with failed verifications, beyond the number of addresses',
  addresses_beyond_people: 'Addresses with failed verifications, beyond the number of people',
  admins: 'Failed verifications of admins’ accounts',
  blocked: 'Blocked flows',
  options_only: 'Flows that were shown the options and started none',
  admin_resets: 'Admin resets',
};

/** What a series counts, in words: of a chart, or of a part of the evidence. */
export function seriesTitle(series: SeriesName): string {
  const told = seriesValue(series);
  if (!told) return NAMED[series as NamedSeries];
  const { kind, value } = told;
  if (kind === 'stop') return `Flows stopped by configuration: ${reasonText(value).reason}`;
  const named = value === '' ? 'not named' : value;
  return kind === 'method'
    ? `Failed verifications by method: ${named}`
    : `Failed verifications by country: ${named}`;
}
