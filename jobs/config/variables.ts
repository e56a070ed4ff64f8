import { z } from 'zod';
import { isTimeZone } from '../../domain/day.ts';
import { GRAPH_CLOUDS } from '../graph/clouds.ts';
import { isHost, plainHost } from '../out/plain-host.ts';
import { keyOf } from '../out/secrets-key.ts';

/** Shortest ACCESS_TOKEN that may be set: what cannot be guessed over a network. */
const ACCESS_TOKEN_MIN = 16;

const oneOf = (...names: [string, ...string[]]) => ({
  error: `must be one of ${names.join(', ')}`,
});

const Switch = z
  .enum(['true', 'false', 'on', 'off'], oneOf('true', 'false', 'on', 'off'))
  .transform((text) => text === 'true' || text === 'on');

const Host = z
  .string()
  .transform((text) => text.replace(/^\[(.*)\]$/, '$1').toLowerCase())
  .refine((host) => ['127.0.0.1', '::1', 'localhost'].includes(host), {
    error:
      'must be a loopback address (127.0.0.1, ::1 or localhost): there is no sign-in yet that would protect other addresses. To be reached from elsewhere, put a reverse proxy on this machine in front and set PUBLIC_URL',
  });

/** The HTTP port; 0 takes any that is free. */
const Port = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, {
    error: 'must be a whole number from 0 to 65535',
  })
  .transform(Number);

const PublicUrl = z
  .string()
  .refine(isPlainOrigin, {
    error: 'must be http:// or https:// with a host and nothing after it',
  })
  .transform((text) => new URL(text).origin);

const DatabaseUrl = z.string().refine((text) => /^(file:.|postgres(ql)?:\/\/.)/.test(text), {
  error: 'must begin with file: or postgres://',
});

const RequestRate = z
  .string()
  .refine((text) => /^\d{1,6}(\.\d{1,3})?$/.test(text) && Number(text) > 0, {
    error: 'must be a number above 0',
  })
  .transform(Number);

/** A token fits into an Authorization header as it is. */
const Token = z.string().regex(/^[\x21-\x7e]+$/, {
  error: 'must be of printable ASCII characters without blanks',
});

/** Hosts as a comma list: names or addresses, without scheme, port or star. */
const InternalHosts = z
  .string()
  .transform((text) => text.split(',').flatMap((host) => plainHost(host) || []))
  .refine((hosts) => hosts.every(isHost), {
    error: 'must be names of hosts or addresses, with commas between and nothing else',
  });

/**
 * The environment variables of ours and those of @azure/identity that choose a
 * credential, with their defaults. No message repeats a value: it may be a secret.
 */
export const Variables = z.object({
  DATABASE_URL: DatabaseUrl.default('file:./data/deflectometer.db'),
  HOST: Host.default('127.0.0.1'),
  PORT: Port.default(4180),
  PUBLIC_URL: PublicUrl.optional(),
  ACCESS_TOKEN: Token.min(ACCESS_TOKEN_MIN, {
    error: `must have at least ${ACCESS_TOKEN_MIN} characters`,
  })
    .max(500, { error: 'must have at most 500 characters' })
    .optional(),
  AZURE_TENANT_ID: z.string().optional(),
  AZURE_CLIENT_ID: z.string().optional(),
  AZURE_CLIENT_SECRET: z.string().optional(),
  AZURE_CLIENT_CERTIFICATE_PATH: z.string().optional(),
  AZURE_CLIENT_CERTIFICATE_PASSWORD: z.string().optional(),
  AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: z.string().optional(),
  AZURE_AUTHORITY_HOST: z
    .url({ protocol: /^https$/, error: 'must begin with https://' })
    .optional(),
  AZURE_FEDERATED_TOKEN_FILE: z.string().optional(),
  AZURE_TOKEN_CREDENTIALS: z.string().optional(),
  IDENTITY_ENDPOINT: z.string().optional(),
  MSI_ENDPOINT: z.string().optional(),
  GRAPH_CLOUD: z
    .enum(GRAPH_CLOUDS, { error: `must be one of ${GRAPH_CLOUDS.join(', ')}` })
    .default('global'),
  GRAPH_ENDPOINT: z.string().optional(),
  GRAPH_TOKEN: Token.optional(),
  GRAPH_REPORT_REQUESTS_PER_10S: RequestRate.default(5),
  GRAPH_BETA: Switch.default(false),
  TENANT_TIME_ZONE: z
    .string()
    .refine(isTimeZone, { error: 'must be an IANA time zone such as Europe/Vienna' })
    .default('UTC'),
  SECRETS_KEY: z
    .string()
    .refine((text) => keyOf(text) !== null, {
      error: 'must be 32 random bytes in base64, as openssl rand -base64 32 prints them',
    })
    .optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().optional(),
  ALERT_INTERNAL_HOSTS: InternalHosts.optional(),
  ROLE: z.enum(['all', 'web', 'jobs'], oneOf('all', 'web', 'jobs')).default('all'),
});

/** The variables as they were set: texts, none of them empty. */
export type VariableTexts = Partial<Record<keyof z.input<typeof Variables>, string>>;

function isPlainOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return false;
  return url.pathname === '/' && url.search === '' && url.hash === '';
}
