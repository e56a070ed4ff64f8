import type { Chance } from './chance.ts';
import type { NastyTenant } from './nasty-tenant.ts';
import { guidOf, type Raw } from './raw.ts';

/** Names that a CSV file, a spreadsheet or a careless search trips over. */
const HARD_NAMES = [
  '=HYPERLINK("http://x.example")',
  '+49 1, "two"',
  '-dash',
  '@at',
  'two\nlines',
  'two\r\nlines, "quoted"',
  '\ttab first',
  "'apostrophe",
  '"quoted"',
  ' blank first',
  'ends in blank ',
  'comma, semi; colon',
  'ss SS ß ẞ',
  '%_\\%',
  '𝒵 beyond',
  'Ångström',
  'Ångström',
];

/** The tenant with hard names, managers of every kind and sign-ins. */
export function withLinks(random: Chance, tenant: NastyTenant): NastyTenant {
  const ids = tenant.users.map(({ id }) => String(id));
  const managers = [...random.shuffled(ids).slice(0, 6), random.guid()];
  const names = new Map(
    random.shuffled(ids).map((id, index) => [guidOf(id), HARD_NAMES[index]] as const),
  );
  const renamed = (row: Raw, field: string): Raw => {
    const name = names.get(guidOf(row.id));
    return name === undefined || row[field] === null ? row : { ...row, [field]: name };
  };
  return {
    ...tenant,
    users: tenant.users.map((user) => ({
      ...renamed(user, 'displayName'),
      ...(random.is(0.7) ? { manager: { id: random.one(managers) } } : {}),
      ...(random.is(0.6) ? { signInActivity: activity(random) } : {}),
    })),
    report: tenant.report.map((row) => renamed(row, 'userDisplayName')),
  };
}

function activity(random: Chance): Raw {
  const instant = () =>
    random.is(0.3)
      ? null
      : new Date(Date.UTC(2025, random.below(12), 1 + random.below(28), random.below(24)))
          .toISOString()
          .replace('.000Z', 'Z');
  return {
    lastSignInDateTime: instant(),
    lastSignInRequestId: null,
    lastNonInteractiveSignInDateTime: instant(),
    lastNonInteractiveSignInRequestId: null,
    lastSuccessfulSignInDateTime: instant(),
    lastSuccessfulSignInRequestId: null,
  };
}
