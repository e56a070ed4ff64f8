import { dayCutter } from '../../domain/day.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import {
  LEARNING_DAYS,
  LEAST_LEARNING_DAYS,
  largestByDay,
  learnedThreshold,
  learningGroups,
} from '../../domain/surveillance/learned-threshold.ts';
import {
  RHYTHM_RULE_FACTS,
  RHYTHM_RULES,
  THRESHOLD_RULE_FACTS,
  THRESHOLD_RULES,
  type ThresholdRule,
} from '../../domain/surveillance/rule-list.ts';
import { SURVEILLANCE_DEFAULTS } from '../../domain/surveillance/settings.ts';
import { companyTest } from '../company-addresses.ts';
import { currentSurveillance } from '../store/surveillance-settings.ts';
import type { Store } from '../store-types.ts';
import { collectedDays } from './alert-findings.ts';
import { type RuleValueRow, ruleValues } from './rule-values.ts';
import { workedOut } from './worked-out.ts';

const NO_THRESHOLD = {
  ...{ unit: null, floor: null, learned: null, point: null, days: null, learnedOn: null },
};

/** What alerts are raised by, and what each rule's threshold is today if it is learned, from which days. */
export async function surveillance(
  store: Store,
  { tenantId, timeZone }: { tenantId: number; timeZone: string },
) {
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const { asOf, windows } = await workedOut(at, tenantId);
    const { version, author, madeAt, note, settings } = await currentSurveillance(at, tenantId);
    // Today's threshold follows from the days before today.
    const all = asOf === null ? [] : collectedDays(windows, dayCutter(timeZone), asOf);
    const days = all.slice(0, -1).slice(-LEARNING_DAYS);
    const [first, last] = [days[0], days.at(-1)];
    const values =
      first === undefined || last === undefined
        ? []
        : await ruleValues(at, { tenantId, first, last });
    const learnedOn = days.length < LEAST_LEARNING_DAYS ? null : (last ?? null);
    const isCompany = companyTest(settings.companyAddresses);
    const learnedOf = (rule: ThresholdRule) => {
      const { floor, unit } = THRESHOLD_RULE_FACTS[rule];
      const own = values.filter((value) => value.rule === rule && !isLeftOut(value, isCompany));
      const thresholds = learningGroups(rule, own).map((group) => {
        const largest = largestByDay(group);
        return learnedThreshold(
          days.map((day) => largest.get(day) ?? 0),
          floor,
        );
      });
      // Where each subject has its own, the highest is shown.
      const {
        threshold,
        point,
        days: count,
      } = thresholds.reduce(
        (top, one) => (one.threshold > top.threshold ? one : top),
        thresholds[0] ??
          learnedThreshold(
            days.map(() => 0),
            floor,
          ),
      );
      const learned = last === undefined ? null : threshold;
      return { unit, floor, learned, point, days: count, learnedOn };
    };
    return {
      asOf: isoTextOrNull(asOf),
      ...{ version, author, note, settings, madeAt: isoTextOrNull(madeAt) },
      defaults: SURVEILLANCE_DEFAULTS,
      rules: [
        ...RHYTHM_RULES.map((rule) => ({ rule, ...RHYTHM_RULE_FACTS[rule], ...NO_THRESHOLD })),
        { ...NEW_ADDRESS, ...NO_THRESHOLD },
        ...THRESHOLD_RULES.map((rule) => {
          const { title, explanation, queue } = THRESHOLD_RULE_FACTS[rule];
          return { rule, title, explanation, queue, ...learnedOf(rule) };
        }),
      ],
    };
  });
}

function isLeftOut({ rule, subject }: RuleValueRow, isCompany: (address: string) => boolean) {
  return rule === 'one_address_many_people' && isCompany(subject);
}

const NEW_ADDRESS = {
  rule: 'new_address_reset' as const,
  title: 'Reset from a new address',
  explanation:
    'A self-service reset that belongs to what is unusual about an alert went through from an address from which none of the person’s earlier flows came (three at least) and nobody succeeded before. Raises no alert by itself: it raises the level of that alert by one.',
  queue: 'security' as const,
};
