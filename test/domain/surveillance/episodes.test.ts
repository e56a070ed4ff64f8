import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../domain/day.ts';
import { type Episode, episodes } from '../../../domain/surveillance/episodes.ts';
import type { Finding } from '../../../domain/surveillance/finding.ts';
import { ALERT_RULES } from '../../../domain/surveillance/rule-list.ts';
import type { SeriesName } from '../../../domain/surveillance/series.ts';
import { aDayFinding, aFinding, aRuleFinding, CUTTER, START } from '../../build/findings.ts';

const LATER = START + 400 * DAY_MS;
const of = (findings: readonly Finding[], asOf = LATER) =>
  episodes(findings, { asOf, cutter: CUTTER });
/** When episodes began and were last seen, in hours since the start. */
const spans = (told: readonly Episode[]) =>
  told.map(({ startedAt, lastAt }) =>
    [startedAt - START, lastAt - START].map((ms) => ms / HOUR_MS),
  );

describe('one event is one episode', () => {
  test('a burst night, told by its hours, its day and what remembers it, ends when it ends', () => {
    const night = [1, 2, 3].flatMap((hour) => [
      aFinding(hour, hour + 1, { level: 'critical' }),
      aFinding(hour, hour + 1, { series: 'people', level: 'alert' }),
    ]);
    const day = aDayFinding(0, { level: 'critical' });
    const tail = [1, 2, 3].map((at) => aDayFinding(at, { carried: true, level: 'critical' }));
    const told = of([...night, day, ...tail]);
    expect(spans(told)).toEqual([[1, 4]]);
    expect(told[0]).toMatchObject({ rule: 'failed_verifications', level: 'critical' });
    expect(told[0]?.findings).toHaveLength(7);
  });

  test('a slow rise of a week, told by days that follow each other', () => {
    expect(spans(of([3, 4, 5, 6].map((day) => aDayFinding(day))))).toEqual([[72, 168]]);
  });

  test('a breakdown that rose in the days before says less of its beginning than the total', () => {
    const email = aFinding(0, 72, { bucket: 'day', series: 'method:email' });
    const outage = [aFinding(54, 60, { level: 'critical' }), aDayFinding(2, { level: 'critical' })];
    expect(spans(of([email, ...outage]))).toEqual([[54, 60]]);
    expect(spans(of([email]))).toEqual([[0, 72]]);
    const slow = aFinding(36, 60, { series: 'method:email' });
    expect(spans(of([slow, ...outage]))).toEqual([[54, 60]]);
  });

  test('hours that are quiet for 6 hours at most', () => {
    expect(spans(of([aFinding(0, 1), aFinding(7, 8)]))).toEqual([[0, 8]]);
    expect(spans(of([aFinding(0, 1), aFinding(8, 9)]))).toHaveLength(2);
  });

  test('two bursts three days apart are two, as hours and as days', () => {
    expect(of([aFinding(2, 4), aFinding(74, 76)])).toHaveLength(2);
    expect(of([aDayFinding(0), aDayFinding(3)])).toHaveLength(2);
    expect(of([aDayFinding(0), aDayFinding(1)])).toHaveLength(1);
  });

  test('late records that bring an earlier hour make it begin earlier, and are no second one', () => {
    const night = [aFinding(5, 6), aFinding(6, 7)];
    expect(spans(of(night))).toEqual([[5, 7]]);
    expect(spans(of([...night, aFinding(1, 2)]))).toEqual([[1, 7]]);
  });

  test('hours tell its first and last day finer, the days between them stay whole', () => {
    const told = of([aDayFinding(0), aDayFinding(1), aDayFinding(2), aFinding(20, 21)]);
    expect(spans(told)).toEqual([[20, 72]]);
    expect(spans(of([aDayFinding(0), aDayFinding(1), aFinding(30, 31)]))).toEqual([[0, 31]]);
  });

  test('totals that are apart stay apart though a breakdown is unusual all the time', () => {
    const method: SeriesName = 'method:mobile SMS';
    const all = [0, 1, 2, 3, 4, 5].map((day) => aDayFinding(day, { series: method }));
    const told = of([...all, aDayFinding(0), aFinding(97, 99, { level: 'critical' })]);
    expect(told.map(({ level }) => level)).toEqual(['watch', 'critical']);
    expect(told[0]?.lastAt).toBeLessThanOrEqual(told[1]?.startedAt ?? 0);
  });

  test('a breakdown alone is an episode, and grows into that of a total that follows', () => {
    const country = aFinding(1, 2, { series: 'country:DE' });
    expect(of([country])).toMatchObject([{ rule: 'failed_verifications', level: 'watch' }]);
    expect(spans(of([country, aFinding(3, 4, { level: 'alert' })]))).toEqual([[1, 4]]);
  });
});

