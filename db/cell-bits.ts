import { sql } from 'drizzle-orm';
import type { Reason } from '../domain/registration.ts';
import type { SQL } from './store-types.ts';

/**
 * The number of a `person_cell`: `person_segment.id` * 1024 + these bits. A filter by
 * kind, reason and flags is then one comparison with a mask, in an index that ends with the number.
 */
export const CELL_BITS = 1024;

/** How the last published snapshot counts people, by bits. */
export const KINDS = ['member', 'guest', 'other'] as const;
export type Kind = (typeof KINDS)[number];

const REASONS: readonly Reason[] = [
  'capable',
  'unknown',
  'not_enabled',
  'nothing_registered',
  'methods_not_accepted',
  'too_few_methods',
];

/** What a cell says beside department and country. */
export const ATTRIBUTES = [
  'kind',
  'reason',
  'admin',
  'enabled',
  'registered',
  'capable',
  'excluded',
] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

interface Field {
  /** The value that stands for 1 in its lowest bit. */
  unit: number;
  /** All of its bits. */
  mask: number;
  /** Values by their number. */
  values: readonly string[];
}

const flag = (unit: number): Field => ({ unit, mask: unit, values: ['false', 'true'] });

/** Where each attribute lies in the bits. A flag Graph did not send is not set. */
export const CELL_FIELDS: Record<Attribute, Field> = {
  kind: { unit: 256, mask: 0b11_00000000, values: KINDS },
  reason: { unit: 32, mask: 0b111_00000, values: REASONS },
  admin: flag(16),
  enabled: flag(8),
  registered: flag(4),
  capable: flag(2),
  excluded: flag(1),
};

/** The bits that stand for a value. Throws a RangeError for one that the attribute does not have. */
export function bitsOf(attribute: Attribute, value: string): number {
  const { unit, values } = CELL_FIELDS[attribute];
  const at = values.indexOf(value);
  if (at === -1) throw new RangeError(`${attribute} is never ${value}`);
  return at * unit;
}

/** The value that the bits of a cell hold; flags as `true` and `false`. */
export function valueIn(attribute: Attribute, bits: number): string {
  const { unit, mask, values } = CELL_FIELDS[attribute];
  return values[(bits & mask) / unit] as string;
}

/** SQL of `person.kind` for a state's `user_class`: the population is member, unknown type among them. */
export const KIND_OF_STATE = sql`case when state.user_class in ('member', 'unknown_type') then 'member' else state.user_class end`;

/** SQL of the bits of somebody with a kind, joined with a `registration_state` named `state`. */
export function bitsSql(kind: SQL, excluded: SQL): SQL {
  const chosen = (attribute: Attribute, column: SQL) =>
    sql`case ${column} ${sql.join(
      CELL_FIELDS[attribute].values.map(
        (value, i) =>
          sql`when ${sql.raw(`'${value}'`)} then ${sql.raw(String(i * CELL_FIELDS[attribute].unit))}`,
      ),
      sql` `,
    )} end`;
  const set = (attribute: Attribute, column: SQL) =>
    sql`case when ${column} then ${sql.raw(String(CELL_FIELDS[attribute].unit))} else 0 end`;
  return sql`(${sql.join(
    [
      chosen('kind', kind),
      chosen('reason', sql`state.reason`),
      set('admin', sql`state.admin`),
      set('enabled', sql`state.enabled`),
      set('registered', sql`state.registered`),
      set('capable', sql`state.capable`),
      set('excluded', excluded),
    ],
    sql` + `,
  )})`;
}
