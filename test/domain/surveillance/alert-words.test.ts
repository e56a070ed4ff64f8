import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../../domain/day.ts';
import { alertTitle } from '../../../domain/surveillance/alert-title.ts';
import type {
  Cause,
  Evidence,
  FiredRule,
  ThroughReset,
} from '../../../domain/surveillance/evidence.ts';
import { nextSteps } from '../../../domain/surveillance/next-steps.ts';
import {
  raisedLevel,
  raisingResets,
  tellingResets,
} from '../../../domain/surveillance/raised-level.ts';
import {
  ALERT_RULES,
  type AlertRule,
  THRESHOLD_RULE_FACTS,
  THRESHOLD_RULES,
  type ThresholdRule,
} from '../../../domain/surveillance/rule-list.ts';
import { seriesTitle } from '../../../domain/surveillance/series-title.ts';
import { SURVEILLANCE_DEFAULTS } from '../../../domain/surveillance/settings.ts';
import { aThroughReset, someEvidence, someExcess } from '../../build/evidence.ts';
import { START } from '../../build/findings.ts';

const CAUSES: Cause[] = ['attack', 'broken_method', 'policy_change', 'writeback', 'unclear'];
const PERSON = '00000000-1111-2222-3333-444444444444';
const ADDRESS = '198.51.100.7';

const fired = (rule: ThresholdRule, values: readonly number[]): FiredRule[] =>
  values.map((value, i) => {
    const kind = THRESHOLD_RULE_FACTS[rule].subject;
    const id = rule === 'configuration_stops' ? 'no_licence' : i === 0 ? PERSON : ADDRESS;
    return {
      ...{ rule, value, threshold: 3, learnedOn: null, level: 'watch' },
      subject: kind === null ? null : { kind, id },
    };
  });

const titleOf = (rule: AlertRule, told: Partial<Evidence>, subject = '') =>
  alertTitle({ rule, subject, evidence: someEvidence(told) });

const seriesOf = (told: Partial<Evidence['series'][number]>): Evidence['series'] =>
  someEvidence().series.map((one) => ({ ...one, ...told }));

describe('the title of an alert', () => {
  test('says who failed from where against what is usual, and what it looks like', () => {
    const series = seriesOf({ series: 'people', observed: 240, expected: 3.04 });
    const night = { series, people: 240, addresses: 5, cause: 'attack' as const };
    expect(titleOf('failed_verifications', night)).toBe(
      '240 people failed from 5 addresses, against 3 usually: looks like an attack',
    );
  });

  test('says of which hours a count is where it is not that of all', () => {
    expect(titleOf('failed_verifications', {})).toBe(
      '50 people failed from 45 addresses; 60 failed verifications in an hour, against 2 usually',
    );
    const week = seriesOf({ bucket: 'day', endAt: START + 169 * HOUR_MS, expected: 0.01 });
    expect(titleOf('failed_verifications', { series: week, people: 0 })).toBe(
      '60 failed verifications in 7 days, against hardly any usually',
    );
  });

  test('names the method that is out of order', () => {
    const explainedBy = [someExcess('method', [['mobile SMS', 40, 2]])];
    expect(titleOf('failed_verifications', { cause: 'broken_method', explainedBy })).toContain(
      ': looks like mobile SMS is out of order',
    );
  });

  test('says the reason of flows that were stopped', () => {
    const rules = fired('configuration_stops', [40]);
    const told = { series: [], rules, cause: 'policy_change' as const };
    expect(titleOf('configuration_stops', told, 'no_licence')).toBe(
      '40 flows stopped by configuration in a day, threshold 3 (User does not have a license): looks like a change of policy',
    );
  });

  test('says of a rule the largest value, the threshold, and for how many it fired', () => {
    const one = { series: [], rules: fired('one_address_many_people', [12]) };
    expect(titleOf('one_address_many_people', one)).toBe(
      '12 people without success from one address in a day, threshold 3',
    );
    const two = { series: [], rules: fired('one_address_many_people', [12, 8]) };
    expect(titleOf('one_address_many_people', two)).toBe(
      'Many people without success from each of 2 addresses, up to 12 in a day, threshold 3',
    );
  });

  test('says how many can no longer reset', () => {
    const told = { series: [], rules: fired('capability_lost', [1507]) };
    expect(titleOf('capability_lost', { ...told, cause: 'policy_change' })).toBe(
      '1,507 people can no longer reset their own password since the snapshot before, threshold 3: looks like a change of policy',
    );
  });

  test('is one sentence for every rule and cause, and names neither person nor address', () => {
    for (const rule of ALERT_RULES)
      for (const cause of CAUSES)
        for (const values of [[1], [3, 2]]) {
          const own = THRESHOLD_RULES.find((one) => one === rule);
          const told = { ...(own && { series: [], rules: fired(own, values) }), cause };
          const title = titleOf(rule, told, own === 'configuration_stops' ? 'no_licence' : '');
          expect(title).toMatch(/^[A-Z0-9]/);
          expect(title).toMatch(/\d/);
          expect(title).not.toMatch(/undefined|NaN|\. |\.$/);
          expect(title).not.toContain(PERSON);
          expect(title).not.toContain(ADDRESS);
        }
  });
});

