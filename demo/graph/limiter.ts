const WINDOW_MS = 10_000;

export interface Limiter {
  /** Seconds to wait, as the fractional text of `Retry-After`; null if the request may pass. */
  ask(now: number): string | null;
}

/** At most `limit` requests in any 10 s; refused ones count too, as they do at Graph. Null: no limit. */
export function limiter(limit: number | null): Limiter {
  let times: number[] = [];
  return {
    ask(now) {
      if (limit === null) return null;
      times = times.filter((at) => at > now - WINDOW_MS);
      times.push(now);
      // The next request passes once this one has left the window.
      const blocking = times.length > limit ? times.at(-limit) : undefined;
      if (blocking === undefined) return null;
      // One thousandth more, so that a client that waits exactly so long is let in.
      return ((blocking + WINDOW_MS - now + 1) / 1000).toFixed(3);
    },
  };
}
