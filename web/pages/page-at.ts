import type { Component } from 'svelte';

interface PageHere {
  /** Fetches the page's code; kept by the browser after the first time. */
  load: () => Promise<{ default: Component<Record<string, string>> }>;
  props: Record<string, string>;
  /** Has nothing to show before something has been collected. */
  needsHistory: boolean;
}

type Load = () => Promise<{ default: unknown }>;

/** Pages that explain why there is nothing, or need nothing to be there. */
const WITHOUT_HISTORY = ['/data-trust', '/settings', '/security/rules', '/security/channels'];

/** The page of a path; its `id` is what stands last in it. */
export function pageAt(path: string): PageHere {
  const load: Load =
    path === '/'
      ? () => import('./OverviewPage.svelte')
      : () => import('./later-pages.ts').then(({ laterPage }) => laterPage(path));
  return {
    // Each page declares its own props; those without an id leave it be.
    load: load as PageHere['load'],
    props: { id: decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)) },
    needsHistory: !WITHOUT_HISTORY.includes(path),
  };
}
