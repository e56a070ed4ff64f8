import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { plainHost } from './plain-host.ts';
import { type AddressRules, isInternalHost, refuseAddress, safeLookup } from './safe-lookup.ts';
import { ANSWER_WITHIN_MS } from './safe-post.ts';
import { SendFailure, sendFailure } from './send-failure.ts';
import type { Sender } from './sender.ts';
import { framed, syslogMessage } from './syslog-message.ts';

export interface SyslogRules extends AddressRules {
  /** This machine's name, for the header of the message. */
  hostname: string;
  /** Certificates to trust besides those of the system; for tests. */
  ca?: string;
  /** Shorter in tests. */
  withinMs?: number;
}

export const PLAIN_TCP =
  'Syslog over plain TCP is sent to hosts named in ALERT_INTERNAL_HOSTS only; use TLS for others.';

/** How long the receiver may take to close its side after ours: nothing more is to be learned then. */
const CLOSE_WITHIN_MS = 1_000;

/**
 * Sends one message over a connection of its own: TLS (RFC 5425), or plain TCP (RFC 6587) to listed hosts. Syslog acknowledges nothing: sent
 * means that the connection took all of it and was not reset while it closed.
 */
export function syslogSender(rules: SyslogRules): Sender {
  return async ({ notice, body: { host: given = '', port = 6514, transport = 'tls' }, signal }) => {
    const host = plainHost(given);
    if (transport === 'tcp' && !isInternalHost(host, rules))
      throw new SendFailure(PLAIN_TCP, { permanent: true });
    refuseAddress(host, rules);
    const deadline = AbortSignal.timeout(rules.withinMs ?? ANSWER_WITHIN_MS);
    const stop = AbortSignal.any([deadline, signal]);
    const target = { host, port, lookup: safeLookup(rules) };
    const socket =
      transport === 'tcp'
        ? connectTcp(target)
        : connectTls({
            ...target,
            servername: isIP(host) === 0 ? host : '',
            ...(rules.ca === undefined ? {} : { ca: rules.ca }),
          });
    const connected = transport === 'tcp' ? 'connect' : 'secureConnect';
    try {
      await written(socket, connected, framed(syslogMessage(notice, rules.hostname)), stop);
      return null;
    } catch (error) {
      signal.throwIfAborted();
      throw sendFailure(deadline.aborted ? deadline.reason : error);
    } finally {
      socket.destroy();
    }
  };
}

function written(
  socket: Socket,
  connected: 'connect' | 'secureConnect',
  frame: Buffer,
  stop: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let taken = false;
    socket.on('error', reject);
    stop.addEventListener('abort', () => reject(stop.reason), { once: true });
    socket.once('close', () =>
      taken
        ? resolve()
        : reject(new SendFailure('The connection broke before the receiver took it.')),
    );
    socket.once(connected, () => {
      socket.resume(); // nothing is read: the other side's end would else not be seen
      socket.end(frame, () => {
        taken = true;
        setTimeout(resolve, CLOSE_WITHIN_MS).unref();
      });
    });
  });
}
