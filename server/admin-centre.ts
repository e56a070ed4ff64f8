/**
 * Portals of the national clouds by the origin of their Graph. Source: Microsoft Learn, "National clouds",
 * app registration endpoints (read 2026-11-22).
 */
const PORTALS: Readonly<Record<string, string>> = {
  'https://graph.microsoft.us': 'https://portal.azure.us',
  'https://dod-graph.microsoft.us': 'https://portal.azure.us',
  'https://microsoftgraph.chinacloudapi.cn': 'https://portal.azure.cn',
};

/** Origin of the admin centre for people of the tenant that is read from `graphOrigin`. */
export function adminCentre(graphOrigin: string): string {
  return PORTALS[graphOrigin] ?? 'https://entra.microsoft.com';
}
