import type { PriorityFeatures } from './features.ts';
import { type OwnRateScale, ownCallShare, ownNeedRate } from './own-rate.ts';

/** One thing that raises or lowers how many calls are expected of a person. */
export interface Weight {
  feature: string;
  /** What the factor multiplies, for people. */
  meaning: string;
  /** Stated factor on the expected calls: judgement, see `why`. Fitting starts from it. */
  factor: number;
  why: string;
  /** Whether it can be known as of a past day, so that history can correct the factor. */
  fitted: boolean;
  /** Value of the feature: 1 or 0, or the natural logarithm of a ratio; null: unknown. */
  value: (features: PriorityFeatures, scale: OwnRateScale) => number | null;
}

const flag = (value: boolean | null) => (value === null ? null : Number(value));

/** Of people whose log was not read, their needs are unknown, not none. */
const observed = ({ observedDays }: PriorityFeatures, value: () => number) =>
  observedDays === 0 ? null : value();

/** For ratios, `factor` is what twice the usual ratio multiplies the expected calls by. */
export const RATIO_STEP = 2;

/** Every weight with its stated factor. Stated factors are judgement: no published study gives them. */
export const WEIGHTS: readonly Weight[] = [
  {
    feature: 'capable',
    meaning: 'could reset the password alone',
    factor: 0.25,
    why: 'most people who can help themselves do, some call all the same',
    fitted: true,
    value: ({ capable }) => flag(capable),
  },
  {
    feature: 'first_30_days',
    meaning: 'account in its first 30 days',
    factor: 1.8,
    why: 'new passwords are forgotten more easily, and little is set up yet',
    fitted: true,
    value: ({ tenure }) => (tenure === null ? null : Number(tenure === 'first_30_days')),
  },
  {
    feature: 'first_90_days',
    meaning: 'account in its first 31 to 90 days',
    factor: 1.3,
    why: 'the same, wearing off',
    fitted: true,
    value: ({ tenure }) => (tenure === null ? null : Number(tenure === 'first_90_days')),
  },
  {
    feature: 'own_need_rate',
    meaning: 'twice as many needs in the last 12 months as usual, after shrinkage',
    factor: 2,
    why: 'shrinkage has taken chance out already, so twice the rate is twice the calls',
    fitted: true,
    value: (features, scale) => observed(features, () => Math.log(ownNeedRate(features, scale))),
  },
  {
    feature: 'own_call_share',
    meaning: 'needs ended in a call twice as often as usual, after shrinkage',
    factor: 1.25,
    why: 'a habit of calling lasts, but capability tells most of it',
    fitted: true,
    value: (features, scale) => observed(features, () => Math.log(ownCallShare(features, scale))),
  },
  {
    feature: 'need_lately',
    meaning: 'a need in the last 14 days',
    factor: 1.2,
    why: 'who has just chosen a new password forgets it more easily',
    fitted: true,
    value: ({ needLately }) => flag(needLately),
  },
  {
    feature: 'trouble',
    meaning: 'a self-service flow in the last 90 days that brought no new password',
    factor: 1.2,
    why: 'who failed alone may call straight away next time',
    fitted: true,
    value: ({ trouble }) => flag(trouble),
  },
  {
    feature: 'password_expires',
    meaning: 'password expires in the next 90 days (judgement, not fitted)',
    factor: 1.3,
    why: 'a forced change is an occasion to forget',
    fitted: false,
    value: ({ passwordExpires }) => flag(passwordExpires),
  },
  {
    feature: 'dormant',
    meaning: 'no sign-in for 90 days (judgement, not fitted)',
    factor: 0.3,
    why: 'who does not sign in needs no password; some come back and have forgotten it',
    fitted: false,
    value: ({ dormant }) => flag(dormant),
  },
];

const RATIOS: ReadonlySet<string> = new Set(['own_need_rate', 'own_call_share']);

/** The weight on the scale of logarithms: what a factor adds per unit of the feature's value. */
export function logWeight(feature: string, factor: number): number {
  return RATIOS.has(feature) ? Math.log(factor) / Math.log(RATIO_STEP) : Math.log(factor);
}

/** The factor that people see: the reverse of `logWeight`. */
export function factorOf(feature: string, weight: number): number {
  return Math.exp(RATIOS.has(feature) ? weight * Math.log(RATIO_STEP) : weight);
}
