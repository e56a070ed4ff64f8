import { graphPath } from './graph-path.ts';
import { optionalFlag, optionalNumber, type Parsed, parsedAs, requiredText } from './parsed.ts';

/** One domain of the tenant, as far as we read it. */
export interface DomainRow {
  /** The domain's name. */
  id: string;
  /** Days after which a password expires; 2147483647 means never, null that Graph does not say. */
  passwordValidityDays: number | null;
  isDefault: boolean | null;
  isVerified: boolean | null;
}

/** All domains of the tenant. */
export function domainsPath(): string {
  return graphPath('/domains');
}

/** A domain as a row, or why not. */
export function parseDomain(record: unknown): Parsed<DomainRow> {
  return parsedAs(record, (domain) => ({
    id: requiredText('id', domain.id),
    passwordValidityDays: optionalNumber(
      'passwordValidityPeriodInDays',
      domain.passwordValidityPeriodInDays,
    ),
    isDefault: optionalFlag('isDefault', domain.isDefault),
    isVerified: optionalFlag('isVerified', domain.isVerified),
  }));
}
