import type { AssumptionSet } from '../../../server/contract/deflection.ts';
import { ASSUMPTION_PATHS } from './assumptions.ts';
import type { Range } from './ranges.ts';
import { numberComplaint, numberOf } from './typed-number.ts';

/** What stands in the fields of the form, by path, with `.low`, `.likely`, `.high` of ranges. */
export type Texts = Record<string, string>;

const ENDS = ['low', 'likely', 'high'] as const;

/** A set as it is typed in: shares in percent, null as an empty field. */
export function textsOf(set: AssumptionSet): Texts {
  const { deflection, money } = set;
  const { desk } = money;
  const none = { low: null, likely: null, high: null };
  return {
    ...percents('deflection.reset.induced', deflection.reset.induced),
    ...percents('deflection.reset.propensity', deflection.reset.propensity),
    ...percents('deflection.unlock.induced', deflection.unlock.induced),
    ...percents('deflection.unlock.propensity', deflection.unlock.propensity),
    selfServiceSince: set.selfServiceSince ?? '',
    'money.currency': money.currency,
    'money.desk.basis': desk.basis,
    'money.desk.hourlyRate': desk.basis === 'own' ? plain(desk.hourlyRate) : '',
    'money.desk.preset': desk.basis === 'preset' ? desk.preset : '',
    ...range('money.desk.perTicket', desk.basis === 'range' ? desk.perTicket : none),
    ...range('money.handleMinutes', money.handleMinutes),
    ...range('money.userMinutesDesk', money.userMinutesDesk),
    ...range('money.userMinutesSelfService', money.userMinutesSelfService ?? none),
    'money.userHourlyRate': plain(money.userHourlyRate),
    'money.usableShare': percent(money.usableShare),
    'money.selfServiceCost': plain(money.selfServiceCost),
    'money.fallbackExtraMinutes': plain(money.fallbackExtraMinutes),
    'money.monthlyCost': plain(money.monthlyCost),
    'money.setupCost': plain(money.setupCost),
  };
}

type Ends = Record<(typeof ENDS)[number], number | null>;

const plain = (value: number | null) => (value === null ? '' : String(value));
// Through the decimals that people write, so that 0.29 is 29 and not 28.999999999999996.
const percent = (share: number) => String(Number((share * 100).toFixed(4)));
const range = (path: string, ends: Ends): Texts =>
  Object.fromEntries(ENDS.map((end) => [`${path}.${end}`, plain(ends[end])]));
const percents = (path: string, ends: Range): Texts =>
  Object.fromEntries(ENDS.map((end) => [`${path}.${end}`, percent(ends[end])]));

/** A set read from the fields; or what is wrong, by path, and no set. */
export type Reading =
  | { set: AssumptionSet; complaints: null }
  | { set: null; complaints: Map<string, string> };

/** Reads the fields. What the server checks besides (how large an amount may be) it says itself. */
export function setOf(texts: Texts): Reading {
  const complaints = new Map<string, string>();
  const read = new Reader(texts, complaints);
  const shares = (path: string) => read.range(path, 100);
  const set: AssumptionSet = {
    deflection: {
      reset: {
        induced: shares('deflection.reset.induced'),
        propensity: shares('deflection.reset.propensity'),
      },
      unlock: {
        induced: shares('deflection.unlock.induced'),
        propensity: shares('deflection.unlock.propensity'),
      },
    },
    selfServiceSince: texts.selfServiceSince || null,
    money: {
      currency: (texts['money.currency'] ?? '').trim().toUpperCase(),
      desk: deskOf(texts, read),
      handleMinutes: read.range('money.handleMinutes'),
      userMinutesDesk: read.range('money.userMinutesDesk'),
      userMinutesSelfService: read.rangeOrNone('money.userMinutesSelfService'),
      userHourlyRate: read.numberOrNone('money.userHourlyRate'),
      usableShare: read.number('money.usableShare', 100),
      selfServiceCost: read.number('money.selfServiceCost'),
      fallbackExtraMinutes: read.number('money.fallbackExtraMinutes'),
      monthlyCost: read.numberOrNone('money.monthlyCost'),
      setupCost: read.numberOrNone('money.setupCost'),
    },
  };
  if (!/^[A-Z]{3}$/.test(set.money.currency))
    complaints.set('money.currency', 'Must be three letters, such as EUR.');
  return complaints.size > 0 ? { set: null, complaints } : { set, complaints: null };
}

function deskOf(texts: Texts, read: Reader): AssumptionSet['money']['desk'] {
  const basis = texts['money.desk.basis'];
  if (basis === 'own')
    return { basis, hourlyRate: read.number('money.desk.hourlyRate', 1, 'money.desk') };
  if (basis === 'range')
    return { basis, perTicket: read.range('money.desk.perTicket', 1, 'money.desk') };
  return { basis: 'preset', preset: texts['money.desk.preset'] ?? '' };
}

class Reader {
  readonly #texts: Texts;
  readonly #complaints: Map<string, string>;

  constructor(texts: Texts, complaints: Map<string, string>) {
    this.#texts = texts;
    this.#complaints = complaints;
  }

  /** A number, divided by `by`; complaints stand at `field`. */
  number(path: string, by = 1, field = path): number {
    const value = numberOf(this.#text(path));
    if (value === null) {
      this.#complaints.set(field, numberComplaint(this.#text(path)));
      return 0;
    }
    if (by === 100 && value > 100) this.#complaints.set(field, 'Must be at most 100 %.');
    return Number((value / by).toFixed(6));
  }

  numberOrNone(path: string): number | null {
    return this.#text(path).trim() === '' ? null : this.number(path);
  }

  range(path: string, by = 1, field = path): Range {
    const [low = 0, likely = 0, high = 0] = ENDS.map((end) =>
      this.number(`${path}.${end}`, by, field),
    );
    if (!(low <= likely && likely <= high) && !this.#complaints.has(field))
      this.#complaints.set(field, 'Low, likely and high must be in that order.');
    return { low, likely, high };
  }

  rangeOrNone(path: string): Range | null {
    const isEmpty = ENDS.every((end) => this.#text(`${path}.${end}`).trim() === '');
    return isEmpty ? null : this.range(path);
  }

  #text(path: string): string {
    return this.#texts[path] ?? '';
  }
}

/** The server's complaints, each at the field it names; `null` holds the others. */
export function complaintsAt(message: string): Map<string | null, string> {
  const complaints = new Map<string | null, string>();
  for (const one of message.split('; ')) {
    const path = ASSUMPTION_PATHS.find((known) => one.startsWith(`set.${known}`)) ?? null;
    const text = path === null ? one : one.replace(/^[\w.]+: /, '');
    const before = complaints.get(path);
    complaints.set(path, before ? `${before}; ${text}` : text);
  }
  return complaints;
}

/** Paths whose fields differ between two forms. */
export const changedPaths = (now: Texts, before: Texts): string[] =>
  ASSUMPTION_PATHS.filter((path) =>
    Object.keys(now).some(
      (key) => (key === path || key.startsWith(`${path}.`)) && now[key] !== before[key],
    ),
  );
