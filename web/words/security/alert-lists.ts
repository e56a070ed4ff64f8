import type { AlertResponse } from '../../../server/contract/alerts.ts';
import { count, counted } from '../../format.ts';
import { nameOf } from '../person.ts';
import type { Table } from '../table.ts';
import { methodName } from './method-health.ts';

/** The people of an alert, for their CSV. */
export function peopleTable(people: AlertResponse['people']): Table {
  return {
    columns: ['Person', 'Id', 'Sign-in name', 'Admin', 'Failed', 'Methods', 'Addresses'],
    rows: people.map(({ person, admin, failed, methods, addresses }) => ({
      cells: [
        nameOf(person),
        person.id,
        person.userPrincipalName,
        admin === null ? null : String(admin),
        failed,
        methods.map(methodName).join('; '),
        addresses.join('; '),
      ],
    })),
  };
}

/** The addresses of an alert, for their CSV. */
export function addressesTable(addresses: AlertResponse['addresses']): Table {
  return {
    columns: ['Address', 'Failed', 'People', 'Resets through', 'First seen', 'Company'],
    rows: addresses.map(({ address, failed, people, through, firstSeen, company }) => ({
      cells: [address, failed, people, through, firstSeen, String(company)],
    })),
  };
}

/** What stands out of the addresses, in a sentence. */
export function addressesFinding(addresses: AlertResponse['addresses'], total: number): string {
  const all = counted(total, 'address it is about', 'addresses it is about');
  const fresh = addresses.filter(({ firstSeen }) => firstSeen === null).length;
  const company = addresses.filter((one) => one.company).length;
  const said = [
    ...(fresh > 0 ? [`${count(fresh)} first seen in it`] : []),
    ...(company > 0 ? [`${count(company)} of the company`] : []),
  ];
  return said.length > 0 ? `${all}: ${said.join(', ')}` : all;
}
