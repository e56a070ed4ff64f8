/** An instant (UTC milliseconds) as ISO 8601 text in UTC, as the API sends it. */
export function isoText(instantMs: number): string {
  return new Date(instantMs).toISOString();
}

export function isoTextOrNull(instantMs: number | null): string | null {
  return instantMs === null ? null : isoText(instantMs);
}
