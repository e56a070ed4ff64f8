const SHORTEST_MS = 1_000;
const LONGEST_MS = 3_600_000;

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e\d+)?$/i;
// Date.parse reads nearly anything ("try 5" is the year 2001), so the shape is asked for first.
const HTTP_DATE = /^[a-z]{3,9},? .*\d{2}:\d{2}:\d{2}/i;

/**
 * How long a `Retry-After` header asks us to wait, kept between 1 s and 1 h. Graph
 * sends seconds, also fractional ones; gateways send dates. Null if absent or unreadable.
 *
 * `now` is the server's clock where it is known: a date is a date of the server's.
 */
export function retryAfterMs(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (NUMBER.test(text)) return clamp(Number(text) * 1_000);
  if (!HTTP_DATE.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : clamp(at - now);
}

function clamp(ms: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.ceil(ms)));
}
