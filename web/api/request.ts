import type { Answers } from './contract-shapes.ts';
import { misfit, type Shape } from './shape.ts';
import shapes from './shapes.json' with { type: 'json' };

export type ErrorKind =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'unavailable'
  | 'internal'
  | 'unreachable'
  | 'not_understood';

/** A failed request; `message` is a sentence that may be shown to the reader. */
export class RequestError extends Error {
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RequestError';
    this.kind = kind;
  }
}

type Parameter = string | number | boolean | undefined;

export interface Question<Name extends keyof Answers> {
  path: string;
  /** The contract of the answer. */
  answer: Name;
  /** Undefined ones are left out. */
  query?: Readonly<Record<string, Parameter>>;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  csv?: Blob;
  /** Beside those of every request; ASCII. */
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

const KIND_OF_STATUS: Record<number, ErrorKind> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  503: 'unavailable',
};

let signedOut: () => void = () => undefined;

/** Says who is told when the server no longer knows us (401). */
export function whenSignedOut(tell: () => void): void {
  signedOut = tell;
}

/** `path` below the API with its query; parameters without a value are left out, empty texts are kept. */
export function apiAddress(path: string, query: Readonly<Record<string, Parameter>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? `/api/v1${path}` : `/api/v1${path}?${search}`;
}

type Shapes = Partial<Record<keyof Answers, Shape>>;

/** The shape of an answer; those that the first page does not need come in a file of their own. */
async function shapeOf(name: keyof Answers): Promise<Shape> {
  const first = (shapes as unknown as Shapes)[name];
  if (first) return first;
  const { default: later } = await import('./shapes-later.json', { with: { type: 'json' } });
  const shape = (later as unknown as Shapes)[name];
  if (!shape) throw new Error(`No shape of ${name}`);
  return shape;
}

/** Asks the server and checks the answer against its contract; throws a RequestError, or an AbortError. */
export async function ask<Name extends keyof Answers>(
  question: Question<Name>,
): Promise<Answers[Name]> {
  const response = await answerTo(question);
  const body = await bodyOf(response);
  if (!response.ok) throw refusal(response.status, body);
  const place = misfit(body, await shapeOf(question.answer));
  if (place === null) return body as Answers[Name];
  throw new RequestError(
    'not_understood',
    `The server's answer was not understood (${place}). Reload the page: it may be older than the server.`,
  );
}

async function answerTo(question: Question<keyof Answers>) {
  const { path, query, method = 'GET', body, csv, headers, signal } = question;
  const sent = csv ?? (body !== undefined && JSON.stringify(body));
  try {
    return await fetch(apiAddress(path, query), {
      method,
      headers: {
        Accept: 'application/json',
        ...(sent && { 'Content-Type': csv ? 'text/csv' : 'application/json' }),
        ...headers,
      },
      ...(sent && { body: sent }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestError(
      'unreachable',
      'The server could not be reached. Check that it is running; nothing stored is lost.',
      { cause: error },
    );
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's error page, or nothing at all: what it says is not for our reader.
    return null;
  }
}

function refusal(status: number, body: unknown): RequestError {
  const kind = KIND_OF_STATUS[status] ?? 'internal';
  if (kind === 'unauthorized') signedOut();
  return new RequestError(
    kind,
    messageOf(body) ?? `The server failed without a reason (${status}).`,
  );
}

function messageOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  const { error } = body;
  if (typeof error !== 'object' || error === null || !('message' in error)) return null;
  return typeof error.message === 'string' && error.message !== '' ? error.message : null;
}