describe('what to do next', () => {
  test('is one to five sentences for every rule and cause, none twice', () => {
    for (const rule of ALERT_RULES)
      for (const cause of CAUSES)
        for (const through of [[], [aThroughReset()]]) {
          const steps = nextSteps({ rule, cause, evidence: someEvidence({ through }) });
          expect(steps.length).toBeGreaterThan(0);
          expect(steps.length).toBeLessThanOrEqual(5);
          expect(new Set(steps).size).toBe(steps.length);
          for (const step of steps) expect(step).toMatch(/^[A-Z0-9].*[.?]$/);
        }
  });

  test('begins with the people whose reset went through', () => {
    const steps = nextSteps({
      ...{ rule: 'failed_verifications', cause: 'attack' },
      evidence: someEvidence({ through: [aThroughReset(), aThroughReset()] }),
    });
    expect(steps[0]).toMatch(/^2 resets went through: call these people on a number you know/);
  });

  test('names the method to try where one is out of order', () => {
    const explainedBy = [someExcess('method', [['mobile SMS', 40, 2]])];
    const evidence = someEvidence({ explainedBy });
    const steps = nextSteps({ rule: 'failed_verifications', cause: 'broken_method', evidence });
    expect(steps[0]).toContain('mobile SMS');
  });

  test('asks whoever can take a reason away to do so, after the change that came before', () => {
    const evidence = someEvidence({ series: [], rules: fired('configuration_stops', [40]) });
    const steps = nextSteps({ rule: 'configuration_stops', cause: 'policy_change', evidence });
    expect(steps[0]).toContain('audit log');
    expect(steps.join(' ')).toContain('licences');
  });
});

describe('the level of an alert', () => {
  const settings = SURVEILLANCE_DEFAULTS;
  const raising = [aThroughReset()];

  test('is one more where a reset raises it', () => {
    const by = (some: ThroughReset[]) => ({ cause: 'unclear' as const, raising: some, settings });
    expect(raisedLevel('watch', by(raising))).toBe('alert');
    expect(raisedLevel('critical', by(raising))).toBe('critical');
    expect(raisedLevel('watch', by([]))).toBe('watch');
  });

  test('is not raised by a reset where the rule is off', () => {
    const rhythm = { ...settings.rhythm, new_address_reset: { on: false } };
    const off = { cause: 'unclear' as const, raising, settings: { rhythm } };
    expect(raisedLevel('watch', off)).toBe('watch');
  });

  test.each(['policy_change', 'writeback'] as const)('is an alert at least of a %s', (cause) => {
    expect(raisedLevel('watch', { cause, raising: [], settings })).toBe('alert');
    expect(raisedLevel('critical', { cause, raising: [], settings })).toBe('critical');
  });
});

describe('a reset that raises an alert', () => {
  const address = '198.51.100.7';
  const told: Parameters<typeof raisingResets>[0] = {
    ...{ rule: 'failed_verifications', cause: 'unclear', through: [aThroughReset({ address })] },
    ...{ explaining: new Set([address]), shared: new Set([address]) },
  };

  test('came from an address that explains it, and that others failed from', () => {
    expect(raisingResets(told)).toHaveLength(1);
    expect(raisingResets({ ...told, explaining: new Set() })).toEqual([]);
    expect(raisingResets({ ...told, shared: new Set() })).toEqual([]);
    expect(raisingResets({ ...told, shared: new Set(), cause: 'attack' })).toHaveLength(1);
  });

  test('came from an address known to be new for the person', () => {
    for (const newAddress of [false, null]) {
      const through = [aThroughReset({ address, newAddress })];
      expect(raisingResets({ ...told, through })).toEqual([]);
    }
  });

  test('is any of a rule about resets, and none of a rule about something else', () => {
    const none = { ...told, explaining: new Set<string>(), shared: new Set<string>() };
    expect(raisingResets({ ...none, rule: 'admin_self_reset' })).toHaveLength(1);
    expect(raisingResets({ ...told, rule: 'configuration_stops' })).toEqual([]);
  });
});

test('resets that went through are told of where somebody may be in, not where a method is out of order', () => {
  const usual = aThroughReset({ newAddress: false });
  const fresh = aThroughReset({ newAddress: true });
  const through = [usual, fresh];
  const told = (rule: AlertRule, cause: Cause) => tellingResets({ rule, cause, through });

  expect(told('failed_verifications', 'broken_method')).toEqual([fresh]);
  expect(told('failed_verifications', 'attack')).toEqual(through);
  expect(told('admin_self_reset', 'unclear')).toEqual(through);
});

test('a series has a title, of whatever value', () => {
  expect(seriesTitle('failed')).toBe('Failed verifications');
  expect(seriesTitle('method:mobile SMS')).toBe('Failed verifications by method: mobile SMS');
  expect(seriesTitle('country:')).toBe('Failed verifications by country: not named');
  expect(seriesTitle('stop:no_licence')).toBe(
    'Flows stopped by configuration: User does not have a license',
  );
  expect(seriesTitle('stop:a new reason')).toContain('a new reason');
});
