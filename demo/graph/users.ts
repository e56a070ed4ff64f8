import type { UserRecord } from '../graph-shapes.ts';
import type { Served, World } from '../world.ts';
import { badRequest, CANNOT_EXPAND } from './errors.ts';
import type { Answer, Question } from './list.ts';
import { listPage, selecting } from './list.ts';

/** What /users answers when nothing is selected; department and the like must be asked for. */
const USER_DEFAULT =
  'businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,preferredLanguage,surname,userPrincipalName,id';

const SIZE_PRESET = 100;
const SIZE_MAX = 999;
/** A page with sign-ins is smaller, whatever `$top` asks for. */
const SIZE_MAX_WITH_SIGN_INS = 500;

/** Of the manager only the id is served. */
const MANAGER = /^manager\(\$select=id\)$/;

/** A page of /users. Sign-ins and most fields must be selected, managers expanded. */
export function userPage(world: World, question: Question): Answer {
  const { query, place } = question;
  const top = query.get('$top');
  if (Number(top) > SIZE_MAX) {
    return badRequest(
      `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
    );
  }
  const expand = query.get('$expand');
  if (expand !== null && !MANAGER.test(expand)) return CANNOT_EXPAND;
  const select = query.get('$select') ?? USER_DEFAULT;
  const selected = selecting(select);
  const signIns = select.split(',').includes('signInActivity');
  const sizeMax = signIns ? SIZE_MAX_WITH_SIGN_INS : SIZE_MAX;
  return listPage(question, world.users(place.asOf), {
    ...{ name: 'users', sizeMax, preset: SIZE_PRESET },
    served: (user) => ({
      ...selected(signIns ? withSignIns(world, user, place.asOf) : user),
      ...(expand === null ? {} : managerOf(user)),
    }),
  });
}

function withSignIns(world: World, user: Served, now: number): Served {
  const signInActivity = world.signInActivity?.(user, now);
  return signInActivity ? { ...user, signInActivity } : user;
}

function managerOf(user: Served): { manager?: object } {
  const { manager } = user as Partial<UserRecord>;
  return manager ? { manager: { '@odata.type': '#microsoft.graph.user', ...manager } } : {};
}
