import { z } from 'zod';
import type { Expression } from '../../domain/forecast/expression.ts';
import { parseExpression } from '../../domain/forecast/expression.ts';
import { Numbers, Rows } from './numbers.ts';

/** The input of a regression as the reference files have it: a design matrix, or named columns and R's formula. */
const Regression = z.looseObject({
  model: z.string().default(''),
  y: Numbers.optional(),
  response: Numbers.optional(),
  design: Rows.optional(),
  offset: Numbers.optional(),
  data: z.record(z.string(), Numbers).optional(),
  coef_names: z.union([z.array(z.string()), z.string().transform((one) => [one])]).optional(),
  out: z.looseObject({
    coef: z.union([Numbers, z.record(z.string(), z.number())]),
  }),
});

export interface ModelFrame {
  names: string[];
  design: number[][];
  response: number[];
  /** Undefined where the formula has none. */
  offsets: number[] | undefined;
}

/** Reads the regression of a file. Throws a RangeError for a formula or a column that it cannot make. */
export function modelFrame(vector: unknown): ModelFrame {
  const file = Regression.parse(vector);
  const { coef } = file.out;
  const names = file.coef_names ?? (Array.isArray(coef) ? [] : Object.keys(coef));
  const columns: Columns = { ...columnsOf(vector), ...file.data };
  const response = file.response ?? file.y ?? columnOf(responseName(file.model), columns);
  const count = response.length;
  const design =
    file.design ??
    rowsOf(
      names.map((name) => columnNamed(name, { columns, count })),
      count,
    );
  return { names, design, response, offsets: file.offset ?? offsetsOf(file.model, columns) };
}

type Columns = Record<string, number[]>;

/** Every top-level list of numbers of the file. */
function columnsOf(vector: unknown): Columns {
  const columns: Columns = {};
  for (const [name, value] of Object.entries(vector as object)) {
    const parsed = z.array(z.number()).safeParse(value);
    if (parsed.success) columns[name] = parsed.data;
  }
  return columns;
}

function rowsOf(columns: readonly (readonly number[])[], count: number): number[][] {
  return Array.from({ length: count }, (_, i) => columns.map((column) => column[i] ?? Number.NaN));
}

const responseName = (model: string): string => (model.split('~')[0] ?? '').trim();

/** The formula's offset(...). */
function offsetsOf(model: string, columns: Columns): number[] | undefined {
  const from = model.indexOf('offset(');
  if (from < 0) return undefined;
  let depth = 0;
  for (let at = from + 'offset'.length; at < model.length; at++) {
    if (model[at] === '(') depth += 1;
    if (model[at] === ')') depth -= 1;
    if (depth === 0) return columnOf(model.slice(from + 'offset('.length, at), columns);
  }
  throw new RangeError(`The offset of the formula ${model} has no end`);
}

/** A column by the name that R gives its coefficient. */
function columnNamed(
  name: string,
  { columns, count }: { columns: Columns; count: number },
): number[] {
  if (name === '(Intercept)') return new Array<number>(count).fill(1);
  const known = columns[name];
  if (known) return known;
  const factors = name.split(':');
  if (factors.length > 1) {
    const parts = factors.map((factor) => columnNamed(factor, { columns, count }));
    return (
      parts[0]?.map((_, i) => parts.reduce((product, part) => product * (part[i] ?? 0), 1)) ?? []
    );
  }
  const harmonic = /^([sc])(\d+)$/.exec(name);
  if (harmonic) return harmonicColumn(harmonic, columns);
  return columnOf(name, columns);
}

/** `s2`: the sine that turns twice a year, of the column `month`; `c2`: the cosine. */
function harmonicColumn([, kind, turns]: RegExpExecArray, columns: Columns): number[] {
  const turn = kind === 's' ? Math.sin : Math.cos;
  return columnOf('month', columns).map((month) =>
    turn((2 * Math.PI * Number(turns) * month) / 12),
  );
}

function columnOf(formula: string, columns: Columns): number[] {
  const known = columns[formula];
  if (known) return known;
  const expression = parseExpression(formula);
  const count = Math.max(...Object.values(columns).map((column) => column.length));
  return Array.from({ length: count }, (_, i) =>
    evaluated(expression, (name) => {
      if (name === 'pi') return Math.PI;
      const value = columns[name]?.[i];
      if (value === undefined) throw new RangeError(`There is no column ${name}`);
      return value;
    }),
  );
}

const FUNCTIONS: Readonly<Record<string, (value: number) => number>> = {
  ...{ log: Math.log, exp: Math.exp, sqrt: Math.sqrt, sin: Math.sin, cos: Math.cos },
  I: (value) => value,
};

function evaluated(expression: Expression, named: (name: string) => number): number {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'name') return named(expression.name);
  if (expression.kind === 'call') {
    const { name, inputs } = expression;
    const [input] = inputs;
    const of = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!of || !input || inputs.length !== 1)
      throw new RangeError(`The formula uses ${name}, which is not known`);
    return of(evaluated(input, named));
  }
  const [left, right] = [evaluated(expression.left, named), evaluated(expression.right, named)];
  return OPERATIONS[expression.kind](left, right);
}

const OPERATIONS = {
  '+': (left: number, right: number) => left + right,
  '-': (left: number, right: number) => left - right,
  '*': (left: number, right: number) => left * right,
  '/': (left: number, right: number) => left / right,
  '^': (left: number, right: number) => left ** right,
} as const;
