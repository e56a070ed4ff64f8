/** What the server tells the jobs' thread. */
export type ToJobs =
  /** Run collections now; all feeds where none is named. */
  | { type: 'run'; feeds?: string[] }
  /** Settings have changed: read them again. */
  | { type: 'settings' }
  /** End what runs at the next safe point, give back the lease and let the thread end. */
  | { type: 'stop' };

/** What the jobs' thread tells the server. */
export type FromJobs =
  | {
      type: 'log';
      level: 'info' | 'warn' | 'error';
      event: string;
      /** Counts, names of feeds, reasons; never names of people. */
      facts?: Record<string, string | number | boolean | null | string[]>;
    }
  /** A run has ended. */
  | { type: 'ended' };
