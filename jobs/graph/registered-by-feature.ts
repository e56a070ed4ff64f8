import {
  type Fields,
  fieldsOf,
  optionalList,
  optionalNumber,
  type Parsed,
  parsedAs,
  refusal,
  requiredText,
} from './parsed.ts';

/** Graph's own totals, to hold against ours. */
export interface FeatureTotals {
  /** All users of the kind asked for. */
  total: number;
  /** `ssprEnabled`, `ssprRegistered`, `ssprCapable`, `mfaCapable`; null where Graph does not say. */
  enabled: number | null;
  registered: number | null;
  capable: number | null;
  mfaCapable: number | null;
}

export type IncludedUserTypes = 'all' | 'member' | 'guest';

/** Both parameters or none: Graph has no overload between. */
export function registeredByFeaturePath(userTypes: IncludedUserTypes): string {
  return `/reports/authenticationMethods/usersRegisteredByFeature(includedUserTypes='${userTypes}',includedUserRoles='all')`;
}

/** The answer, one object, as totals, or why not. */
export function parseRegisteredByFeature(body: unknown): Parsed<FeatureTotals> {
  return parsedAs(body, (summary) => {
    const total = optionalNumber('totalUserCount', summary.totalUserCount);
    if (total === null) throw refusal('totalUserCount', 'missing');
    const counts = featureCounts(summary);
    return {
      total,
      enabled: counts.get('ssprEnabled') ?? null,
      registered: counts.get('ssprRegistered') ?? null,
      capable: counts.get('ssprCapable') ?? null,
      mfaCapable: counts.get('mfaCapable') ?? null,
    };
  });
}

function featureCounts({ userRegistrationFeatureCounts: counts }: Fields) {
  const list = optionalList('userRegistrationFeatureCounts', counts) ?? [];
  return new Map(
    list.map((entry) => {
      const { feature, userCount } = fieldsOf('userRegistrationFeatureCounts', entry);
      return [requiredText('feature', feature), optionalNumber('userCount', userCount)];
    }),
  );
}
