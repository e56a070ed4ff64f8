import { hash32, mix } from './random.ts';

/** What a request asks for, in the words of the product's feeds where there is one. */
export type RouteName =
  | 'organization'
  | 'people'
  | 'domains'
  | 'registration'
  | 'features'
  | 'methods'
  | 'resets'
  | 'security-info'
  | 'audits'
  | 'checksum';

/**
 * What the product must make of a fault.
 *
 * - `transient`: it goes away when the request (or the walk through the pages) is repeated; the run ends
 *   with the same data as one without faults.
 * - `terminal`: it does not go away; the feed fails or becomes unavailable, nothing half-read is published.
 * - `altered`: the answer is well-formed, but records in it are changed, late or doubled; the run goes on.
 * - `narrowed`: the listing is refused as long as it asks for one thing; the product reads it without that.
 */
export type FaultClass = 'transient' | 'terminal' | 'altered' | 'narrowed';

interface FaultKind {
  class: FaultClass;
  /** Needs a list with a `value`; other answers are served as they are. */
  list?: true;
  /** Only from the second page on. */
  laterPages?: true;
  /** Only requests whose query names this. */
  asking?: string;
  /** Not chosen by a seed unless asked for by name, because it makes a client wait for very long. */
  onlyByName?: true;
}

const transient = { class: 'transient' } as const;
const terminal = { class: 'terminal' } as const;
const alteredList = { class: 'altered', list: true } as const;
const narrowed = { class: 'narrowed', list: true } as const;

/** Every fault. Rows of the fault matrix that need no server (kills, disks, clocks) are not here. */
const KINDS = {
  '429-seconds': transient,
  '429-fraction': transient,
  '429-date': transient,
  '429-zero': transient,
  '429-negative': transient,
  '429-huge': { ...transient, onlyByName: true },
  '429-garbage': transient,
  '429-none': transient,
  500: transient,
  502: transient,
  503: transient,
  504: transient,
  '503-burst': transient,
  'reset-before-headers': transient,
  'reset-mid-body': transient,
  'fin-mid-body': transient,
  'cut-body': transient,
  'cut-gzip': transient,
  'invalid-json': transient,
  'html-200': transient,
  'empty-200': transient,
  'error-200': transient,
  'slow-drip': transient,
  'no-headers': transient,
  'token-expired': transient,
  'expired-skiptoken': { ...transient, list: true, laterPages: true },
  'expired-skiptoken-410': { ...transient, list: true, laterPages: true },
  'duplicated-page': { ...transient, list: true },
  'reordered-page': { ...transient, list: true },
  'overlapping-page': { ...transient, list: true, laterPages: true },
  'empty-page': { ...transient, list: true },
  'gzip-bomb': terminal,
  'deep-nesting': terminal,
  'huge-headers': terminal,
  'long-string': terminal,
  redirect: terminal,
  'nextlink-loop': { ...terminal, list: true },
  'repeated-token': { ...terminal, list: true },
  'foreign-nextlink': { ...terminal, list: true },
  'foreign-scheme': { ...terminal, list: true },
  'licence-403': terminal,
  'permission-403': terminal,
  'tenant-404': terminal,
  'partial-dies': { ...terminal, list: true },
  'partial-early': { ...terminal, list: true },
  'missing-field': alteredList,
  'null-field': alteredList,
  'unknown-enum': alteredList,
  'new-property': alteredList,
  'wrong-type': alteredList,
  'absurd-length': alteredList,
  'lone-surrogate': alteredList,
  'invalid-utf8': alteredList,
  'id-case': alteredList,
  'proto-key': alteredList,
  'big-int': alteredList,
  'late-records': alteredList,
  'future-records': alteredList,
  'records-of-1970': alteredList,
  'no-sign-in-activity': { ...narrowed, asking: 'signInActivity' },
  'no-sign-in-licence': { ...narrowed, asking: 'signInActivity' },
  'no-manager': { ...narrowed, asking: 'manager' },
} as const satisfies Record<string, FaultKind>;

export type FaultName = Exclude<keyof typeof KINDS, number> | '500' | '502' | '503' | '504';

