import type { Metric } from '../definitions.ts';

let open = $state<Metric | null>(null);

/** Which definition is open; one dialog shows them all. */
export const definition = {
  get open(): Metric | null {
    return open;
  },
  show(metric: Metric): void {
    open = metric;
  },
  close(): void {
    open = null;
  },
};
