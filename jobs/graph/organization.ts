import { graphPath } from './graph-path.ts';
import { optionalText, type Parsed, parsedAs, requiredText } from './parsed.ts';
import { comparableId } from './text.ts';

/** The tenant itself, as far as we read it. */
export interface OrganizationRow {
  /** The tenant's id, GUID in lower case. */
  id: string;
  displayName: string | null;
}

/** A listing that always holds one organization. */
export function organizationPath(): string {
  return graphPath('/organization', { select: ['id', 'displayName'] });
}

/** The organization as a row, or why not. */
export function parseOrganization(record: unknown): Parsed<OrganizationRow> {
  return parsedAs(record, ({ id, displayName }) => ({
    id: comparableId(requiredText('id', id)),
    displayName: optionalText('displayName', displayName),
  }));
}
