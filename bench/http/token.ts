/** The access token of the bench's server; it listens on loopback and lives as long as the bench. */
export const TOKEN = 'a-token-for-the-bench-only';

export const SIGNED_IN = { authorization: `Bearer ${TOKEN}` };
