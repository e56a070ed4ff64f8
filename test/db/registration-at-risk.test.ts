import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../db/queries/at-risk-segments.ts';
import { registrationAtRisk } from '../../db/queries/registration-at-risk.ts';
import { registrationSettings } from '../../db/queries/registration-settings.ts';
import { changeSettings, settingDefaults } from '../../db/store/settings.ts';
import { atRiskRule } from '../../domain/at-risk.ts';
import { type Day, dayCount, parseDay } from '../../domain/day.ts';
import { type CollectedHistory, collectedHistory } from '../build/collected-history.ts';
import type { CopiedPerson } from '../build/registration-days.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const DIMENSIONS: Dimension[] = ['department', 'country', 'office', 'company', 'admin'];
const END = parseDay('2027-02-01');
const GLOBAL_END = parseDay('2027-07-01');

const defaults = settingDefaults({ timeZone: 'UTC' });
const settings = {
  requiredMethods: 1 as 1 | 2,
  smsVoiceEnd: END,
  smsVoiceEndGlobalAdmins: GLOBAL_END,
  ownTelephony: false,
  globalAdministrators: [] as string[],
};

const dimensionOf = (one: CopiedPerson, by: Dimension): string | null => {
  if (by === 'admin') return String(one.row.state.admin === true);
  if (by === 'company') return 'Contoso';
  return by === 'office' ? null : one[by];
};

/** By the last full copy, person by person. */
function expected(
  { model }: CollectedHistory,
  input: { date: Day; required?: number; without?: string[]; settings: typeof settings },
) {
  const copy = model.copies.at(-1);
  if (!copy) throw new Error('Nothing was collected');
  const rule = atRiskRule(input);
  const listed = new Set(input.settings.globalAdministrators.map((one) => one.toLowerCase()));
  const verdict = ({ row }: CopiedPerson) => {
    const names = [row.id, row.userPrincipalName ?? ''];
    const global = names.some((name) => listed.has(name.toLowerCase()));
    return rule.judge(row.state, global);
  };
  const members = model.population(copy);
  const capable = members.filter(({ row }) => row.state.capable === true);
  const atRisk = members.filter((one) => verdict(one) === 'at_risk');
  const guests = [...copy.people.values()].filter(
    ({ row }) => row.state.userType === 'guest' && !model.isLeftOut(row.id, copy.day),
  );
  const segments = (by: Dimension) =>
    [...Map.groupBy(members, (one) => dimensionOf(one, by))].map(([value, group]) => ({
      value,
      population: group.length,
      capable: group.filter((one) => capable.includes(one)).length,
      people: group.filter((one) => atRisk.includes(one)).length,
    }));
  return {
    atRisk,
    segments,
    answer: {
      day: copy.day,
      date: input.date,
      coverageNow: { part: capable.length, whole: members.length },
      coverageThen: { part: capable.length - atRisk.length, whole: members.length },
      people: atRisk.length,
      unexplained: members.filter((one) => verdict(one) === 'unexplained').length,
      admins: atRisk.filter(({ row }) => row.state.admin === true).length,
      guests: guests.filter((one) => verdict(one) === 'at_risk').length,
      daysLeft: dayCount(copy.day, input.date) - 1,
      gone: [...rule.goneFor(false)],
      requiredNow: rule.requiredNow,
      requiredThen: rule.requiredThen,
    },
  };
}

type Input = Parameters<typeof expected>[1];

const two = { ...settings, requiredMethods: 2 as const };
const listed = {
  ...settings,
  // By object id, by name in other case, somebody twice, and nobody.
  globalAdministrators: [
    ...Array.from({ length: 20 }, (_, n) => (n % 2 ? `P${n}@X` : `person-${n}`)),
    'p2@x',
    'nobody@x',
    'p',
  ],
};

