import { describe, expect, test } from 'vitest';
import { companyTest, rangeComplaint } from '../../../db/company-addresses.ts';
import type { Evidence } from '../../../domain/surveillance/evidence.ts';
import { exclusionOf } from '../../../domain/surveillance/exclusion-of.ts';
import {
  isPartOf,
  type Matches,
  matchEpisodes,
} from '../../../domain/surveillance/match-episodes.ts';
import type { AlertRule } from '../../../domain/surveillance/rule-list.ts';

const stretch = (startedAt: number, lastAt: number, subject = '') => ({
  ...{ rule: 'failed_verifications' as const, subject, startedAt, lastAt, findings: [] },
});
const alert = (
  id: number,
  startedAt: number,
  lastAt: number,
  withdrawnAt: number | null = null,
) => ({
  ...{ id, withdrawnAt, ...stretch(startedAt, lastAt) },
});

describe('which alert an episode is', () => {
  test('is the one it overlaps, not one it only touches, nor one about something else', () => {
    const { pairs, left } = matchEpisodes(
      [stretch(10, 20), stretch(40, 50, 'other')],
      [alert(1, 0, 10), alert(2, 19, 30), alert(3, 40, 50)],
    );

    expect(pairs.map(({ alert: own }) => own?.id ?? null)).toEqual([2, null]);
    expect(left.map(({ id }) => id)).toEqual([1, 3]);
  });

  test('is the oldest of several, and a withdrawn one only where there is no other', () => {
    const stored = [alert(1, 0, 5, 99), alert(2, 4, 9), alert(3, 8, 12)];

    expect(matchEpisodes([stretch(0, 12)], stored).pairs[0]?.alert?.id).toBe(2);
    expect(matchEpisodes([stretch(0, 3)], stored).pairs[0]?.alert?.id).toBe(1);
  });

  test('goes to the earliest of several episodes', () => {
    const { pairs } = matchEpisodes([stretch(6, 9), stretch(0, 3)], [alert(1, 0, 9)]);

    expect(pairs.map(({ episode, alert: own }) => [episode.startedAt, own?.id ?? null])).toEqual([
      [0, 1],
      [6, null],
    ]);
  });
});

describe('an alert of another rule', () => {
  const found = (rule: AlertRule, startAt: number, endAt: number, subject = '') => ({
    ...{ rule, startAt, endAt, subject },
  });
  const attack = {
    ...{ rule: 'failed_verifications' as const, subject: '', startedAt: 0, lastAt: 20 },
    findings: [found('failed_verifications', 0, 20), found('blocked_attempts', 3, 9)],
  };
  const of = (rule: AlertRule, id: number, startedAt: number, lastAt: number, subject = '') => ({
    ...{ rule, id, startedAt, lastAt, subject, withdrawnAt: null },
  });
  const idsOf = ({ pairs, left }: Matches<{ id: number }, unknown>) => [
    pairs.map((pair) => pair.alert?.id ?? null),
    left.map(({ id }) => id),
  ];

  test('is taken over by the episode that its findings are part of now, the oldest first', () => {
    const blocked = [of('blocked_attempts', 2, 5, 9), of('blocked_attempts', 1, 3, 4)];
    const apart = of('blocked_attempts', 3, 12, 20);

    expect(idsOf(matchEpisodes([attack], blocked))).toEqual([[1], [2]]);
    expect(idsOf(matchEpisodes([attack], [apart]))).toEqual([[null], [3]]);
    expect(blocked.every((one) => isPartOf(one, attack))).toBe(true);
    expect(isPartOf(apart, attack)).toBe(false);
  });

  test('is left where there is one of the same rule', () => {
    const stored = [of('blocked_attempts', 1, 3, 9), of('failed_verifications', 2, 0, 5)];

    expect(idsOf(matchEpisodes([attack], stored))).toEqual([[2], [1]]);
  });

  test('is of the reason that stopped, where it is about stops', () => {
    const stop = found('configuration_stops', 0, 9, 'A');
    const both = { ...attack, findings: [...attack.findings, stop] };

    expect(idsOf(matchEpisodes([both], [of('configuration_stops', 1, 0, 9, 'B')]))[0]).toEqual([
      null,
    ]);
    expect(idsOf(matchEpisodes([both], [of('configuration_stops', 1, 0, 9, 'A')]))[0]).toEqual([1]);
  });

  test('is taken back when only what was a part of it is left', () => {
    const rules = [{ rule: 'blocked_attempts', subject: null }];
    const stored = { ...of('failed_verifications', 1, 0, 20), evidence: { rules } };
    const left = { ...attack, rule: 'blocked_attempts' as const, startedAt: 3, lastAt: 9 };

    expect(matchEpisodes([left], [stored]).pairs[0]?.alert?.id).toBe(1);
  });

  test('longer overlaps go first, whatever the order', () => {
    const late = { ...attack, startedAt: 6, findings: [] };
    const early = { ...attack, lastAt: 4, findings: [] };
    const one = of('failed_verifications', 1, 2, 20);
    for (const episodes of [
      [early, late],
      [late, early],
    ])
      expect(idsOf(matchEpisodes(episodes, [one]))).toEqual([[null, 1], []]);
  });
});

