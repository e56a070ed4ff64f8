import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { ChannelSecrets, SealedSecrets } from '../../domain/alerting/channel.ts';

/** Lengths of AES-256-GCM, bytes. */
export const SECRETS_KEY_BYTES = 32;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const CIPHER = 'aes-256-gcm';
const FORMAT = 'v1.';

/** What an admin reads where a key is another one, or gone. */
export const KEY_NOT_HERE =
  'The key that its address was sealed with is not here; type the address in again.';

/** Where the key is that secrets are sealed with: never in the database. */
export interface SecretsKey {
  /** Null: there is none, or what stands in its place is none. */
  found(): Buffer | null;
  /** The same, made where one is made by itself; or why there is none, in a sentence. */
  needed(): { key: Buffer } | { complaint: string };
}

/** Whose secrets they are: what was sealed for one channel opens for no other. */
export interface SecretsOf {
  tenantId: number;
  channelId: number;
}

/**
 * Seals the secrets of a channel with AES-256-GCM (NIST SP 800-38D). `nonce`: 12 random bytes, new with each call; the same ones twice
 * under one key would give both texts away.
 */
export function sealSecrets(
  secrets: ChannelSecrets,
  of: SecretsOf,
  { key, nonce }: { key: Buffer; nonce: Buffer },
): SealedSecrets {
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated(of));
  const text = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  const sealed = Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64');
  return { sealed: `${FORMAT}${sealed}` };
}

/** What was sealed; null: not with this key, not for this channel, or the text was changed since. A channel without secrets has `{}`. */
export function openSecrets(
  { sealed }: SealedSecrets,
  of: SecretsOf,
  key: Buffer | null,
): ChannelSecrets | null {
  if (sealed === undefined) return {};
  const bytes = Buffer.from(sealed.slice(FORMAT.length), 'base64');
  const isWhole = sealed.startsWith(FORMAT) && bytes.length > NONCE_BYTES + TAG_BYTES;
  if (key === null || !isWhole) return null;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associated(of));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8'));
  } catch {
    return null; // what was opened is not what was sealed
  }
}

const associated = ({ tenantId, channelId }: SecretsOf) =>
  Buffer.from(`channel ${tenantId}:${channelId}`);
