import type { Chance } from './chance.ts';
import type { Known } from './nasty-people.ts';
import type { recordMaker } from './nasty-records.ts';
import type { Raw } from './raw.ts';

const DAY = 86_400_000;
const ACTIVITY = 'Reset password (by admin)';

export const AUTOMATION_ACCOUNT = 'Script.Runner@larkfield.example';

export interface ResetTools {
  random: Chance;
  make: ReturnType<typeof recordMaker>;
  now: number;
  known: readonly Known[];
  users: Raw[];
  desk: Known;
}

function initiator(random: Chance, userPrincipalName: string): Known {
  return { id: random.guid(), displayName: '', userPrincipalName };
}

/** Admin resets of every kind, first passwords at the edges, and two mass resets, one of them one short. */
export function nastyResets(tools: ResetTools): Raw[] {
  return [...ofAllKinds(tools), ...firstPasswords(tools), ...massResets(tools)];
}

function ofAllKinds({ random, make, now, known, desk }: ResetTools): Raw[] {
  const at = () => now - random.below(30 * DAY);
  const base = (target: Known) => ({
    at: at(),
    activity: ACTIVITY,
    target,
    correlation: random.guid(),
  });
  return Array.from({ length: 6 }, () => random.shuffled(known)).flatMap(
    ([a, b, c, d, e, f, g, h, i, j]) => {
      const people = [a, b, c, d, e, f, g, h, i, j].filter((one) => one !== undefined);
      const [first = desk, second = desk, third = desk, ...more] = people;
      const sync = `Sync_DC01_${random.below(99)}@larkfield.example`;
      return [
        make({ ...base(first), initiator: desk }),
        make({ ...base(second), initiator: second }),
        make({ ...base(third), initiator: initiator(random, sync) }),
        make({
          ...base(more[0] ?? desk),
          initiator: initiator(random, 'ADToAADSyncServiceAccount@x.example'),
        }),
        make({
          ...base(more[1] ?? desk),
          initiator: initiator(random, 'fim_password_service@support.example'),
        }),
        make({
          ...base(more[2] ?? desk),
          initiator: initiator(random, AUTOMATION_ACCOUNT.toLowerCase()),
        }),
        make({ ...base(more[3] ?? desk), initiator: null }),
        make({ ...base(more[4] ?? desk), initiator: { ...desk, id: '' } }),
        make({ ...base(more[5] ?? desk), initiator: desk, result: 'failure' }),
        make({ ...base(more[5] ?? desk), app: { appId: random.guid(), displayName: 'Robot' } }),
        make({
          ...base(more[6] ?? desk),
          initiator: desk,
          activity: 'Change password (self-service)',
        }),
        make({
          ...base(more[6] ?? desk),
          initiator: desk,
          activity: 'Something new about passwords',
        }),
      ];
    },
  );
}

/** People made for this: created so that the reset falls just inside, at, and just outside 24 h. */
function firstPasswords({ random, make, now, users, desk }: ResetTools): Raw[] {
  return [-1, 0, 1].map((off, index) => {
    const id = random.guid();
    const target = {
      id,
      displayName: `New ${index}`,
      userPrincipalName: `new${index}@larkfield.example`,
    };
    const at = now - 10 * DAY + index * 7_000;
    users.push({
      ...target,
      userType: 'Member',
      createdDateTime: new Date(at - DAY - off).toISOString(),
    });
    return make({ at, activity: ACTIVITY, target, initiator: desk, correlation: random.guid() });
  });
}

function massResets({ random, make, now, desk }: ResetTools): Raw[] {
  const burst = (start: number, people: number, lastAfter: number): Raw[] =>
    Array.from({ length: people }, (_, index) => {
      const id = random.guid();
      const target = {
        id,
        displayName: 'Moved',
        userPrincipalName: `moved${id}@larkfield.example`,
      };
      const at = index === people - 1 ? start + lastAfter : start + index * 60_000;
      return make({ at, activity: ACTIVITY, target, initiator: desk, correlation: random.guid() });
    });
  return [
    ...burst(now - 20 * DAY, 32, DAY),
    ...burst(now - 16 * DAY, 24, DAY),
    ...burst(now - 12 * DAY, 32, DAY + 1),
  ];
}
