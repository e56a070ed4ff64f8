import ipaddr from 'ipaddr.js';

/** All of IPv6 that is given out for public use; what lies outside can hide an inner IPv4 address, as ::127.0.0.1 does. */
const GLOBAL_IPV6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** What a host that an admin has listed as internal may have. Link-local is no part: cloud machines tell their credentials there. */
const INTERNAL = new Set(['private', 'uniqueLocal', 'carrierGradeNat', 'loopback']);

/**
 * Whether an IP address, as a resolver or a URL writes it, is a public one of a single machine. Not: private, loopback, link-local,
 * shared, documentation and multicast ranges, and every IPv6 range that carries an IPv4 address (mapped, NAT64, 6to4, Teredo).
 * False for what is no address.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = parse(address);
  if (parsed === null || parsed.range() !== 'unicast') return false;
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_IPV6);
}

/** Whether a host that is listed as internal may have this address: a public one, or one of private networks or of this machine. */
export function isInternalAddress(address: string): boolean {
  if (isPublicAddress(address)) return true;
  const parsed = parse(address);
  return parsed !== null && INTERNAL.has(parsed.range());
}

function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  return ipaddr.isValid(address) ? ipaddr.parse(address) : null;
}
