/** When a department may use self-service reset: from the beginning, or with a later wave of the story. */
export type Wave = 'pilot' | 'everyone' | 'retail';

export interface Department {
  /** As /users spells it. */
  name: string | null;
  /** Share of the members, any scale. */
  weight: number;
  wave: Wave;
  /** How readily its people register, 1 is average. */
  readiness: number;
  company: string;
}

const WORKS = 'Larkfield Works';
const RETAIL = 'Larkfield Retail';

export const DEPARTMENTS: Department[] = [
  { name: 'Manufacturing', weight: 27, wave: 'everyone', readiness: 0.72, company: WORKS },
  { name: 'Logistics', weight: 14, wave: 'everyone', readiness: 0.75, company: WORKS },
  { name: 'Retail operations', weight: 10, wave: 'retail', readiness: 0.8, company: RETAIL },
  { name: 'Customer service', weight: 9, wave: 'everyone', readiness: 1.1, company: RETAIL },
  { name: 'Sales', weight: 9, wave: 'everyone', readiness: 1.2, company: RETAIL },
  { name: 'Engineering', weight: 8, wave: 'pilot', readiness: 1.4, company: WORKS },
  { name: 'Finance', weight: 6, wave: 'pilot', readiness: 1.3, company: WORKS },
  { name: 'Human resources', weight: 4, wave: 'pilot', readiness: 1.3, company: WORKS },
  { name: 'Information technology', weight: 5, wave: 'pilot', readiness: 1.7, company: WORKS },
  { name: 'Quality', weight: 4, wave: 'everyone', readiness: 1, company: WORKS },
  { name: 'Legal', weight: 1.5, wave: 'pilot', readiness: 1.1, company: WORKS },
  { name: null, weight: 2, wave: 'everyone', readiness: 0.8, company: WORKS },
];

export interface Office {
  country: string;
  /** ISO 3166 code, as `usageLocation`. */
  code: string;
  city: string;
  name: string;
  weight: number;
  /** Hours that local time is ahead of UTC; daylight saving is left out of the story. */
  utcOffset: number;
  /** The address all its people come from. */
  address: string;
}

export const OFFICES: Office[] = [
  office('Austria', 'AT', 'Graz', 'Graz 1', 20, 1, '192.0.2.11'),
  office('Austria', 'AT', 'Linz', 'Linz Works', 14, 1, '192.0.2.12'),
  office('Poland', 'PL', 'Lodz', 'Lodz Works', 22, 1, '192.0.2.13'),
  office('Germany', 'DE', 'Leipzig', 'Leipzig 2', 14, 1, '192.0.2.14'),
  office('Czechia', 'CZ', 'Brno', 'Brno 1', 9, 1, '192.0.2.15'),
  office('United Kingdom', 'GB', 'Leeds', 'Leeds Hub', 8, 0, '192.0.2.16'),
  office('United States', 'US', 'Dayton', 'Dayton', 7, -5, '192.0.2.17'),
  office('India', 'IN', 'Pune', 'Pune Centre', 6, 5, '192.0.2.18'),
];

function office(
  country: string,
  code: string,
  city: string,
  name: string,
  weight: number,
  utcOffset: number,
  address: string,
): Office {
  return { country, code, city, name, weight, utcOffset, address };
}

export const DOMAIN = 'larkfield.example';
export const STAFFING_COMPANY = 'Larkfield Staffing';
