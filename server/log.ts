/** Facts of a log line. Never names of people, search texts or query strings. */
export type Facts = Record<string, string | number | boolean | null | string[]>;

/** What happened, one JSON object a line. */
export interface Log {
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  error(event: string, facts?: Facts): void;
}

/** Writes lines by `write`; any of `secrets` that got into one is taken out. */
export function createLog(
  write: (line: string) => void,
  clock: () => number,
  secrets: string[] = [],
): Log {
  const escaped = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  const line =
    (level: string) =>
    (event: string, facts: Facts = {}) => {
      const entry = { time: new Date(clock()).toISOString(), level, event, ...facts };
      write(
        escaped.reduce(
          (text, secret) => text.replaceAll(secret, '[secret]'),
          JSON.stringify(entry),
        ),
      );
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

/**
 * What may be logged of a bug: kind, message and where it was thrown. A database
 * error's message lists the values of the statement, which may be names: of those
 * only the statement is kept, and the cause, which has no values.
 */
export function errorFacts(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((frame) => /^\s+at /.test(frame));
  const facts: Facts = {
    error: error.name,
    message: 'query' in error ? `Failed query: ${error.query}` : error.message,
    at: frames.slice(0, 8).map((frame) => frame.trim()),
  };
  if ('code' in error && typeof error.code === 'string') facts.code = error.code;
  if (error.cause instanceof Error) facts.cause = error.cause.message;
  return facts;
}
