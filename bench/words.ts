const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** A number for people: three digits that say something, no more than are needed; '-' for none. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (Number.isInteger(value)) return whole.format(value);
  const size = Math.abs(value);
  if (size >= 100) return whole.format(value);
  return value.toFixed(size >= 10 ? 1 : size >= 0.1 ? 2 : 3);
}

export const ms = (value: number): string => `${figure(value)} ms`;
export const seconds = (valueMs: number): string => `${figure(valueMs / 1000)} s`;
export const times = (value: number): string => `${figure(value)}x`;
export const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
export const megabytes = (bytes: number): string => `${figure(bytes / 1e6)} MB`;
export const bytes = (value: number): string => `${whole.format(value)} B`;
export const perSecond = (count: number, tookMs: number): string =>
  `${whole.format((count / tookMs) * 1000)} rows/s`;

/** Middle and 99th percentile, as the table shows latencies. */
export const latency = (p50: number, p99: number): string => `${figure(p50)} / ${figure(p99)} ms`;
