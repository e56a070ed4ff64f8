import { accessSync, constants } from 'node:fs';
import type { AzureSettings } from '../graph/azure-credential.ts';
import type { VariableTexts } from './variables.ts';

/** Any of these means that somebody wants to sign in by Azure credentials. */
const AZURE_NAMES = [
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_FEDERATED_TOKEN_FILE',
] as const;

/** Files that the credentials name; only the one that will be used has to be there. */
const FILES = ['AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'] as const;

/** What the variables say about signing in, by the names that @azure/identity reads. */
export function azureSettings(texts: VariableTexts): AzureSettings {
  return {
    tenantId: texts.AZURE_TENANT_ID ?? null,
    clientId: texts.AZURE_CLIENT_ID ?? null,
    clientSecret: texts.AZURE_CLIENT_SECRET ?? null,
    certificatePath: texts.AZURE_CLIENT_CERTIFICATE_PATH ?? null,
    certificatePassword: texts.AZURE_CLIENT_CERTIFICATE_PASSWORD ?? null,
    sendCertificateChain: /^(1|true)$/i.test(texts.AZURE_CLIENT_SEND_CERTIFICATE_CHAIN ?? ''),
    federatedTokenFile: texts.AZURE_FEDERATED_TOKEN_FILE ?? null,
    managedIdentity: hasManagedIdentity(texts),
    authorityHost: texts.AZURE_AUTHORITY_HOST ?? null,
  };
}

/**
 * What is wrong with the Azure credentials: half of them set, or a file that
 * cannot be read. With GRAPH_TOKEN they are not used, so nothing is wrong.
 */
export function credentialComplaints(texts: VariableTexts): string[] {
  if (texts.GRAPH_TOKEN || !AZURE_NAMES.some((name) => texts[name])) return [];
  const proof = [texts.AZURE_CLIENT_SECRET, ...FILES.map((name) => texts[name])].some(Boolean);
  if (!proof && hasManagedIdentity(texts)) return [];
  const missing: string[] = (['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'] as const).filter(
    (name) => !texts[name],
  );
  if (!proof) missing.push('AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH');
  const complaints = missing.length > 0 ? [incomplete(missing)] : [];
  return complaints.concat(fileComplaints(texts));
}

function fileComplaints(texts: VariableTexts): string[] {
  const used = texts.AZURE_CLIENT_SECRET ? undefined : FILES.find((name) => texts[name]);
  const path = used && texts[used];
  return path && !isReadable(path) ? [`${used} names a file that cannot be read.`] : [];
}

// App Service and Arc tell of a managed identity by an endpoint; a virtual machine does not,
// there AZURE_TOKEN_CREDENTIALS, which @azure/identity reads too, has to say so.
function hasManagedIdentity(texts: VariableTexts): boolean {
  const chosen = texts.AZURE_TOKEN_CREDENTIALS?.toLowerCase() === 'managedidentitycredential';
  return chosen || Boolean(texts.IDENTITY_ENDPOINT ?? texts.MSI_ENDPOINT);
}

const incomplete = (missing: string[]) =>
  `The Azure credentials are incomplete: set ${missing.join(' and ')} as well.`;

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code) return false;
    throw error;
  }
}
