import type { TokenCredential } from '@azure/identity';
import { type AzureSettings, azureCredential, type MakeCredential } from './azure-credential.ts';
import { type GraphCloud, graphScope } from './clouds.ts';
import { GraphFailure } from './errors.ts';
import { tokenClaims } from './jwt.ts';
import { signInFailure } from './sign-in-failure.ts';

/** Where bearer tokens come from. Both functions throw a GraphFailure of kind `auth` or `transient`. */
export interface TokenSource {
  token(): Promise<string>;
  /** Another token than `rejected`, which Graph refused, `claims` being its challenge if it gave one. */
  refresh(rejected: string, claims: string | null): Promise<string>;
  /** Tenant of the last token, if that was a JWT. */
  readonly tenantHint: string | null;
}

export interface TokenSettings {
  cloud: GraphCloud;
  token: string | null;
  azure: AzureSettings;
  clock: () => number;
  makeCredential?: MakeCredential;
}

const RENEW_BEFORE_MS = 5 * 60_000;
const SIGN_IN_TIMEOUT_MS = 60_000;

/** GRAPH_TOKEN as it is if it is set, else signing in by the Azure settings. */
export function createTokenSource(settings: TokenSettings): TokenSource {
  if (settings.token !== null) return fixedToken(settings.token, settings.clock);
  const make = settings.makeCredential ?? azureCredential(settings.azure, settings.cloud);
  return make ? signedInToken(make, graphScope(settings.cloud), settings.clock) : noToken();
}

function fixedToken(token: string, clock: () => number): TokenSource {
  const { tenantId, expiresAt } = tokenClaims(token);
  return {
    tenantHint: tenantId,
    token: async () => token,
    refresh: async () => {
      const why =
        expiresAt !== null && expiresAt <= clock()
          ? 'has expired'
          : 'is not accepted by Microsoft Graph';
      throw new GraphFailure(
        'auth',
        `GRAPH_TOKEN ${why}: get a new one, or set Azure credentials.`,
        {
          status: 401,
        },
      );
    },
  };
}

function noToken(): TokenSource {
  const refuse = async () => {
    throw new GraphFailure('auth', 'No credentials for Microsoft Graph are set.');
  };
  return { tenantHint: null, token: refuse, refresh: refuse };
}

function signedInToken(make: MakeCredential, scope: string, clock: () => number): TokenSource {
  let credential: Promise<TokenCredential> | null = null;
  let held: { token: string; expiresAt: number } | null = null;
  let asking: Promise<string> | null = null;

  async function signIn(claims: string | null): Promise<string> {
    try {
      credential ??= make();
      const answer = await (await credential).getToken(scope, {
        abortSignal: AbortSignal.timeout(SIGN_IN_TIMEOUT_MS),
        ...(claims ? { claims } : {}),
      });
      if (!answer) throw new GraphFailure('auth', 'Microsoft Entra issued no token for Graph.');
      held = { token: answer.token, expiresAt: answer.expiresOnTimestamp };
      return answer.token;
    } catch (error) {
      credential = null;
      throw error instanceof GraphFailure ? error : signInFailure(error);
    }
  }

  /** One sign-in at a time: all that wait get the same token. */
  function ask(claims: string | null): Promise<string> {
    asking ??= signIn(claims).finally(() => {
      asking = null;
    });
    return asking;
  }

  return {
    get tenantHint() {
      return held && tokenClaims(held.token).tenantId;
    },
    async token() {
      return held && held.expiresAt - RENEW_BEFORE_MS > clock() ? held.token : ask(null);
    },
    async refresh(rejected, claims) {
      // Another request met the same refusal and has asked already.
      if (held && held.token !== rejected && claims === null) return held.token;
      held = null;
      credential = null; // The credential has a cache of its own, which would hand out the same token.
      return ask(claims);
    },
  };
}
