import { z } from 'zod';
import type { VariableTexts } from './variables.ts';

/** The mail server that alerts are sent through. */
export interface MailConfig {
  host: string;
  port: number;
  /** TLS from the first byte (smtps). */
  secure: boolean;
  /** Nothing is sent, and nobody signs in, before STARTTLS. Not asked of a server on this machine. */
  requireTls: boolean;
  /** Null: nobody signs in. */
  user: string | null;
  password: string | null;
  /** Sender of the mails: an address alone. */
  from: string;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const PORTS = { 'smtps:': 465, 'smtp:': 587 } as const;

/** SMTP_URL and MAIL_FROM as they were set; null: no mail server. To be asked after `mailComplaints` found nothing. */
export function mailConfig({ SMTP_URL: text, MAIL_FROM: from }: VariableTexts): MailConfig | null {
  const url = text === undefined ? null : smtpUrl(text);
  if (!url || from === undefined) return null;
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? PORTS[secure ? 'smtps:' : 'smtp:'] : Number(url.port),
    secure,
    requireTls: !secure && !LOOPBACK.test(url.hostname),
    user: url.username === '' ? null : decodeURIComponent(url.username),
    password: url.password === '' ? null : decodeURIComponent(url.password),
    from,
  };
}

/** What is wrong with them, never with a value. */
export function mailComplaints({ SMTP_URL: text, MAIL_FROM: from }: VariableTexts): string[] {
  const complaints: string[] = [];
  if (text !== undefined && smtpUrl(text) === null)
    complaints.push(
      'SMTP_URL must be smtps://USER:PASSWORD@HOST:PORT or the same with smtp://, and nothing after it; characters such as @ or / in the password are written as %40 and %2F.',
    );
  if (from !== undefined && !z.email().safeParse(from).success)
    complaints.push('MAIL_FROM must be one mail address and nothing else.');
  if (text !== undefined && from === undefined)
    complaints.push('SMTP_URL is set, but not MAIL_FROM: whom do the mails come from?');
  if (from !== undefined && text === undefined)
    complaints.push('MAIL_FROM is set, but not SMTP_URL: through which server?');
  return complaints;
}

function smtpUrl(text: string): URL | null {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || !HOST.test(url.hostname)) return null;
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '' || url.port === '0')
    return null;
  return isDecodable(url.username) && isDecodable(url.password) ? url : null;
}

// Of a scheme that browsers do not know, hosts are not checked by the parser.
const HOST = /^(\[[\da-f:.]+\]|[a-z\d]([a-z\d.-]*[a-z\d])?)$/i;

function isDecodable(text: string): boolean {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(text));
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
