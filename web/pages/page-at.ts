import type { Component } from 'svelte';

interface PageHere {
  /** Fetches the page's code; kept by the browser after the first time. */
  load: () => Promise<{ default: Component<Record<string, string>> }>;
  props: Record<string, string>;
  /** Has nothing to show before something has been collected. */
  needsHistory: boolean;
}

type Load = () => Promise<{ default: unknown }>;

const PAGES: Record<string, { load: Load; needsHistory: boolean }> = {
  '/': { load: () => import('./OverviewPage.svelte'), needsHistory: true },
  '/coverage': { load: () => import('./CoveragePage.svelte'), needsHistory: true },
  '/coverage/changes': { load: () => import('./CoverageChangesPage.svelte'), needsHistory: true },
  '/coverage/outlook': { load: () => import('./CoverageOutlookPage.svelte'), needsHistory: true },
  '/people': { load: () => import('./PeoplePage.svelte'), needsHistory: true },
  '/people/exclusions': { load: () => import('./ExclusionsPage.svelte'), needsHistory: true },
  '/resets': { load: () => import('./ResetsPage.svelte'), needsHistory: true },
  '/data-trust': { load: () => import('./DataTrustPage.svelte'), needsHistory: false },
  '/settings': { load: () => import('./SettingsPage.svelte'), needsHistory: false },
};

const PERSON: Load = () => import('./PersonPage.svelte');
const NOT_FOUND: Load = () => import('./NotFoundPage.svelte');

/** The page of a path. */
export function pageAt(path: string): PageHere {
  const page = PAGES[path];
  if (page) return here(page.load, page.needsHistory);
  const id = path.match(/^\/people\/([^/]+)$/)?.[1];
  if (id) return here(PERSON, true, { id: decodeURIComponent(id) });
  return here(NOT_FOUND, false);
}

// Each page declares its own props; the path decides here which of them it gets.
const here = (load: Load, needsHistory: boolean, props = {}): PageHere => ({
  load: load as PageHere['load'],
  props,
  needsHistory,
});
