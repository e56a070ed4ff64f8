import { isIP } from 'node:net';

/** A host in one spelling: lower case, no dot at its end, no brackets, and addresses in full (2130706433 is 127.0.0.1). */
export function plainHost(host: string): string {
  const bare = host.trim().replace(/^\[(.*)\]$/, '$1');
  const url = /[/?#@\\\s]/.test(bare) ? null : URL.parse(`https://${bracketed(bare)}/`);
  const plain = (url?.hostname ?? bare).toLowerCase();
  return plain.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host);

/** A name in a network, also one without a dot. */
const NAME = /^[a-z\d_]([a-z\d_-]*[a-z\d])?(\.[a-z\d_]([a-z\d_-]*[a-z\d])?)*$/;

/** Whether `host`, as `plainHost` writes it, is an address or a name, with nothing before or after it. */
export function isHost(host: string): boolean {
  return isIP(host) !== 0 || (host.length <= 253 && NAME.test(host));
}
