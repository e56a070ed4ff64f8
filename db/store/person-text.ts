import { fold } from '../../domain/text.ts';

/** The columns of `person` that follow from a name and a user principal name. */
export function personText(name: string | null, userPrincipalName: string | null) {
  const sortName = fold(name ?? '');
  return {
    name,
    userPrincipalName,
    sortName,
    searchText: `${sortName}\n${fold(userPrincipalName ?? '')}`,
  };
}
