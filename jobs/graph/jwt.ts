/** What we read of a token's payload. Not verified: Graph does that; we only want to know what we hold. */
export interface TokenClaims {
  /** `tid`: the tenant. */
  tenantId: string | null;
  /** `exp`, UTC milliseconds. */
  expiresAt: number | null;
}

/** Reads a token's payload; all null if it is no JWT (tokens are opaque by contract). */
export function tokenClaims(token: string): TokenClaims {
  const payload = payloadOf(token);
  const tid = payload?.tid;
  const exp = payload?.exp;
  return {
    tenantId: typeof tid === 'string' && tid !== '' ? tid.toLowerCase() : null,
    expiresAt: typeof exp === 'number' && Number.isFinite(exp) ? exp * 1_000 : null,
  };
}

function payloadOf(token: string): Record<string, unknown> | null {
  const part = token.split('.')[1];
  if (part === undefined) return null;
  try {
    const payload: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof payload === 'object' ? (payload as Record<string, unknown> | null) : null;
  } catch {
    return null; // Not a JWT; that is allowed.
  }
}
