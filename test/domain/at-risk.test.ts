import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AtRiskInput, type AtRiskSettings, atRiskRule, PHONES } from '../../domain/at-risk.ts';
import { parseDay } from '../../domain/day.ts';
import { families } from '../../domain/method.ts';
import type { RegistrationState } from '../../domain/registration.ts';

const END = parseDay('2027-02-01');
const GLOBAL_END = parseDay('2027-07-01');
const BEFORE = parseDay('2027-01-31');
const BETWEEN = parseDay('2027-06-30');

type Judged = Pick<RegistrationState, 'admin' | 'capable' | 'methods'>;

const settings = (over: Partial<AtRiskSettings> = {}): AtRiskSettings => ({
  requiredMethods: 1,
  smsVoiceEnd: END,
  smsVoiceEndGlobalAdmins: GLOBAL_END,
  ownTelephony: false,
  ...over,
});

const person = (methods: string[] | null, over: Partial<Judged> = {}): Judged => ({
  admin: false,
  capable: true,
  methods,
  ...over,
});

const APP = 'microsoftAuthenticatorPush';
const TWO = { requiredMethods: 2 } as const;

type Case = [
  what: string,
  who: Judged,
  input: Partial<Omit<AtRiskInput, 'settings'>> & Partial<AtRiskSettings> & { global?: boolean },
  verdict: 'at_risk' | 'unexplained' | null,
];

const ADMIN = { admin: true };

const CASES: Case[] = [
  ['only a mobile phone, on the day it ends', person(['mobilePhone']), {}, 'at_risk'],
  ['only a mobile phone, the day before', person(['mobilePhone']), { date: BEFORE }, null],
  ['only an alternate mobile phone', person(['alternateMobilePhone']), {}, 'at_risk'],
  ['only an office phone', person(['officePhone']), {}, 'at_risk'],
  ['all three phones', person([...PHONES]), {}, 'at_risk'],
  ['a phone and an app', person(['mobilePhone', APP]), {}, null],
  ['a phone and a passkey, which resets nothing', person(['mobilePhone', 'fido2']), {}, 'at_risk'],
  ['a phone and a method nobody knows', person(['mobilePhone', 'teleport']), {}, 'at_risk'],
  ['no phone', person(['email']), {}, null],
  ['a phone, and a telephony of our own', person(['mobilePhone']), { ownTelephony: true }, null],
  [
    'a phone named as gone, though telephony is our own',
    person(['mobilePhone']),
    { ownTelephony: true, without: ['mobilePhone'] },
    'at_risk',
  ],
  ['not capable', person(['mobilePhone'], { capable: false }), {}, null],
  ['capability unknown', person(['mobilePhone'], { capable: null }), {}, null],

  ['two asked: a phone and an app', person(['mobilePhone', APP]), TWO, 'at_risk'],
  ['two asked: a phone, an app and an address', person(['mobilePhone', APP, 'email']), TWO, null],
  ['two asked: too few already', person(['mobilePhone']), TWO, 'unexplained'],
  [
    'two asked: an app shows as two methods and is one',
    person([APP, 'softwareOneTimePasscode']),
    TWO,
    'unexplained',
  ],
  [
    'two asked: two phones are one family',
    person(['mobilePhone', 'alternateMobilePhone']),
    TWO,
    'unexplained',
  ],
  [
    'two asked: a mobile and an office phone',
    person(['mobilePhone', 'officePhone']),
    TWO,
    'at_risk',
  ],

  ['two asked from then on', person(['email']), { required: 2, date: BEFORE }, 'at_risk'],
  ['two from then on, two there', person(['email', APP]), { required: 2, date: BEFORE }, null],
  [
    'two from then on, one of them a phone',
    person(['email', 'mobilePhone']),
    { required: 2 },
    'at_risk',
  ],
  ['one asked from then on, two now', person(['mobilePhone', APP]), { ...TWO, required: 1 }, null],
  [
    'one from then on, two now: too few already',
    person(['email']),
    { ...TWO, required: 1 },
    'unexplained',
  ],

  ['email named as gone', person(['email']), { without: ['email'], date: BEFORE }, 'at_risk'],
  [
    'email named as gone, and an app',
    person(['email', APP]),
    { without: ['email'], date: BEFORE },
    null,
  ],
  [
    'one spelling of the app is gone, another stays',
    person([APP, 'softwareOneTimePasscode']),
    { without: [APP], date: BEFORE },
    null,
  ],
  [
    'something named that nobody has',
    person(['email']),
    { without: ['teleport'], date: BEFORE },
    null,
  ],

  ['directory data: capable without a method', person([]), {}, 'unexplained'],
  ['methods that reset nothing', person(['fido2']), {}, 'unexplained'],
  ['methods unknown', person(null), {}, 'unexplained'],
  ['methods unknown and not capable', person(null, { capable: false }), {}, null],

  ['an admin with a phone and an app', person(['mobilePhone', APP], ADMIN), {}, 'at_risk'],
  ['an admin, a day before', person(['mobilePhone', APP], ADMIN), { date: BEFORE }, null],
  ['an admin with an app and an address', person(['email', APP], ADMIN), {}, null],
  ['an admin with one method', person(['mobilePhone'], ADMIN), {}, 'unexplained'],
  [
    'an admin whose questions do not count',
    person(['mobilePhone', 'securityQuestion'], ADMIN),
    {},
    'unexplained',
  ],
  [
    'an admin left with an app and questions',
    person(['mobilePhone', APP, 'securityQuestion'], ADMIN),
    {},
    'at_risk',
  ],
  ['somebody else left with questions', person(['mobilePhone', 'securityQuestion']), {}, null],
  [
    'questions named as gone',
    person(['securityQuestion']),
    { without: ['securityQuestion'] },
    'at_risk',
  ],
  ['an admin if others need one', person(['email', APP], ADMIN), { ...TWO, required: 1 }, null],
  [
    'an admin with one, if others need one then',
    person(['mobilePhone', APP], ADMIN),
    { ...TWO, required: 1 },
    'at_risk',
  ],
  ['admin unknown counts as no admin', person(['mobilePhone', APP], { admin: null }), {}, null],

  [
    'a Global Administrator on the first day',
    person(['mobilePhone', APP], ADMIN),
    { global: true },
    null,
  ],
  [
    'a Global Administrator between the days',
    person(['mobilePhone', APP], ADMIN),
    { global: true, date: BETWEEN },
    null,
  ],
  [
    'a Global Administrator on the later day',
    person(['mobilePhone', APP], ADMIN),
    { global: true, date: GLOBAL_END },
    'at_risk',
  ],
  [
    'a Global Administrator without a method that is named',
    person(['email', APP], ADMIN),
    { global: true, without: ['email'], date: BEFORE },
    'at_risk',
  ],
  [
    'a Global Administrator whom the report does not call an admin',
    person(['mobilePhone']),
    { global: true, date: BETWEEN },
    null,
  ],
];

