import type { Chance } from './chance.ts';
import { nastyPeople } from './nasty-people.ts';
import type { NastyTenant } from './nasty-tenant.ts';
import { guidOf, type Raw } from './raw.ts';

/** A tenant that goes on living; everybody stands in its report once. */
export interface Living {
  tenant: NastyTenant;
  /** Rows of people who left the report. */
  gone: Raw[];
}

export function living(tenant: NastyTenant): Living {
  // Two rows of one person would be shaken apart.
  const report = [...new Map(tenant.report.map((row) => [guidOf(row.id), row])).values()];
  return { tenant: { ...tenant, report, audits: [] }, gone: [] };
}

/** Some change, leave, come back, join, are renamed, moved, or become guests. */
export function evolve(random: Chance, { tenant, gone }: Living, now: number): void {
  const [left, stayed] = parted(tenant.report, () => random.is(0.03));
  const [back, away] = parted(gone, () => random.is(0.3));
  gone.splice(0, gone.length, ...away, ...left);
  const young = nastyPeople(random, 4, now);
  const created = (user: Raw) => ({
    ...user,
    createdDateTime: new Date(now - random.below(72) * 3_600_000).toISOString(),
  });
  const renamed = new Map(
    tenant.users
      .filter(() => random.is(0.02))
      .map(({ id }) => [guidOf(id), random.one(['Renamed 7', 'weiss', 'Plain Jane'])] as const),
  );
  const named = (row: Raw, field: string): Raw => {
    const name = renamed.get(guidOf(row.id));
    return name === undefined ? row : { ...row, [field]: name };
  };
  tenant.report = [...stayed, ...back, ...young.report].map((row) =>
    changed(random, named(row, 'userDisplayName')),
  );
  gone.splice(0, gone.length, ...gone.map((row) => named(row, 'userDisplayName')));
  tenant.users = [...tenant.users, ...young.users.map(created)].map((user) =>
    moved(random, named(user, 'displayName')),
  );
}

function parted<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  const groups = Map.groupBy(all, isFirst);
  return [groups.get(true) ?? [], groups.get(false) ?? []];
}

function changed(random: Chance, row: Raw): Raw {
  let next = row;
  const userType = random.one(['member', 'guest', 'alien', null]);
  // One spelling of the same type for another is a new state to the product, and none to a reader.
  const isOther = userType !== (String(row.userType ?? '').toLowerCase() || null);
  if (isOther && random.is(0.013)) next = { ...next, userType };
  if (random.is(0.01)) next = { ...next, isAdmin: random.one([true, false, null]) };
  if (random.is(0.88)) return next;
  const [isSsprRegistered, isSsprEnabled] = [random.is(0.7), random.is(0.8)];
  const methodsRegistered = random.one([
    [],
    ['email'],
    ['mobilePhone', 'email'],
    ['securityQuestion'],
    ['newMethod'],
    null,
  ]);
  const isSsprCapable = isSsprRegistered && isSsprEnabled;
  return { ...next, isSsprRegistered, isSsprEnabled, isSsprCapable, methodsRegistered };
}

function moved(random: Chance, user: Raw): Raw {
  if (random.is(0.94)) return user;
  return { ...user, department: random.one(['Moved', 'Sales', 'Ärzte', null, ' ', "O'Dept"]) };
}
