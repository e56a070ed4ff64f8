import ipaddr from 'ipaddr.js';

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** The widest range that is taken for a company's: all of 10.0.0.0/8, but not the whole internet. */
const WIDEST = { ipv4: 8, ipv6: 16 };

/**
 * What is wrong with an entry of the company's address ranges, in a sentence; null: nothing. An entry is a range (CIDR)
 * of /8 (IPv6: /16) at most or a single address.
 */
export function rangeComplaint(entry: string): string | null {
  const range = rangeOf(entry);
  if (!range) return `“${entry}” is neither an address nor a range such as 192.0.2.0/24`;
  const [base, bits] = range;
  return bits < WIDEST[base.kind()]
    ? `“${entry}” is too wide: at most /${WIDEST.ipv4} of IPv4 or /${WIDEST.ipv6} of IPv6 can be of one company`
    : null;
}

/** Whether a text is one IP address, IPv4 in four parts. */
export const isSingleAddress = (text: string): boolean =>
  !text.includes('/') && rangeOf(text) !== null;

/** Whether an address lies in one of the ranges; false where either of them cannot be read. */
export function companyTest(ranges: readonly string[]): (address: string) => boolean {
  const parsed = ranges.map(rangeOf).filter((range) => range !== null);
  return (address) => {
    if (parsed.length === 0 || !ipaddr.isValid(address.trim())) return false;
    const own = ipaddr.process(address.trim()); // an IPv4 address written as IPv6 is that IPv4 address
    return parsed.some(([base, bits]) => own.kind() === base.kind() && own.match(base, bits));
  };
}

/** IPv4 is taken in four parts only: `10.1` means something else to everybody. */
function rangeOf(entry: string): Range | null {
  const text = entry.trim();
  const [address = '', bits] = text.split('/');
  const isFull = address.includes(':') ? ipaddr.IPv6.isValid(address) : FOUR_PARTS.test(address);
  if (!isFull || !ipaddr.isValid(address)) return null;
  if (bits !== undefined) return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : null;
  const own = ipaddr.process(address);
  return [own, own.kind() === 'ipv4' ? 32 : 128];
}

const FOUR_PARTS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
