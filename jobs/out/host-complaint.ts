import { isHost, plainHost } from './plain-host.ts';
import { isInternalHost, refuseAddress } from './safe-lookup.ts';
import { SendFailure } from './send-failure.ts';
import { PLAIN_TCP } from './syslog-sender.ts';

/**
 * What speaks against sending to a host, as far as it can be told without asking anybody; null: nothing. To what a name resolves is
 * checked when something is sent.
 */
export function hostComplaint(
  host: string,
  { internalHosts, plainTcp = false }: { internalHosts: readonly string[]; plainTcp?: boolean },
): string | null {
  if (!isHost(plainHost(host))) return 'It is neither the name of a host nor an address.';
  if (plainTcp && !isInternalHost(host, { internalHosts })) return PLAIN_TCP;
  try {
    refuseAddress(host, { internalHosts });
    return null;
  } catch (error) {
    if (error instanceof SendFailure) return error.message;
    throw error;
  }
}