describe('rules', () => {
  test('join what they are part of, and raise its level', () => {
    const told = of([
      aFinding(2, 4, { level: 'alert' }),
      aRuleFinding('one_address_many_people', [1, 20], { subject: 'x', level: 'critical' }),
      aRuleFinding('blocked_attempts', [3, 5]),
    ]);
    expect(spans(told)).toEqual([[2, 4]]);
    expect(told[0]).toMatchObject({ rule: 'failed_verifications', level: 'critical' });
    expect(told[0]?.findings).toHaveLength(3);
  });

  test('are episodes of their own where no total is unusual at that time', () => {
    const blocked = aRuleFinding('blocked_attempts', [10, 12]);
    const breakdown = aDayFinding(0, { series: 'method:email' });
    expect(of([blocked, breakdown, aFinding(40, 41)]).map(({ rule }) => rule)).toEqual([
      ...['failed_verifications', 'blocked_attempts', 'failed_verifications'],
    ]);
  });

  test('are one episode over days that follow each other, whoever they are about', () => {
    const rule = 'rejected_passwords';
    const told = of([
      aRuleFinding(rule, [1, 2], { subject: 'a' }),
      aRuleFinding(rule, [46, 47], { subject: 'b' }),
      aRuleFinding(rule, [100, 101], { subject: 'a' }),
    ]);
    expect(spans(told)).toEqual([
      [1, 47],
      [100, 101],
    ]);
    expect(told.map(({ subject }) => subject)).toEqual(['', '']);
  });

  test('about stops are an episode for each reason, its series among them', () => {
    const stop = (code: string) =>
      aRuleFinding('configuration_stops', [9, 17], { subject: code, level: 'alert' });
    const series = aDayFinding(0, {
      ...{ rule: 'configuration_stops', series: 'stop:no_licence', subject: 'no_licence' },
    });
    const told = of([stop('no_licence'), stop('not_enabled'), series]);
    expect(told.map(({ subject, findings }) => [subject, findings.length])).toEqual([
      ['no_licence', 2],
      ['not_enabled', 1],
    ]);
    expect(spans(told)).toEqual([
      [9, 17],
      [9, 17],
    ]);
  });

  test('about one operator belong to unusual admin resets of the same time', () => {
    const resets = aDayFinding(0, { rule: 'admin_resets', series: 'admin_resets' });
    const operator = aRuleFinding('many_resets_by_one_operator', [9, 17], { subject: 'o' });
    expect(of([resets, operator])).toMatchObject([{ rule: 'admin_resets' }]);
    expect(of([operator])).toMatchObject([{ rule: 'many_resets_by_one_operator', subject: '' }]);
  });
});

