import { describe, expect, test } from 'vitest';
import type { ControlInput, ControlPeople } from '../../domain/controls/expectation.ts';
import { resetControl } from '../../domain/controls/reset-control.ts';
import { parseDay } from '../../domain/day.ts';
import { depthOf, reasonOf } from '../../domain/registration.ts';

const DAY = parseDay('2026-11-22');

function people(number: number, over: Partial<ControlPeople> = {}): ControlPeople {
  const flags = { admin: false, enabled: true, registered: true, capable: true };
  const state = { ...flags, methods: ['email', 'mobilePhone'], mfaCapable: true, userType: null };
  const whole = { ...state, ...over };
  return { ...whole, people: number, reason: reasonOf(whole), families: depthOf(whole) };
}

const one = (number: number, registered: boolean) =>
  people(number, { methods: ['email'], registered, capable: registered });

function judged(population: ControlPeople[], over: Partial<ControlInput> = {}) {
  const settings = {
    requiredMethods: 1 as const,
    smsVoiceEnd: parseDay('2027-02-01'),
    smsVoiceEndGlobalAdmins: parseDay('2027-07-01'),
    ownTelephony: false,
  };
  const control = resetControl({ day: DAY, population, settings, requiredTypedIn: false, ...over });
  const [enabled, two, registered] = control.expectations;
  if (!enabled || !two || !registered) throw new Error('Three expectations');
  return { control, enabled, two, registered, settings };
}

const typed = (required: 1 | 2): Partial<ControlInput> => ({
  requiredTypedIn: true,
  settings: { ...judged([]).settings, requiredMethods: required },
});

describe('the baseline control', () => {
  test('has its three expectations, met by a tenant in which everybody has two methods', () => {
    const { control } = judged([people(70), people(3, { admin: true })], typed(2));

    expect(control).toMatchObject({ id: 'ID-03', source: expect.stringContaining('TrueConfig') });
    expect(control.expectations.map(({ id, state, filters }) => [id, state, filters])).toEqual([
      ['enabled_for_all', 'pass', null],
      ['two_methods_required', 'pass', null],
      ['users_registered', 'pass', null],
    ]);
  });

  test('cannot be judged before the first snapshot', () => {
    const { control } = judged([], { day: null, ...{ requiredTypedIn: true } });

    for (const expectation of control.expectations)
      expect(expectation).toMatchObject({ state: 'cannot_be_seen', people: null, filters: null });
  });
});

describe('enabled for all users', () => {
  test('fails for a single person who is not, and lists that one', () => {
    const { enabled } = judged([people(70), people(1, { enabled: false, capable: false })]);

    expect(enabled).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('70 of 71 people who are not admins are enabled.'),
      people: { part: 70, whole: 71 },
      filters: { enabled: 'false', admin: 'false' },
    });
  });

  test('leaves admins out, and says so', () => {
    const { enabled } = judged([people(70), people(5, { admin: true, enabled: false })]);

    expect(enabled).toMatchObject({ state: 'pass', people: { part: 70, whole: 70 } });
    expect(enabled.evidence).toContain('Admins are not judged');
  });

  test('counts somebody of whom Graph does not say whether an admin', () => {
    const { enabled } = judged([people(2, { admin: null, enabled: false }), people(70)]);

    expect(enabled).toMatchObject({ state: 'fail', people: { part: 70, whole: 72 } });
  });

  test('cannot be seen where the flag is missing of somebody and false of nobody', () => {
    const missing = people(4, { enabled: null });

    expect(judged([people(70), missing]).enabled).toMatchObject({
      state: 'cannot_be_seen',
      evidence: expect.stringContaining('Of 4 the report does not say.'),
      filters: { enabled: 'false', admin: 'false' },
    });
    expect(judged([people(70), missing, people(1, { enabled: false })]).enabled.state).toBe('fail');
    expect(judged([]).enabled).toMatchObject({ state: 'cannot_be_seen', filters: null });
  });
});

describe('two methods required', () => {
  test('cannot be seen unless typed in, and names whom two would hit', () => {
    const { two } = judged([people(70), one(4, true)]);

    expect(two.state).toBe('cannot_be_seen');
    expect(two.evidence).toContain('nobody has typed it into Settings');
    expect(two.advice).toContain('With two required, 4 people who can reset today could not');
    expect(two.filters).toEqual({ atRisk: DAY, required: '2', admin: 'false' });
    expect(two.people).toBeNull();
  });

  test('fails where one is typed in', () => {
    const { two } = judged([people(70), one(3, true)], typed(1));

    expect(two).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('your policy requires one method'),
      advice: expect.stringMatching(/^Require two methods.* 3 people/),
    });
  });

  test('fails where most people with one method count as registered, typed in or not', () => {
    const population = [people(70), one(30, true), one(10, false)];

    const { two } = judged(population);
    const contradicted = judged(population, typed(2)).two;

    expect(two).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('30 of 40 people who have a single kind of reset method'),
      filters: { atRisk: DAY, required: '2', admin: 'false' },
    });
    expect(contradicted).toMatchObject({
      state: 'fail',
      advice: expect.stringContaining('do not fit together'),
      filters: { registered: 'true', families: '1', admin: 'false' },
    });
  });

  test('passes where two are typed in, though the data of the directory let a few through', () => {
    const { two } = judged([people(70), one(3, true), one(40, false)], typed(2));

    expect(two).toMatchObject({ state: 'pass', advice: null, filters: null });
    expect(two.evidence).toContain('3 of 43 people');
  });

  test('is not judged by admins, by few people, or by methods that nobody knows', () => {
    const population = [
      one(4, true),
      people(20, { methods: ['email'], admin: true }),
      people(20, { methods: ['email', 'teleport'] }),
    ];

    expect(judged(population, typed(2)).two.state).toBe('pass');
    expect(judged(population).two.state).toBe('cannot_be_seen');
  });
});

describe('users registered', () => {
  test('fails with how many and why, most first', () => {
    const without = (number: number, methods: string[]) =>
      people(number, { registered: false, capable: false, methods });
    const { registered } = judged([
      people(1070),
      without(5, []),
      without(20, ['passKeyDeviceBound']),
      without(7, ['email']),
    ]);

    expect(registered).toMatchObject({
      state: 'fail',
      people: { part: 1070, whole: 1102 },
      filters: { registered: 'false' },
    });
    expect(registered.evidence).toContain(
      '1,070 of 1,102 people of the population, admins among them, are registered. Of the others 20 have only methods that reset no password, 7 have too few methods, 5 have registered nothing.',
    );
    expect(registered.evidence).toContain('combined registration');
  });

  test('counts admins', () => {
    const { registered } = judged([people(70), people(2, { admin: true, registered: false })]);

    expect(registered).toMatchObject({ state: 'fail', people: { part: 70, whole: 72 } });
  });
});
