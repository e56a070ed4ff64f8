/** What an error body says, in whatever envelope it came. */
export interface ErrorText {
  /** The outermost code. */
  code: string | null;
  /** The first message that is not empty. */
  message: string | null;
  /** All codes and messages at all depths, to look for words in. */
  all: string;
}

const INNER_KEYS = ['innerError', 'innererror', 'innerException'];
const DEPTH_MAX = 6;

/**
 * Reads `{error:{code,message,innerError}}`, whose inner part may be spelt either way and
 * may nest, and OAuth's `{error,error_description}`. Anything else, such as a gateway's
 * HTML, has neither code nor message.
 */
export function errorText(body: string): ErrorText {
  const levels = errorLevels(parsed(body));
  const codes = levels.map(({ code }) => text(code)).filter((code) => code !== null);
  const messages = levels.map(({ message }) => text(message)).filter((words) => words !== null);
  return {
    code: codes[0] ?? null,
    message: messages[0] ?? null,
    all: [...codes, ...messages].join('\n'),
  };
}

/** Whether a body that came with status 200 is an error all the same. */
export function isErrorEnvelope(body: Record<string, unknown>): boolean {
  return body.error !== undefined && body.error !== null && body.value === undefined;
}

function errorLevels(body: unknown): Record<string, unknown>[] {
  const outer = record(body);
  if (typeof outer?.error === 'string') {
    return [{ code: outer.error, message: outer.error_description }];
  }
  const levels: Record<string, unknown>[] = [];
  let level = record(outer?.error);
  while (level && levels.length < DEPTH_MAX) {
    levels.push(level);
    level = innerLevel(level);
  }
  return levels;
}

function innerLevel(level: Record<string, unknown>): Record<string, unknown> | null {
  for (const key of INNER_KEYS) {
    const inner = record(level[key]);
    if (inner) return inner;
  }
  return null;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null; // A gateway's own page: it has no envelope.
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