export const FAULT_NAMES = Object.keys(KINDS) as FaultName[];

/** Plain statuses are faults by their number. */
function kindOf(fault: FaultName): FaultKind {
  return (KINDS as Record<string, FaultKind>)[fault] ?? transient;
}

export function faultClass(fault: FaultName): FaultClass {
  return kindOf(fault).class;
}

/** The faults of one class, those that only come by name left out. */
export function faultsOf(wanted: FaultClass): FaultName[] {
  return FAULT_NAMES.filter((name) => {
    const kind = kindOf(name);
    return kind.class === wanted && !kind.onlyByName;
  });
}

/** Faults by chance, yet the same ones for the same seed and requests. */
export interface SeededFaults {
  seed: number | string;
  /** Share of the requests that meet a fault, 0 to 1. */
  rate: number;
  /** Default: every transient one. */
  kinds?: FaultName[];
  /** So many attempts at one request may fail, then it is answered. Default 2. */
  attemptsMax?: number;
}

/** A fault asked for. */
export interface NamedFault {
  route: RouteName | 'any';
  fault: FaultName;
  /** The page it strikes, from 1; default every page. `partial-dies` strikes this and all later ones. */
  page?: number;
  /** How often; default 1 for transient and altered ones, without end for the others. */
  times?: number;
  /** Records changed on the page, of faults that change records. Default 1. */
  records?: number;
}

export type Faults = SeededFaults | NamedFault[];

export interface FaultedRequest {
  route: RouteName;
  /** From 1. */
  page: number;
  /** How often this very address was asked for, this time included. */
  attempt: number;
  /** What tells two questions of one route apart, such as the time window. */
  question: string;
  isList: boolean;
}

/** Whether `fault` can strike such a request at all. */
export function canStrike(fault: FaultName, request: FaultedRequest): boolean {
  const kind = kindOf(fault);
  if (kind.list && !request.isList) return false;
  if (kind.asking && !request.question.includes(kind.asking)) return false;
  return !(kind.laterPages && request.page === 1);
}

/** The fault a seed gives a request, null for none. A pure function of seed, question, page and attempt. */
export function seededFault(faults: SeededFaults, request: FaultedRequest): FaultName | null {
  const { route, page, attempt, question } = request;
  const burst = burstOf(faults, request);
  if (burst) return burst;
  if (attempt > (faults.attemptsMax ?? 2)) return null;
  const hash = hash32(faults.seed, route, question, page, attempt);
  if (hash / 4_294_967_296 >= faults.rate) return null;
  const names = (faults.kinds ?? faultsOf('transient')).filter((name) => canStrike(name, request));
  return names[mix(hash + 1) % Math.max(1, names.length)] ?? null;
}

/** A burst that began at the first attempt also strikes the second and third. */
function burstOf(faults: SeededFaults, request: FaultedRequest): FaultName | null {
  const later = request.attempt === 2 || request.attempt === 3;
  if (!later || request.attempt > (faults.attemptsMax ?? 2) + 1) return null;
  const first = seededFault(faults, { ...request, attempt: 1 });
  return first === '503-burst' ? '503-burst' : null;
}

/** Keeps count of named faults; `strike` answers the first that fits and has not been used up. */
export function namedFaults(faults: NamedFault[]): {
  strike(request: FaultedRequest): NamedFault | null;
} {
  const left = faults.map((named) => ({ named, times: named.times ?? defaultTimes(named.fault) }));
  return {
    strike(request) {
      const found = left.find(({ named, times }) => times > 0 && fits(named, request));
      if (!found) return null;
      found.times -= 1;
      return found.named;
    },
  };
}

function defaultTimes(fault: FaultName): number {
  if (fault === '503-burst') return 3;
  const stays = ['terminal', 'narrowed'].includes(faultClass(fault));
  return stays ? Number.POSITIVE_INFINITY : 1;
}

function fits({ route, page, fault }: NamedFault, request: FaultedRequest): boolean {
  if (route !== 'any' && route !== request.route) return false;
  if (!canStrike(fault, request)) return false;
  if (page === undefined) return true;
  return fault === 'partial-dies' ? request.page >= page : request.page === page;
}
