import type { Expression } from './expression.ts';
import { parseExpression } from './expression.ts';

/** A function of x and parameters, with its derivatives by the parameters. */
export interface Differentiable {
  /** Value at `x`; the derivatives are written to `gradient` where one is given. */
  at(x: number, parameters: ArrayLike<number>, gradient?: Float64Array): number;
}

/** A value and its derivatives, worked out together (forward-mode automatic differentiation, Wengert 1964). */
type Node = (x: number, parameters: ArrayLike<number>, gradient: Float64Array | null) => number;

/** R's self-starting models by what they compute (stats package): Pinheiro and Bates 2000, appendix C. */
const SELF_STARTING: Record<string, { inputs: string[]; formula: string }> = {
  SSlogis: { inputs: ['x', 'Asym', 'xmid', 'scal'], formula: 'Asym/(1+exp((xmid-x)/scal))' },
  SSasymp: { inputs: ['x', 'Asym', 'R0', 'lrc'], formula: 'Asym+(R0-Asym)*exp(-exp(lrc)*x)' },
  SSasympOff: { inputs: ['x', 'Asym', 'lrc', 'c0'], formula: 'Asym*(1-exp(-exp(lrc)*(x-c0)))' },
  SSasympOrig: { inputs: ['x', 'Asym', 'lrc'], formula: 'Asym*(1-exp(-exp(lrc)*x))' },
  SSfpl: { inputs: ['x', 'A', 'B', 'xmid', 'scal'], formula: 'A+(B-A)/(1+exp((xmid-x)/scal))' },
  SSgompertz: { inputs: ['x', 'Asym', 'b2', 'b3'], formula: 'Asym*exp(-b2*b3^x)' },
  SSmicmen: { inputs: ['x', 'Vm', 'K'], formula: 'Vm*x/(K+x)' },
  SSweibull: {
    inputs: ['x', 'Asym', 'Drop', 'lrc', 'pwr'],
    formula: 'Asym-Drop*exp(-exp(lrc)*x^pwr)',
  },
  SSbiexp: {
    inputs: ['x', 'A1', 'lrc1', 'A2', 'lrc2'],
    formula: 'A1*exp(-exp(lrc1)*x)+A2*exp(-exp(lrc2)*x)',
  },
};

interface Unary {
  value(u: number): number;
  /** Derivative, of the input and the value. */
  slope(u: number, value: number): number;
}

const FUNCTIONS: Record<string, Unary> = {
  exp: { value: Math.exp, slope: (_, value) => value },
  log: { value: Math.log, slope: (u) => 1 / u },
  log10: { value: Math.log10, slope: (u) => 1 / (u * Math.LN10) },
  log2: { value: Math.log2, slope: (u) => 1 / (u * Math.LN2) },
  log1p: { value: Math.log1p, slope: (u) => 1 / (1 + u) },
  expm1: { value: Math.expm1, slope: (_, value) => value + 1 },
  sqrt: { value: Math.sqrt, slope: (_, value) => 0.5 / value },
  sin: { value: Math.sin, slope: (u) => Math.cos(u) },
  cos: { value: Math.cos, slope: (u) => -Math.sin(u) },
  tan: { value: Math.tan, slope: (_, value) => 1 + value * value },
  atan: { value: Math.atan, slope: (u) => 1 / (1 + u * u) },
  tanh: { value: Math.tanh, slope: (_, value) => 1 - value * value },
};

/**
 * Makes a function of `expression` in `parameters`; every other name is x, whatever it is called, but `pi`.
 * Throws a RangeError for a function that is not known.
 */
export function differentiable(
  expression: Expression,
  parameters: readonly string[],
): Differentiable {
  const root = nodeOf(expression, { parameters, count: parameters.length });
  return { at: (x, values, gradient) => root(x, values, gradient ?? null) };
}

interface Scope {
  parameters: readonly string[];
  count: number;
}

