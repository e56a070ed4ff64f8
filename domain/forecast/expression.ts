/**
 * A formula of numbers, names, + - * / ^ and a few functions, read without `eval`. `^` binds tighter than a
 * sign and to the right, as in R: `-2^2` is -4.
 */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: string; inputs: Expression[] }
  | { kind: Operator; left: Expression; right: Expression };

type Operator = '+' | '-' | '*' | '/' | '^';

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_.][\w.]*)|(\*\*|[-+*/^(),]))/y;
const DEPTH_MAX = 100;

/** Reads a formula, of which all up to a `~` is left out. Throws a RangeError that says what is wrong. */
export function parseExpression(formula: string): Expression {
  const text = formula.slice(formula.indexOf('~') + 1).trim();
  const tokens = tokensOf(text);
  const parser: Parser = { tokens, at: 0, depth: 0 };
  const expression = sum(parser);
  const left = tokens[parser.at];
  if (left !== undefined) throw new RangeError(`Unexpected ${left} in the formula ${text}`);
  return expression;
}

/** Every name in the formula, functions left out, each once, in order of appearance. */
export function namesOf(expression: Expression): string[] {
  const names = new Set<string>();
  const visit = (one: Expression): void => {
    if (one.kind === 'name') names.add(one.name);
    else if (one.kind === 'call') for (const input of one.inputs) visit(input);
    else if (one.kind !== 'number') {
      visit(one.left);
      visit(one.right);
    }
  };
  visit(expression);
  return [...names];
}

interface Parser {
  tokens: string[];
  at: number;
  depth: number;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new RangeError(`Cannot read the formula ${text} at character ${from + 1}`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return tokens;
}

const isOperator = (token: string | undefined, ...of: string[]): token is Operator =>
  token !== undefined && of.includes(token);

function sum(parser: Parser): Expression {
  if (++parser.depth > DEPTH_MAX) throw new RangeError('The formula is nested too deeply.');
  let left = product(parser);
  for (let token = parser.tokens[parser.at]; isOperator(token, '+', '-'); ) {
    parser.at += 1;
    left = { kind: token, left, right: product(parser) };
    token = parser.tokens[parser.at];
  }
  parser.depth -= 1;
  return left;
}

function product(parser: Parser): Expression {
  let left = signed(parser);
  for (let token = parser.tokens[parser.at]; isOperator(token, '*', '/'); ) {
    parser.at += 1;
    left = { kind: token, left, right: signed(parser) };
    token = parser.tokens[parser.at];
  }
  return left;
}

function signed(parser: Parser): Expression {
  const token = parser.tokens[parser.at];
  if (token === '+' || token === '-') {
    if (++parser.depth > DEPTH_MAX) throw new RangeError('The formula is nested too deeply.');
    parser.at += 1;
    const right = signed(parser);
    parser.depth -= 1;
    return token === '+' ? right : { kind: '-', left: { kind: 'number', value: 0 }, right };
  }
  return power(parser);
}

function power(parser: Parser): Expression {
  const left = atom(parser);
  const token = parser.tokens[parser.at];
  if (token !== '^' && token !== '**') return left;
  parser.at += 1;
  return { kind: '^', left, right: signed(parser) };
}

function atom(parser: Parser): Expression {
  const token = parser.tokens[parser.at];
  if (token === undefined) throw new RangeError('The formula ends too early.');
  parser.at += 1;
  if (token === '(') {
    const inside = sum(parser);
    expectToken(parser, ')');
    return inside;
  }
  if (/^[\d.]*\d/.test(token)) return { kind: 'number', value: Number(token) };
  if (!/^[A-Za-z_.]/.test(token)) throw new RangeError(`Unexpected ${token} in the formula.`);
  if (parser.tokens[parser.at] !== '(') return { kind: 'name', name: token };
  parser.at += 1;
  const inputs = [sum(parser)];
  while (parser.tokens[parser.at] === ',') {
    parser.at += 1;
    inputs.push(sum(parser));
  }
  expectToken(parser, ')');
  return { kind: 'call', name: token, inputs };
}

function expectToken(parser: Parser, wanted: string): void {
  const token = parser.tokens[parser.at];
  if (token !== wanted) throw new RangeError(`${wanted} is missing in the formula.`);
  parser.at += 1;
}
