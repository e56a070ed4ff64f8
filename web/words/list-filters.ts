import type { ListFilters } from '../api/resets.ts';

/** What an address may say of one filter; anything else (an old link, a slip) is left out. */
export type Allowed = Readonly<Record<string, (value: string) => boolean>>;

export const oneOf = (allowed: readonly string[]) => (value: string) => allowed.includes(value);
export const anyText = (value: string) => value !== '';
/** An empty one is a filter too: those without. */
export const textOrNone = () => true;
export const FLAG = oneOf(['true', 'false']);
export const objectId = (value: string) => /^[0-9a-z-]{1,100}$/i.test(value);
export const wholeNumber = (least: number, most: number) => (value: string) =>
  /^\d{1,2}$/.test(value) && Number(value) >= least && Number(value) <= most;

/** The filters that an address says, spelt as the server spells them. */
export function filtersIn(query: URLSearchParams, allowed: Allowed): ListFilters {
  const filters: Record<string, string> = {};
  for (const [name, fits] of Object.entries(allowed)) {
    const value = query.get(name);
    if (value !== null && fits(value)) filters[name] = value;
  }
  return filters;
}

export interface Chip {
  text: string;
  /** Parameters that it stands for: they go together. */
  names: string[];
}