describe('an episode', () => {
  test('lasts until nothing belonged to it for 24 hours', () => {
    const night = [aFinding(2, 4)];
    const end = START + 4 * HOUR_MS;
    expect(of(night, end + DAY_MS - 1)).toMatchObject([{ lastAt: end, endedAt: null }]);
    expect(of(night, end + DAY_MS)).toMatchObject([{ lastAt: end, endedAt: end }]);
  });

  test('of a day that is not over ends with the day, so that its end does not move', () => {
    expect(spans(of([aDayFinding(0)], START + 5 * HOUR_MS))).toEqual([[0, 24]]);
  });

  test('does not come of nothing, nor of what only remembers', () => {
    expect(of([])).toEqual([]);
    expect(of([aDayFinding(0, { carried: true })])).toEqual([]);
  });

  test('has neither its level nor its length from what only remembers', () => {
    const told = of([aFinding(2, 4), aDayFinding(1, { carried: true, level: 'critical' })]);
    expect(told).toMatchObject([{ level: 'watch' }]);
    expect(spans(told)).toEqual([[2, 4]]);
  });
});

describe('whatever is found', () => {
  const level = fc.constantFrom('watch' as const, 'alert' as const, 'critical' as const);
  const series = fc.constantFrom<SeriesName[]>('failed', 'people', 'country:DE', 'blocked');
  const ofSeries = fc.oneof(
    fc
      .tuple(fc.nat(480), fc.constantFrom(1, 3, 24), level, series)
      .map(([at, hours, own, name]) => aFinding(at, at + hours, { level: own, series: name })),
    fc
      .tuple(fc.nat(20), fc.constantFrom(1, 3, 7), level, series, fc.boolean())
      .map(([day, length, own, name, carried]) =>
        aFinding(24 * (day + 1 - length), 24 * (day + 1), {
          ...{ bucket: 'day', level: own, series: name, carried },
        }),
      ),
  );
  const ofRules = fc
    .tuple(
      ...[fc.constantFrom(...ALERT_RULES.slice(2)), fc.nat(20)],
      ...[fc.nat(22), fc.nat(23), fc.constantFrom('a', 'b'), level],
    )
    .map(([rule, day, from, length, subject, own]) =>
      aRuleFinding(
        rule as Finding['rule'],
        [
          24 * Number(day) + Number(from),
          24 * Number(day) + Math.min(24, Number(from) + Number(length) + 1),
        ],
        { subject: String(subject), level: own as Finding['level'] },
      ),
    );
  const some = fc.array(fc.oneof(ofSeries, ofRules), { maxLength: 40 });

  test('each finding that is not carried is part of exactly one episode, at its time', () => {
    fc.assert(
      fc.property(some, (findings) => {
        const told = of(findings);
        const parts = told.flatMap((one) => one.findings);
        expect(new Set(parts).size).toBe(parts.length);
        expect(new Set(parts)).toEqual(new Set(findings.filter(({ carried }) => !carried)));
        for (const { startedAt, lastAt, findings: own } of told)
          for (const { startAt, endAt } of own) {
            expect(startAt).toBeLessThan(lastAt);
            expect(endAt).toBeGreaterThan(startedAt);
          }
      }),
      { numRuns: 500 },
    );
  });

  test('no two episodes of one rule and subject overlap', () => {
    fc.assert(
      fc.property(some, (findings) => {
        const groups = Map.groupBy(of(findings), ({ rule, subject }) => `${rule} ${subject}`);
        for (const own of groups.values())
          for (const [i, one] of own.entries()) {
            expect(one.startedAt).toBeLessThan(one.lastAt);
            const next = own[i + 1];
            if (next) expect(next.startedAt).toBeGreaterThanOrEqual(one.lastAt);
          }
      }),
      { numRuns: 500 },
    );
  });

  test('any order leads to the same episodes, each with the highest level of its findings', () => {
    const mixed = some.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(mixed, ([findings, other]) => {
        const told = of(findings);
        expect(of(other)).toEqual(told);
        for (const one of told) {
          const levels = one.findings.map((part) => part.level);
          const highest = ['critical', 'alert', 'watch'].find((name) =>
            levels.some((own) => own === name),
          );
          expect(one.level).toBe(highest);
        }
      }),
      { numRuns: 500 },
    );
  });
});
