import { collection } from '../state/collection.svelte.ts';

/** The methods of a person in the admin centre of the tenant's cloud. */
export function entraHref(id: string): string {
  const origin = collection.current.data?.tenant.adminCentre ?? 'https://entra.microsoft.com';
  return `${origin}/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/UserAuthMethods/userId/${encodeURIComponent(id)}`;
}
