import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { plainHost } from './plain-host.ts';
import { isInternalAddress, isPublicAddress } from './public-address.ts';
import { SendFailure } from './send-failure.ts';

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** Which addresses may be connected to. */
export interface AddressRules {
  /** Hosts of ALERT_INTERNAL_HOSTS, as `plainHost` writes them: these alone may be inside the company. */
  internalHosts: readonly string[];
  /** Every address of a name; tests hand in others than the system's. */
  resolve?: (host: string) => Promise<ResolvedAddress[]>;
}

const REFUSED =
  'The address of the receiver is not a public one. Hosts inside the company have to be named in ALERT_INTERNAL_HOSTS.';
const NEVER =
  'The address of the receiver is not a public one. Link-local, multicast and reserved addresses are never allowed.';

export function isInternalHost(host: string, { internalHosts }: AddressRules): boolean {
  return internalHosts.includes(plainHost(host));
}

/**
 * Refuses a host that is an address, in whatever spelling, and may not be connected to: for addresses nobody is asked, so `safeLookup`
 * does not see them. SendFailure, permanent.
 */
export function refuseAddress(host: string, rules: AddressRules): void {
  const plain = plainHost(host);
  if (isIP(plain) !== 0) check(plain, plain, rules);
}

/**
 * What `net.connect`, `tls.connect` and undici ask for the addresses of a name. It asks once; when one of the addresses may not be connected
 * to, none is (SendFailure, permanent). The connection is made to what was checked, so a name server that changes its answer in between
 * changes nothing.
 */
export function safeLookup(rules: AddressRules): LookupFunction {
  const resolve = rules.resolve ?? ((host: string) => lookup(host, { all: true }));
  return (host, { all }, callback) => {
    resolve(host)
      .then((found) => {
        if (found.length === 0)
          throw new SendFailure('The name of the receiver cannot be resolved.');
        for (const { address } of found) check(host, address, rules);
        return found;
      })
      .then(
        (found) => {
          const [first] = found;
          if (all || !first) callback(null, found);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
  };
}

function check(host: string, address: string, rules: AddressRules): void {
  const allowed = isInternalHost(host, rules)
    ? isInternalAddress(address)
    : isPublicAddress(address);
  if (allowed) return;
  const complaint = isInternalAddress(address) ? REFUSED : NEVER;
  throw new SendFailure(complaint, { permanent: true });
}
