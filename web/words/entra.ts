/**
 * The methods of a person in the Entra admin centre of the global cloud. The API does not tell which cloud the
 * tenant is in; the national clouds have addresses of their own.
 */
export const entraHref = (id: string) =>
  `https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/UserAuthMethods/userId/${encodeURIComponent(id)}`;
