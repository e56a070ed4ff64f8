import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { relativeError, Vector, type VectorKind } from './vector.ts';

export interface Checked {
  /** '-' where the file does not tell. */
  kind: string;
  id: string;
  /** Values compared. */
  compared: number;
  /** Worst relative error; null where nothing was compared. */
  worst: number | null;
  verdict: 'pass' | 'fail' | 'skipped';
  /** Why it failed or was skipped, in a sentence; null where it passed. */
  why: string | null;
  /** Figures for the line, where a kind has some. */
  figures?: string[];
}

/** Holds the product against one reference file. Never throws: what goes wrong is a failure with a sentence. */
export function checkFile(path: string, kinds: Readonly<Record<string, VectorKind>>): Checked {
  const id = basename(path, '.json');
  const none = { kind: '-', id, compared: 0, worst: null };
  try {
    const vector = readVector(path);
    const named = { ...none, kind: vector.kind, id: vector.id ?? id };
    const kind = Object.hasOwn(kinds, vector.kind) ? kinds[vector.kind] : undefined;
    if (!kind) return { ...named, verdict: 'skipped', why: 'kind not implemented yet' };
    try {
      return { ...named, ...held(kind, vector) };
    } catch (error) {
      return { ...named, verdict: 'fail', why: sentence(error) };
    }
  } catch (error) {
    return { ...none, verdict: 'fail', why: sentence(error) };
  }
}

function readVector(path: string): Vector {
  const parsed = Vector.safeParse(jsonOf(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`This is not a reference vector: ${z.prettifyError(parsed.error)}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error('This is not JSON', { cause });
  }
}

function held(
  kind: VectorKind,
  vector: Vector,
): Pick<Checked, 'compared' | 'worst' | 'verdict' | 'why' | 'figures'> {
  const figures: string[] = [];
  let compared = 0;
  let worst = 0;
  let why: string | null = null;
  for (const comparison of kind(vector)) {
    compared += 1;
    const error = relativeError(comparison);
    worst = Math.max(worst, error);
    const { name, expected, actual, tolerance, figure } = comparison;
    if (figure) figures.push(figure);
    if (!(error <= tolerance)) why ??= `${name} is ${actual}, the reference says ${expected}`;
  }
  if (compared === 0)
    return { compared, worst: null, verdict: 'fail', why: 'nothing was compared' };
  const verdict = why === null ? 'pass' : 'fail';
  return { compared, worst, verdict, why, ...(figures.length > 0 && { figures }) };
}

const sentence = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