function ruleOf(input: Case[2]) {
  const { date = END, required, without, global: _, ...over } = input;
  return atRiskRule({ date, required, without, settings: settings(over) });
}

describe('who falls out on a date', () => {
  test.each(CASES)('%s', (_, who, input, verdict) => {
    expect(ruleOf(input).judge(who, input.global ?? false)).toBe(verdict);
  });

  test('the rule tells what is gone and how many are asked', () => {
    const rule = ruleOf({ without: ['email'], required: 2 });

    expect([...rule.goneFor(false)]).toEqual([...PHONES, 'email']);
    expect([...rule.goneFor(true)]).toEqual(['email']);
    expect([rule.requiredNow, rule.requiredThen]).toEqual([1, 2]);
    expect(ruleOf(TWO).requiredThen).toBe(2);
  });
});

const METHODS = [...PHONES, 'email', 'securityQuestion', APP, 'hardwareOneTimePasscode', 'fido2'];

const anyInput = fc.record({
  date: fc.constantFrom(BEFORE, END, BETWEEN, GLOBAL_END),
  required: fc.constantFrom(undefined, 1, 2),
  without: fc.constantFrom(undefined, ['email'], ['mobilePhone', APP]),
  settings: fc
    .record({ requiredMethods: fc.constantFrom<1 | 2>(1, 2), ownTelephony: fc.boolean() })
    .map(settings),
});

const anyPerson = fc.record({
  admin: fc.constantFrom(true, false, null),
  capable: fc.constantFrom(true, false, null),
  methods: fc.oneof(fc.constant(null), fc.subarray(METHODS)),
});

test('only a capable person with enough today and too few then is at risk, whoever it is', () => {
  fc.assert(
    fc.property(anyInput, anyPerson, fc.boolean(), (input, who, global) => {
      const rule = atRiskRule(input);
      const admin = who.admin === true;
      const depth = (methods: string[] | null) => families(methods ?? [], { admin }).size;
      const left = (who.methods ?? []).filter((method) => !rule.goneFor(global).has(method));
      const now = admin ? 2 : rule.requiredNow;
      const then = admin ? 2 : rule.requiredThen;
      const enough = depth(who.methods) >= now;
      const expected =
        who.capable !== true
          ? null
          : !enough
            ? 'unexplained'
            : depth(left) < then
              ? 'at_risk'
              : null;
      expect(rule.judge(who, global)).toBe(expected);
    }),
  );
});

test('the later the date, the more people are at risk, and nobody is explained or not by the date', () => {
  fc.assert(
    fc.property(anyInput, anyPerson, fc.boolean(), (input, who, global) => {
      const early = atRiskRule({ ...input, date: BEFORE }).judge(who, global);
      const late = atRiskRule({ ...input, date: GLOBAL_END }).judge(who, global);
      if (early === 'at_risk') expect(late).toBe('at_risk');
      expect(early === 'unexplained').toBe(late === 'unexplained');
    }),
  );
});
