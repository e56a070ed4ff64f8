import type { PeopleClass, ReconciliationResponse } from '../../server/contract/registration.ts';

type Classes = NonNullable<ReconciliationResponse['classes']>;
type Counted = Exclude<keyof Classes[number], 'class'>;

/** One line of the reconciliation: ours, what is added back, Microsoft's figure. */
export interface Line {
  name: string;
  population: number;
  excluded: number;
  guests: number;
  other: number;
  /** Records that could not be read. Nobody knows their flags, so only the line of people adds them. */
  setAside: number;
  ours: number;
  /** Null: Graph gave none. */
  graph: number | null;
  /** Ours less Graph's; null without Graph's. */
  difference: number | null;
}

/** Graph's feature, our column, its name for people. */
const LINES: { feature: string | null; column: Counted; name: string }[] = [
  { feature: null, column: 'people', name: 'People in the report' },
  { feature: 'ssprEnabled', column: 'enabled', name: 'Enabled for reset' },
  { feature: 'ssprRegistered', column: 'registered', name: 'Registered for reset' },
  { feature: 'ssprCapable', column: 'capable', name: 'Capable of reset' },
  { feature: 'mfaCapable', column: 'mfaCapable', name: 'Capable of multi-factor sign-in' },
];

/** Our totals beside Graph's for all user types, line by line; null: there is no snapshot. */
export function reconciliation(answer: ReconciliationResponse): Line[] | null {
  const { classes, graph, rejected } = answer;
  if (classes === null) return null;
  const theirs = graph?.find(({ userTypes }) => userTypes === 'all') ?? null;
  return LINES.map(({ feature, column, name }) => {
    const of = (...names: PeopleClass[]) => sumOf(classes, names, column);
    const setAside = column === 'people' ? (rejected ?? 0) : 0;
    const parts = {
      population: of('member', 'unknown_type'),
      excluded: of('excluded'),
      guests: of('guest'),
      other: of('other'),
      setAside,
    };
    const ours = Object.values(parts).reduce((sum, part) => sum + part, 0);
    const figure = theirs && graphFigure(theirs, feature);
    return {
      name,
      ...parts,
      ours,
      graph: figure,
      difference: figure === null ? null : ours - figure,
    };
  });
}

/** What the lines say together, for a title. */
export function reconciliationFinding(lines: readonly Line[]): string {
  const compared = lines.filter(({ difference }) => difference !== null);
  if (compared.length === 0) return "Microsoft's own totals were not read with this snapshot";
  const differing = compared.filter(({ difference }) => difference !== 0).length;
  if (differing === 0) return `All ${compared.length} totals agree with Microsoft's own`;
  const verb = differing === 1 ? 'differs' : 'differ';
  return `${differing} of ${compared.length} totals ${verb} from Microsoft's own`;
}

function sumOf(classes: Classes, names: readonly PeopleClass[], column: Counted): number {
  return classes
    .filter((row) => names.includes(row.class))
    .reduce((sum, row) => sum + row[column], 0);
}

function graphFigure(
  { totalUserCount, features }: NonNullable<ReconciliationResponse['graph']>[number],
  feature: string | null,
): number | null {
  if (feature === null) return totalUserCount;
  return features.find((row) => row.feature === feature)?.userCount ?? null;
}