const INPUTS: [string, Input][] = [
  ['on the day SMS and voice end', { date: END, settings }],
  ['a day before', { date: parseDay('2027-01-31'), settings }],
  ['with an own telephony', { date: END, settings: { ...settings, ownTelephony: true } }],
  ['with two asked', { date: END, settings: two }],
  ['with two asked from then on', { date: END, required: 2, settings }],
  ['with one asked from then on', { date: END, required: 1, settings: two }],
  ['without email', { date: END, without: ['email', 'teleport'], settings }],
  ['long ago', { date: parseDay('2020-01-01'), without: ['email'], settings }],
  ['with Global Administrators', { date: END, settings: listed }],
  ['with Global Administrators, two asked', { date: END, required: 2, settings: listed }],
  ['on their later day', { date: GLOBAL_END, settings: listed }],
];

describe.each(ENGINES)('who falls out of capability, on %s', (_, emptyStore) => {
  test('the figures are those of judging everybody', async () => {
    const history = await collectedHistory(await emptyStore(), {
      seed: 31,
      snapshots: 8,
      people: 200,
    });
    const { store, lease } = history;
    const check = async () => {
      let [people, otherwise] = [0, 0];
      for (const [name, input] of INPUTS) {
        const { answer, segments, atRisk } = expected(history, input);
        const found = await registrationAtRisk(store, { tenantId: 1, ...input });
        expect(found, name).toEqual({ ...answer, segments: null });
        people += atRisk.length;
        const plain = expected(history, { ...input, settings });
        if (plain.answer.people !== answer.people) otherwise += 1;
        for (const by of DIMENSIONS) {
          const split = await registrationAtRisk(store, { tenantId: 1, ...input, by });
          const sorted = <Row extends { value: string | null }>(rows: Row[]) =>
            rows.toSorted((a, b) => (`${a.value}` < `${b.value}` ? -1 : 1));
          expect(sorted(split.segments ?? []), `${name} by ${by}`).toEqual(sorted(segments(by)));
          const counts = split.segments?.map((one) => one.people) ?? [];
          expect(counts).toEqual(counts.toSorted((a, b) => b - a));
        }
      }
      expect(people).toBeGreaterThan(20);
      expect(otherwise).toBeGreaterThan(3);
    };
    await check();

    // As a database that was upgraded: what states there are is not counted yet.
    await lease.tx(async (db) => {
      await db.delete(store.t.registrationStateCount);
    });
    await check();
  });

  test('before the first snapshot every count is 0', async () => {
    const store = await emptyStore();
    await tenantOn(store);
    const nobody = { part: 0, whole: 0 };

    const answer = await registrationAtRisk(store, {
      tenantId: 1,
      date: END,
      settings,
      by: 'admin',
    });

    expect(answer).toEqual({
      day: null,
      date: END,
      coverageNow: nobody,
      coverageThen: nobody,
      people: 0,
      unexplained: 0,
      admins: 0,
      guests: 0,
      daysLeft: null,
      gone: ['mobilePhone', 'alternateMobilePhone', 'officePhone'],
      requiredNow: 1,
      requiredThen: 1,
      segments: [],
    });
  });

  test('the settings say how many methods, what ends when, and who is listed', async () => {
    const store = await emptyStore();
    await tenantOn(store);
    expect(await registrationSettings(store, 1, defaults)).toEqual(settings);

    const changes = {
      required_methods: '2',
      sms_voice_end: '2027-03-01',
      sms_voice_end_global_admins: '2027-08-01',
      own_telephony: 'true',
      global_administrators: 'ada@x\n\n Bob@X ',
    };
    await changeSettings(store, 1, changes, 0);

    expect(await registrationSettings(store, 1, defaults)).toEqual({
      requiredMethods: 2,
      smsVoiceEnd: '2027-03-01',
      smsVoiceEndGlobalAdmins: '2027-08-01',
      ownTelephony: true,
      globalAdministrators: ['ada@x', 'Bob@X'],
    });
  });
});
