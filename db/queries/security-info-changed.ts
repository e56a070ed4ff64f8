import { type SQL, sql } from 'drizzle-orm';
import {
  AROUND,
  SECURITY_INFO_CHANGES,
  SECURITY_INFO_SERVICE,
} from '../../domain/surveillance/rules/security-info-change.ts';

const CHANGES = sql.join(
  SECURITY_INFO_CHANGES.map((activity) => sql`${activity}`),
  sql`, `,
);

/** `isSecurityInfoChange` of the domain as a condition on rows of `audit_record`, by the name they have in the query. */
export function securityInfoChanged(name: string): SQL {
  const plain = (column: string) =>
    sql`ltrim(rtrim(lower(${sql.identifier(name)}.${sql.identifier(column)}), ${AROUND}), ${AROUND})`;
  return sql`${sql.identifier(name)}.result = 'success'
    and ${plain('service')} = ${SECURITY_INFO_SERVICE} and ${plain('activity')} in (${CHANGES})`;
}
