import { DAY_MS } from '../day.ts';
import { type Backtest, backtest } from './backtest.ts';
import { type Cell, CellTable, total } from './cells.ts';
import { type Caught, concentration } from './concentration.ts';
import { type PriorityCuts, priorityCuts } from './cuts.ts';
import { type FeatureInput, featuresAt } from './features.ts';
import { countBetween, HORIZON_MS, LOOKBACK_DAYS, type PersonHistory } from './history.ts';
import {
  expectedCalls,
  fittedModel,
  type PriorityModel,
  STEP_DAYS,
  statedModel,
  withPresentMeans,
} from './model.ts';
import { Order } from './order.ts';
import { whyNoBacktest, whyNotFitted } from './sufficiency.ts';

/** What the registration report said of somebody of the population at an instant. */
export interface RegisteredThen {
  /** `isSsprCapable`; null: the report did not say. */
  capable: boolean | null;
  /** Since when the report has said so without a break, UTC milliseconds. */
  since: number;
}

/** One person as the ranking takes it in. */
export interface RankedPerson {
  history: PersonHistory;
  /** Null: not in the population at that instant, or nothing was read by then. */
  registeredAt: (at: number) => RegisteredThen | null;
  /** Null: not in the population now, and not ranked. */
  now: Pick<FeatureInput, 'capable' | 'passwordExpires' | 'dormant'> | null;
}

export interface RankingInput {
  /** Instant for which calls are expected, UTC milliseconds. */
  asOf: number;
  /** End of the history that the model is made from, at most `asOf`. */
  fitAt: number;
  /** Days between two instants (UTC milliseconds) whose reset log was read. */
  observedDays: (since: number, until: number) => number;
  /** First complete registration report, UTC milliseconds; null: none. */
  registeredSince: number | null;
  /** Never fit: to hold the stated weights against the fitted ones. */
  statedOnly?: boolean;
}

export interface RankingResult {
  model: PriorityModel;
  /** Calls expected in the next 90 days, by the number that `add` answered. */
  expected: number[];
  /** Why the weights are the stated ones, in a sentence; null where they were fitted. */
  whyStated: string | null;
  /** People ranked, and the calls expected of all of them. */
  people: number;
  expectedCalls: number;
  /** Calls of the last 360 days, or as far as the log reaches; null: none. */
  concentration: Caught[] | null;
  backtest: Backtest | null;
  /** In a sentence; null where there is a backtest. */
  whyNoBacktest: string | null;
}

/** Nobody's number. */
export const NOT_RANKED = -1;

/**
 * Takes in everybody, one by one, and keeps only how many people share the same features and how often they
 * called: a million people need no more memory than some thousand cells.
 */
export class Ranking {
  private readonly input: RankingInput;
  private readonly cuts: PriorityCuts;
  private readonly present = new CellTable();
  private readonly atFit = new CellTable();
  private readonly atTest = new CellTable();
  private readonly early = new CellTable();
  private readonly late = new CellTable();
  private readonly longestUnregistered = new Order();
  private readonly peopleByCalls = new Map<number, number>();

  constructor(input: RankingInput) {
    this.input = input;
    this.cuts = priorityCuts(input.fitAt);
  }

  /** Counts a person; answers the number of `RankingResult.expected`, or `NOT_RANKED`. */
  add(person: RankedPerson): number {
    const { fitAt, testAt, early, late } = this.cuts;
    const stepMs = STEP_DAYS * DAY_MS;
    for (const at of early) this.addPast(this.early, person, at, stepMs);
    for (const at of late) this.addPast(this.late, person, at, stepMs);
    this.addPast(this.atFit, person, fitAt, 0);
    this.addPast(this.atTest, person, testAt, HORIZON_MS);
    this.addUnregistered(person, testAt);
    return this.addPresent(person);
  }

  private addPast(table: CellTable, person: RankedPerson, at: number, aheadMs: number): void {
    const then = person.registeredAt(at);
    if (!then) return;
    const { capable } = then;
    const features = this.features(person, at, { capable, passwordExpires: null, dormant: null });
    table.add(features, countBetween(person.history.calls, at, at + aheadMs));
  }

  private addUnregistered({ registeredAt, history }: RankedPerson, at: number): void {
    const then = registeredAt(at);
    if (!then) return;
    const place = then.capable ? Number.POSITIVE_INFINITY : then.since;
    const calls = countBetween(history.calls, at, at + HORIZON_MS);
    this.longestUnregistered.add(place, { people: 1, calls, expected: 0 });
  }

  private addPresent(person: RankedPerson): number {
    const { asOf } = this.input;
    if (!person.now) return NOT_RANKED;
    const calls = countBetween(person.history.calls, asOf - LOOKBACK_DAYS * DAY_MS, asOf);
    this.peopleByCalls.set(calls, (this.peopleByCalls.get(calls) ?? 0) + 1);
    return this.present.add(this.features(person, asOf, person.now), 0);
  }

  private features(
    { history }: RankedPerson,
    at: number,
    known: Pick<FeatureInput, 'capable' | 'passwordExpires' | 'dormant'>,
  ) {
    return featuresAt(history, { at, observedDays: this.input.observedDays, ...known });
  }

  /** What follows for everybody who was added. */
  result(): RankingResult {
    const { fitAt, testAt } = this.cuts;
    const whyStated = this.whyStated(this.late.cells, fitAt);
    const reference = this.atFit.cells.length > 0 ? this.atFit.cells : this.present.cells;
    const made = whyStated === null ? fittedModel(this.late.cells) : statedModel(reference);
    const { cells } = this.present;
    const model = withPresentMeans(made, cells);
    const expected = cells.map(({ features }) => expectedCalls(model, features));
    const noBacktest = whyNoBacktest({
      ...this.input,
      testAt,
      fitAt,
      calls: total(this.atTest.cells, ({ calls }) => calls),
    });
    return {
      model,
      expected,
      whyStated,
      people: total(cells, ({ people }) => people),
      expectedCalls: cells.reduce((sum, { people }, i) => sum + people * (expected[i] ?? 0), 0),
      concentration: concentration(this.peopleByCalls),
      backtest: noBacktest === null ? this.backtest() : null,
      whyNoBacktest: noBacktest,
    };
  }

  private backtest(): Backtest {
    const { fitAt, testAt } = this.cuts;
    const { cells } = this.atTest;
    const stated = this.whyStated(this.early.cells, testAt) !== null;
    const model = stated ? statedModel(cells) : fittedModel(this.early.cells);
    const longestUnregistered = this.longestUnregistered.ranks();
    return backtest({ since: testAt, until: fitAt, model, cells, longestUnregistered });
  }

  private whyStated(cells: readonly Cell[], until: number): string | null {
    const calls = total(cells, (cell) => cell.calls);
    if (this.input.statedOnly) return 'Fitting was not asked for.';
    return whyNotFitted({ ...this.input, until, calls });
  }
}