/** Explained by `addresses`, of `values` in all. */
function evidenceOf(addresses: (string | null)[], values = addresses.length) {
  const part = { observed: 5, expected: 0, isNew: true, pWithout: null };
  const parts = addresses.map((value) => ({ value, ...part }));
  const explainedBy: Evidence['explainedBy'] = [{ by: 'address', parts, values, covered: 1 }];
  return { rule: 'failed_verifications' as const, evidence: { rules: [], explainedBy } };
}

const quiet = (id: number, subject: string | null, rule: 'admin_resets' | null = null) => ({
  ...{ id, rule, subject, subjectKind: subject === null ? null : ('address' as const) },
});

describe('an exclusion of alerts', () => {
  test('keeps quiet what stands on its subject alone, or on its and those of others', () => {
    expect(exclusionOf(evidenceOf(['a']), [quiet(1, 'a')])?.id).toBe(1);
    expect(exclusionOf(evidenceOf(['a', 'b']), [quiet(1, 'a')])).toBeNull();
    expect(exclusionOf(evidenceOf(['a', 'b']), [quiet(2, 'b'), quiet(1, 'a')])?.id).toBe(1);
  });

  test('keeps nothing quiet of which a part is not known', () => {
    expect(exclusionOf(evidenceOf(['a', null]), [quiet(1, 'a')])).toBeNull();
    expect(exclusionOf(evidenceOf(['a'], 51), [quiet(1, 'a')])).toBeNull();
    expect(exclusionOf(evidenceOf([]), [quiet(1, 'a')])).toBeNull();
  });

  test('holds for its rule alone', () => {
    expect(exclusionOf(evidenceOf(['a']), [quiet(1, 'a', 'admin_resets')])).toBeNull();
    expect(exclusionOf(evidenceOf(['a']), [quiet(1, null, 'admin_resets')])).toBeNull();
    expect(exclusionOf(evidenceOf(['a']), [quiet(1, null)])?.id).toBe(1);
  });
});

describe('address ranges of the company', () => {
  test('hold addresses of both kinds, also an IPv4 address written as IPv6', () => {
    const isCompany = companyTest(['192.0.2.0/24', '2001:db8::/32', '198.51.100.7']);

    for (const address of ['192.0.2.9', '::ffff:192.0.2.9', '2001:DB8::5', '198.51.100.7'])
      expect([address, isCompany(address)]).toEqual([address, true]);
    for (const address of ['192.0.3.9', '2001:db9::5', '198.51.100.8', 'nonsense', ''])
      expect([address, isCompany(address)]).toEqual([address, false]);
    expect(companyTest([])('192.0.2.9')).toBe(false);
  });

  test('that cannot be read are complained of', () => {
    for (const bad of ['10.1', '192.0.2.0/33', '2001:db8::/200', 'office', '', '192.0.2.256', '/8'])
      expect([bad, rangeComplaint(bad)]).toEqual([bad, expect.stringContaining('neither')]);
    for (const good of ['10.0.0.0/8', ' 192.0.2.1 ', '2001:db8::1'])
      expect([good, rangeComplaint(good)]).toEqual([good, null]);
  });
});
