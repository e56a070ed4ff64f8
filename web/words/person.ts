import { familyOf, methodLabel } from '../../domain/method.ts';
import type { Person } from '../../server/contract/people.ts';
import { FAMILY_LABEL } from './labels.ts';

type Named = Pick<Person, 'id' | 'name' | 'userPrincipalName'>;

/** What a person is called: name, else sign-in name, else object id. */
export const nameOf = ({ id, name, userPrincipalName }: Named) => name ?? userPrincipalName ?? id;

/** Registered methods in words; null: Graph did not say. */
export function methodsText(methods: readonly string[] | null): string {
  if (methods === null) return 'Not known';
  return methods.length === 0 ? 'None' : methods.map(methodLabel).join(', ');
}

/** The same short enough for a column: methods of one family, which count as one, are named once. */
export function methodsShort(methods: readonly string[] | null): string {
  if (methods === null || methods.length === 0) return methodsText(methods);
  const labels = methods.map((method) => {
    const family = familyOf(method);
    return family ? FAMILY_LABEL[family] : methodLabel(method);
  });
  return [...new Set(labels)].join(', ');
}

/** The first few names and how many more: `Ada Able, Ben Best and 3 more`. */
export function namesText(people: readonly Named[], most = 5): string {
  const shown = people.slice(0, most).map(nameOf).join(', ');
  const left = people.length - most;
  return left > 0 ? `${shown} and ${left} more` : shown;
}
