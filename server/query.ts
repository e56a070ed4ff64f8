import type { Request } from 'express';
import { z } from 'zod';
import { AppError } from './errors.ts';

/** Of endpoints that take no parameters. */
export const NoQuery = z.strictObject({});

/**
 * The request's query string, read by `schema`; AppError `invalid`, naming each
 * parameter that does not fit, if it does not.
 *
 * Only what a client sent may become a 400. A schema that fails anywhere else
 * has found a bug of ours, and is left to become a 500.
 */
export function readQuery<S extends z.ZodType>(req: Request, schema: S): z.output<S> {
  const repeated = Object.entries(req.query).filter(([, value]) => Array.isArray(value));
  if (repeated.length > 0)
    throw new AppError(
      'invalid',
      repeated.map(([name]) => `${name}: given more than once`).join('; '),
    );
  return read(schema, req.query, 'parameter');
}

/**
 * The request's JSON body, read by `schema`; AppError `invalid` if it does not fit, or holds a
 * zero byte, which PostgreSQL does not store.
 */
export function readBody<S extends z.ZodType>(req: Request, schema: S): z.output<S> {
  const body = read(schema, req.body, 'field');
  if (holdsZeroByte(req.body)) throw new AppError('invalid', 'body: must not hold a zero byte');
  return body;
}

function holdsZeroByte(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, one]) => name.includes('\0') || holdsZeroByte(one));
}

/** One part of the path, read by `schema`; AppError `invalid` if it does not fit. */
export function readPath<S extends z.ZodType>(req: Request, name: string, schema: S): z.output<S> {
  return read(z.object({ [name]: schema }), req.params, 'parameter')[name] as z.output<S>;
}

function read<S extends z.ZodType>(schema: S, value: unknown, kind: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map((issue) => inWords(issue, kind));
  throw new AppError('invalid', complaints.join('; '));
}

function inWords(issue: z.core.$ZodIssue, kind: string): string {
  if (issue.code === 'unrecognized_keys') return `unknown ${kind}: ${issue.keys.join(', ')}`;
  const name = issue.path.map(String).join('.') || 'body';
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return `${name}: is required`;
  if (issue.code === 'invalid_value') return `${name}: must be one of ${issue.values.join(', ')}`;
  return `${name}: ${issue.message}`;
}
