import { createTransport } from 'nodemailer';
import { NO_MAIL_SERVER } from '../../domain/alerting/channel.ts';
import type { MailConfig } from '../config/mail.ts';
import { mailText } from './mail-text.ts';
import { headline } from './notice.ts';
import { SendFailure, sendFailure } from './send-failure.ts';
import type { Outgoing, Sender } from './sender.ts';

/** A whole mail, from the connection to the server's last word. */
const MAIL_WITHIN_MS = 20_000;

/** How long the server may take to close its side after ours; then the connection is destroyed. */
const CLOSE_WITHIN_MS = 200;

export interface MailRules {
  /** Null: no mail server is set up. */
  mail: MailConfig | null;
  /** Certificates to trust besides those of the system; for tests. */
  ca?: string;
  /** Name that the certificate is made out for; the host's where it is left out. For tests. */
  servername?: string;
  /** Shorter in tests. */
  withinMs?: number;
}

/**
 * Sends plain text, one mail to all addresses of the channel. It is sent when the mail server has taken it. Its connection is closed when
 * that is over, one way or the other, or given up.
 */
export function mailSender({ mail, ca, servername, withinMs = MAIL_WITHIN_MS }: MailRules): Sender {
  return async ({ notice, body, signal }: Outgoing) => {
    if (mail === null) throw new SendFailure(NO_MAIL_SERVER, { permanent: true });
    const to = body.to ?? [];
    const deadline = AbortSignal.timeout(withinMs);
    const transport = createTransport({
      host: mail.host,
      port: mail.port,
      secure: mail.secure,
      requireTLS: mail.requireTls,
      ignoreTLS: !mail.secure && !mail.requireTls,
      ...(mail.user === null ? {} : { auth: { user: mail.user, pass: mail.password ?? '' } }),
      ...(ca === undefined
        ? {}
        : { tls: { ca, ...(servername === undefined ? {} : { servername }) } }),
      connectionTimeout: withinMs,
      greetingTimeout: withinMs,
      socketTimeout: withinMs,
      socketCloseTimeout: CLOSE_WITHIN_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const mailing = {
      from: { name: 'deflectometer', address: mail.from },
      to: to.map((address) => ({ name: '', address })),
      subject: headline(notice),
      text: mailText(notice),
      messageId: `<${notice.id}@${mail.from.slice(mail.from.lastIndexOf('@') + 1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal: AbortSignal.any([deadline, signal]),
    };
    try {
      const { rejected } = await transport.sendMail(mailing);
      return rejected.length === 0
        ? null
        : `The mail server refused ${rejected.length} of ${to.length} addresses.`;
    } catch (error) {
      signal.throwIfAborted();
      throw mailFailure(deadline.aborted ? deadline.reason : error);
    }
  };
}

/** By the status of the answer: 5xx is for good, 4xx for now. What the server said beside it is not kept. */
function mailFailure(error: unknown): SendFailure {
  const { responseCode: status, code } = error as { responseCode?: number; code?: string };
  if (status === undefined || status < 400) return sendFailure(error);
  const what = code === 'EAUTH' ? 'did not let us sign in' : 'refused the mail';
  return new SendFailure(`The mail server ${what} (${status}).`, { permanent: status >= 500 });
}
