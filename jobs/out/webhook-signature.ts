import { createHmac } from 'node:crypto';

/** What a key is written with where people copy it, after the specification Standard Webhooks. */
export const KEY_PREFIX = 'whsec_';

/**
 * The headers of Standard Webhooks (standardwebhooks.com): the id, the instant of this attempt in whole seconds, and HMAC-SHA256 over
 * `id.timestamp.body`, in base64 after `v1,`. `key` is base64, with or without its prefix.
 */
export function webhookHeaders(
  { id, now, body }: { id: string; now: number; body: string },
  key: string,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const bytes = Buffer.from(
    key.startsWith(KEY_PREFIX) ? key.slice(KEY_PREFIX.length) : key,
    'base64',
  );
  const signature = createHmac('sha256', bytes)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
