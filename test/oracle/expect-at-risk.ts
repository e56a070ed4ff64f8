import { expect } from 'vitest';
import { type OracleAtRisk, type OracleEnds, PHONES, riskOf } from './at-risk.ts';
import type { Chance } from './chance.ts';
import type { Chronicle } from './chronicle.ts';
import type { Lab } from './lab.ts';
import {
  DIMENSIONS,
  dimensionOf,
  type OracleDimension,
  type OraclePerson,
} from './registration.ts';

const DATES = ['2026-11-01', '2027-01-31', '2027-02-01', '2027-06-30', '2027-07-01', '2030-01-01'];
const WITHOUT = [
  [],
  ['email'],
  ['mobilePhone', 'alternateMobilePhone'],
  ['microsoftAuthenticatorPush', 'microsoftAuthenticatorPasswordless', 'softwareOneTimePasscode'],
  ['securityQuestion', 'hardwareOneTimePasscode', 'email'],
  ['notAMethod', 'fido2SecurityKey'],
];

interface Asked extends OracleAtRisk {
  by?: OracleDimension;
}

/** Every date with every number of methods, each with some methods dropped and one dimension. */
export async function expectRisks(
  { ask }: Pick<Lab, 'ask'>,
  chronicle: Chronicle,
  { random, ends }: { random: Chance; ends: OracleEnds },
) {
  for (const date of DATES)
    for (const required of [undefined, 1, 2] as const) {
      const asked: Asked = {
        date,
        without: random.one(WITHOUT),
        by: random.one(DIMENSIONS),
        ...(required && { required }),
      };
      const path = pathOf(asked);
      const { gone, segments, ...answer } = (await ask(path)) as RiskAnswer;
      const expected = expectedRisk(chronicle, asked, ends);
      expect.soft(answer, path).toEqual(expected.answer);
      expect.soft(gone.toSorted(), `gone ${path}`).toEqual(expected.gone);
      // A value all of whose people are excluded may be told, or not.
      const bySegment = (all: Segment[]) =>
        new Map(all.filter((one) => one.population > 0).map((one) => [one.value, one]));
      expect.soft(bySegment(segments), `by ${path}`).toEqual(bySegment(expected.segments));
      const counts = segments.map(({ people }) => people);
      expect.soft(counts, 'most at risk first').toEqual(counts.toSorted((a, b) => b - a));
    }
}

interface Segment {
  value: string | null;
  population: number;
  capable: number;
  people: number;
}

interface RiskAnswer {
  gone: string[];
  segments: Segment[];
}

function pathOf({ date, required, without = [], by }: Asked): string {
  const parameters = [
    `date=${date}`,
    ...(required ? [`required=${required}`] : []),
    ...(without.length > 0 ? [`without=${without.join(',')}`] : []),
    ...(by ? [`by=${by}`] : []),
  ];
  return `/registration/at-risk?${parameters.join('&')}`;
}

function expectedRisk(chronicle: Chronicle, asked: Asked, ends: OracleEnds) {
  const last = chronicle.snapshots.at(-1);
  if (!last) throw new RangeError('No snapshot');
  const population = [...chronicle.populationOf(last).values()];
  const guests = [...last.people.values()].filter(
    ({ id, class: kind }) => kind === 'guest' && !chronicle.isExcluded(id, last.day),
  );
  const judged = (people: OraclePerson[], verdict: string) =>
    people.filter((person) => riskOf(person, asked, ends) === verdict);
  const atRisk = judged(population, 'at_risk');
  const capable = population.filter((person) => person.capable === true).length;
  const groups = Map.groupBy(population, (person) => dimensionOf(person, asked.by ?? 'admin'));
  const phones = !ends.ownTelephony && asked.date >= ends.smsVoiceEnd ? PHONES : [];
  return {
    answer: {
      day: last.day,
      date: asked.date,
      coverageNow: { part: capable, whole: population.length },
      coverageThen: { part: capable - atRisk.length, whole: population.length },
      people: atRisk.length,
      unexplained: judged(population, 'unexplained').length,
      admins: atRisk.filter(({ admin }) => admin === true).length,
      guests: judged(guests, 'at_risk').length,
      daysLeft: (Date.parse(asked.date) - Date.parse(last.day)) / 86_400_000,
      requiredNow: ends.requiredMethods,
      requiredThen: asked.required ?? ends.requiredMethods,
    },
    gone: [...new Set([...phones, ...(asked.without ?? [])])].toSorted(),
    segments: [...groups].map(([value, people]) => ({
      value,
      population: people.length,
      capable: people.filter((person) => person.capable === true).length,
      people: judged(people, 'at_risk').length,
    })),
  };
}
