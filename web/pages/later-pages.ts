type Page = () => Promise<{ default: unknown }>;

const PAGES: Record<string, Page> = {
  '/coverage': () => import('./CoveragePage.svelte'),
  '/coverage/changes': () => import('./CoverageChangesPage.svelte'),
  '/coverage/outlook': () => import('./CoverageOutlookPage.svelte'),
  '/people': () => import('./PeoplePage.svelte'),
  '/people/exclusions': () => import('./ExclusionsPage.svelte'),
  '/resets': () => import('./ResetsPage.svelte'),
  '/resets/funnel': () => import('./FunnelPage.svelte'),
  '/resets/reasons': () => import('./LostTriesPage.svelte'),
  '/resets/incidents': () => import('./IncidentsPage.svelte'),
  '/resets/admin-resets': () => import('./AdminResetsPage.svelte'),
  '/deflection': () => import('./DeflectionPage.svelte'),
  '/deflection/assumptions': () => import('./AssumptionsPage.svelte'),
  '/deflection/tickets': () => import('./TicketsPage.svelte'),
  '/deflection/statements': () => import('./StatementsPage.svelte'),
  '/deflection/forecast': () => import('./ResetForecastPage.svelte'),
  '/security': () => import('./SecurityPage.svelte'),
  '/security/failures': () => import('./FailuresPage.svelte'),
  '/security/rules': () => import('./AlertRulesPage.svelte'),
  '/security/channels': () => import('./ChannelsPage.svelte'),
  '/data-trust': () => import('./DataTrustPage.svelte'),
  '/settings': () => import('./SettingsPage.svelte'),
};

/** Pages of one thing, by the path before its id. */
const PAGES_OF_ONE: Record<string, Page> = {
  '/people': () => import('./PersonPage.svelte'),
  '/resets/incidents': () => import('./IncidentPage.svelte'),
  '/deflection/statements': () => import('./StatementPage.svelte'),
  '/security/alerts': () => import('./AlertPage.svelte'),
};

/** The code of any page but the first. Apart from page-at.ts, because the first page does not need the list. */
export function laterPage(path: string): ReturnType<Page> {
  const parent = path.slice(0, path.lastIndexOf('/'));
  const page = PAGES[path] ?? PAGES_OF_ONE[parent];
  return page ? page() : import('./NotFoundPage.svelte');
}
