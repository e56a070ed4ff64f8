import { atRiskRule } from '../at-risk.ts';
import { isKnownMethod } from '../method.ts';
import type { Share } from '../share.ts';
import type { ControlInput, ControlPeople, Expectation } from './expectation.ts';
import { inWords, ofWhole, peopleIn, tally } from './tally.ts';

/** So few people with one family say nothing about the policy. */
const OBSERVED_LEAST = 5;

/**
 * No interface exposes how many methods the policy asks for. What is typed in is held against what is seen: if two
 * were required, nobody with one family of reset methods would count as registered, but for some whose data the
 * directory holds. If more than half of them do, one is enough.
 */
export function twoRequired(input: ControlInput): Expectation {
  const { settings, requiredTypedIn } = input;
  const one = oneFamily(input.population);
  const oneIsEnough = one.whole >= OBSERVED_LEAST && one.part * 2 > one.whole;
  const typed = requiredTypedIn ? settings.requiredMethods : null;
  const state = typed === 1 || oneIsEnough ? 'fail' : typed === 2 ? 'pass' : 'cannot_be_seen';
  return {
    id: 'two_methods_required',
    title: 'At least two authentication methods are required for a reset',
    state,
    evidence: [TYPED[typed ?? 0], ...observed(one, oneIsEnough)].join(' '),
    people: null,
    ...consequence(input, { state, contradicts: typed === 2 && oneIsEnough }),
  };
}

const TYPED = {
  0: 'No interface of Microsoft’s exposes how many methods your policy requires, and nobody has typed it into Settings.',
  1: 'Settings say that your policy requires one method.',
  2: 'Settings say that your policy requires two methods.',
};

/** People who are not admins, with exactly one family and no method that nobody knows; part: registered. */
function oneFamily(population: readonly ControlPeople[]): Share {
  const single = population.filter(
    ({ admin, families, methods }) =>
      admin !== true && families === 1 && methods?.every(isKnownMethod),
  );
  return tally(single, 'registered').share;
}

function observed(one: Share, oneIsEnough: boolean): string[] {
  if (one.whole === 0) return [];
  const seen = `${ofWhole(one)} people who have a single kind of reset method count as registered`;
  if (oneIsEnough) return [`${seen}: one is enough.`];
  return [one.whole >= OBSERVED_LEAST ? `${seen}, as where two are required.` : `${seen}.`];
}

/** What to do about it, and whom it would hit. */
function consequence(
  { day, population, settings }: ControlInput,
  { state, contradicts }: { state: Expectation['state']; contradicts: boolean },
): Pick<Expectation, 'advice' | 'filters'> {
  if (state === 'pass' || day === null) return { advice: null, filters: null };
  if (contradicts)
    return {
      advice:
        'Compare the setting “Methods required to reset” with Entra, under Password reset, Authentication methods: they do not fit together.',
      filters: { registered: 'true', families: '1', admin: 'false' },
    };
  const asIfOne = { ...settings, requiredMethods: 1 as const };
  const rule = atRiskRule({ date: day, required: 2, settings: asIfOne });
  const hit = peopleIn(
    population.filter((one) => one.admin !== true && rule.judge(one, false) === 'at_risk'),
  );
  const what =
    state === 'fail'
      ? 'Require two methods in Entra, under Password reset, Authentication methods.'
      : 'Look it up in Entra, under Password reset, Authentication methods, and type it into Settings.';
  const whom =
    hit === 0
      ? 'Nobody who can reset today would fall out by two.'
      : `With two required, ${inWords(hit)} people who can reset today could not until they register another.`;
  const filters = { atRisk: day, required: '2', admin: 'false' };
  return { advice: `${what} ${whom}`, filters: hit === 0 ? null : filters };
}
