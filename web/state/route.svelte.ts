/** What the address says: path and query; and what history keeps beside it. */
interface Place {
  path: string;
  query: URLSearchParams;
  /** Cursors of the pages before, so that Previous works after a reload; empty after a link. */
  trail: readonly string[];
}

let place = $state.raw<Place>(placeNow());

function placeNow(): Place {
  const state: unknown = history.state;
  const trail =
    typeof state === 'object' && state !== null && 'trail' in state && Array.isArray(state.trail)
      ? state.trail.map(String)
      : [];
  return {
    path: location.pathname.replace(/(.)\/+$/, '$1'),
    query: new URLSearchParams(location.search),
    trail,
  };
}

/** The address, as state: whoever reads it follows it. */
export const route = {
  get path(): string {
    return place.path;
  },
  get query(): URLSearchParams {
    return place.query;
  },
  get trail(): readonly string[] {
    return place.trail;
  },
};

interface Going {
  /** Leaves no step to come back to: for typing, not for choosing. */
  replace?: boolean;
  trail?: readonly string[];
}

/** Goes to an address of this page. */
export function go(address: string, { replace = false, trail = [] }: Going = {}): void {
  history[replace ? 'replaceState' : 'pushState']({ trail }, '', address);
  place = placeNow();
}

/** The address of the present page with some parameters changed; null takes one away. */
export function addressWith(changes: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams(place.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return query.size === 0 ? place.path : `${place.path}?${query}`;
}

/** Changes parameters of the present page. */
export function setQuery(changes: Readonly<Record<string, string | null>>, going?: Going): void {
  go(addressWith(changes), going);
}

/** Follows the browser's back and forward, and links inside the page; returns how to stop. */
export function followAddress(): () => void {
  const moved = () => {
    place = placeNow();
  };
  moved();
  addEventListener('popstate', moved);
  addEventListener('click', followLink);
  return () => {
    removeEventListener('popstate', moved);
    removeEventListener('click', followLink);
  };
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  const isOurs = link.origin === location.origin && !link.pathname.startsWith('/api/');
  if (!isOurs || link.hasAttribute('download') || link.target || link.hash) return;
  event.preventDefault();
  const before = place.path;
  go(link.pathname + link.search);
  if (place.path === before) return;
  // As after a page load: at the top, and reading on from the content.
  scrollTo(0, 0);
  document.getElementById('main')?.focus({ preventScroll: true });
}
