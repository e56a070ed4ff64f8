import { GraphFailure } from './errors.ts';

/** What Microsoft's sign-in codes mean and what to do. Source: the AADSTS error reference. */
const SENTENCES: Record<string, string> = {
  '50034': 'The account does not exist in this tenant: check AZURE_TENANT_ID.',
  '50059': 'The tenant could not be told from the request: set AZURE_TENANT_ID.',
  '53003':
    'Conditional Access blocks the sign-in of this app: exclude its service principal from the policy.',
  '65001':
    'Nobody has consented to the permissions of this app: an admin must grant consent in Entra.',
  '70021':
    'No federated credential of the app registration matches the workload token: check issuer and subject.',
  '90002': 'The tenant does not exist in this cloud: check AZURE_TENANT_ID and GRAPH_CLOUD.',
  '500011': 'Microsoft Graph of this cloud is not known to the tenant: check GRAPH_CLOUD.',
  '700016':
    'The app registration does not exist in this tenant: check AZURE_CLIENT_ID and AZURE_TENANT_ID.',
  '700024':
    'The signed assertion is outside its time of validity: check the clock of this machine.',
  '700027':
    'The certificate is not the one of the app registration, or has expired: upload it in Entra.',
  '700082': 'The refresh token has expired: sign in again.',
  '700211':
    'No federated credential of the app registration matches the issuer of the workload token.',
  '700213':
    'No federated credential of the app registration matches the subject of the workload token.',
  '900023': 'AZURE_TENANT_ID is neither a tenant id nor a domain of a tenant.',
  '7000112':
    'The app registration is disabled in this tenant: enable its service principal in Entra.',
  '7000215':
    'The client secret is wrong: AZURE_CLIENT_SECRET must hold the value of the secret, not its id.',
  '7000222':
    'The client secret has expired: make a new one in the app registration and set AZURE_CLIENT_SECRET.',
};

// "Try again" by Microsoft's own description.
const PASSING_CODES = new Set(['90024', '90033', '90036']);
const PASSING_WORDS =
  /network_error|endpoints_resolution_error|request_timeout|ENOTFOUND|EAI_AGAIN|ECONNRE|ETIMEDOUT|EPIPE|socket|UND_ERR/i;

/**
 * Turns whatever @azure/identity threw into one sentence.
 *
 * The original is not kept as `cause` and its text not repeated: it quotes requests and
 * answers of the token service, and nothing of those may reach a log.
 */
export function signInFailure(error: unknown): GraphFailure {
  const { text, status, transportCode } = whatIsKnown(error);
  const aadsts = /AADSTS(\d+)/.exec(text)?.[1];
  const code = aadsts ? `AADSTS${aadsts}` : transportCode;
  const sentence = aadsts && SENTENCES[aadsts];
  if (sentence) return new GraphFailure('auth', sentence, { code, status });
  if (isPassing(text, status, aadsts)) {
    const message = `The token service of Microsoft Entra could not be reached or is busy${note(code)}.`;
    return new GraphFailure('transient', message, { code, status });
  }
  return new GraphFailure('auth', otherSentence(text, error, code), { code, status });
}

function isPassing(text: string, status: number | null, aadsts: string | undefined): boolean {
  if (aadsts) return PASSING_CODES.has(aadsts);
  return (status !== null && (status >= 500 || status === 429)) || PASSING_WORDS.test(text);
}

function otherSentence(text: string, error: unknown, code: string | null): string {
  if (/ENOENT|EACCES/.test(text)) {
    return 'The certificate or workload token file cannot be read: check its path and permissions.';
  }
  if (/ManagedIdentityCredential/.test(text)) {
    return 'This machine has no managed identity that answers: enable it, or set other Azure credentials.';
  }
  if (/PEM|certificate|private key/i.test(text)) {
    return 'AZURE_CLIENT_CERTIFICATE_PATH must name a PEM file with the certificate and its private key.';
  }
  const name = error instanceof Error ? error.name : 'unknown error';
  return `Signing in to Microsoft Entra failed${note(code ?? name)}: check the Azure settings.`;
}

function note(code: string | null): string {
  return code ? ` (${code})` : '';
}

function whatIsKnown(error: unknown): {
  text: string;
  status: number | null;
  transportCode: string | null;
} {
  const levels: Record<string, unknown>[] = [];
  for (let level = error; level instanceof Error && levels.length < 5; level = level.cause) {
    levels.push(level as unknown as Record<string, unknown>);
  }
  const words = levels.flatMap(({ message, code, errorCode }) => [message, code, errorCode]);
  const status = levels
    .map(({ statusCode }) => statusCode)
    .find((value) => typeof value === 'number');
  const code = levels.map((level) => level.code ?? level.errorCode).find(isPlainCode);
  return { text: words.join('\n'), status: status ?? null, transportCode: code ?? null };
}

function isPlainCode(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,60}$/.test(value);
}