function nodeOf(expression: Expression, scope: Scope): Node {
  if (expression.kind === 'number') return constant(expression.value);
  if (expression.kind === 'name') return nameNode(expression.name, scope);
  if (expression.kind === 'call') return callNode(expression, scope);
  const left = nodeOf(expression.left, scope);
  const right = nodeOf(expression.right, scope);
  return binary(BINARY[expression.kind], [left, right], scope.count);
}

function constant(value: number): Node {
  return (_x, _parameters, gradient) => {
    gradient?.fill(0);
    return value;
  };
}

function nameNode(name: string, { parameters }: Scope): Node {
  const index = parameters.indexOf(name);
  if (index === -1 && name === 'pi') return constant(Math.PI);
  return (x, values, gradient) => {
    gradient?.fill(0);
    if (index === -1) return x;
    if (gradient) gradient[index] = 1;
    return values[index] as number;
  };
}

function callNode(call: Expression & { kind: 'call' }, scope: Scope): Node {
  const model = Object.hasOwn(SELF_STARTING, call.name) ? SELF_STARTING[call.name] : undefined;
  if (model && call.inputs.length === model.inputs.length) {
    const given = new Map(model.inputs.map((name, i) => [name, call.inputs[i] as Expression]));
    return nodeOf(substituted(parseExpression(model.formula), given), scope);
  }
  const unary = Object.hasOwn(FUNCTIONS, call.name) ? FUNCTIONS[call.name] : undefined;
  const [input] = call.inputs;
  if (!unary || !input || call.inputs.length !== 1)
    throw new RangeError(`The formula uses ${call.name}, which is not known in this form.`);
  const inner = nodeOf(input, scope);
  return (x, values, gradient) => {
    const u = inner(x, values, gradient);
    const value = unary.value(u);
    if (gradient) {
      const slope = unary.slope(u, value);
      for (let i = 0; i < gradient.length; i++) gradient[i] = slope * (gradient[i] as number);
    }
    return value;
  };
}

function substituted(expression: Expression, given: Map<string, Expression>): Expression {
  if (expression.kind === 'name') return given.get(expression.name) ?? expression;
  if (expression.kind === 'number') return expression;
  if (expression.kind === 'call')
    return { ...expression, inputs: expression.inputs.map((input) => substituted(input, given)) };
  const { kind, left, right } = expression;
  return { kind, left: substituted(left, given), right: substituted(right, given) };
}

interface Binary {
  value(u: number, v: number): number;
  /** Derivatives by the left and by the right side. */
  left(u: number, v: number, value: number): number;
  right(u: number, v: number, value: number): number;
}

const BINARY: Record<'+' | '-' | '*' | '/' | '^', Binary> = {
  '+': { value: (u, v) => u + v, left: () => 1, right: () => 1 },
  '-': { value: (u, v) => u - v, left: () => 1, right: () => -1 },
  '*': { value: (u, v) => u * v, left: (_, v) => v, right: (u) => u },
  '/': { value: (u, v) => u / v, left: (_, v) => 1 / v, right: (_, v, value) => -value / v },
  '^': {
    value: (u, v) => u ** v,
    left: (u, v) => (v === 0 ? 0 : v * u ** (v - 1)),
    right: (u, _, value) => (u > 0 ? value * Math.log(u) : 0),
  },
};

function binary(operator: Binary, [left, right]: [Node, Node], count: number): Node {
  const other = new Float64Array(count);
  return (x, values, gradient) => {
    const u = left(x, values, gradient);
    const v = right(x, values, gradient ? other : null);
    const value = operator.value(u, v);
    if (gradient) {
      const byLeft = operator.left(u, v, value);
      const byRight = operator.right(u, v, value);
      for (let i = 0; i < count; i++)
        gradient[i] =
          ((gradient[i] as number) === 0 ? 0 : byLeft * (gradient[i] as number)) +
          ((other[i] as number) === 0 ? 0 : byRight * (other[i] as number));
    }
    return value;
  };
}
