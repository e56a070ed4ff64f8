import type { TokenCredential } from '@azure/identity';
import { type GraphCloud, loginAuthority } from './clouds.ts';

/** How to sign in, as the environment says it; null where it does not. */
export interface AzureSettings {
  tenantId: string | null;
  clientId: string | null;
  clientSecret: string | null;
  /** PEM file with certificate and private key. */
  certificatePath: string | null;
  certificatePassword: string | null;
  /** Certificates trusted by subject and issuer are sent along with the assertion. */
  sendCertificateChain: boolean;
  /** Workload identity: the file that holds the federated token. */
  federatedTokenFile: string | null;
  /** Ask the machine's own identity (Azure VM, App Service, Arc). */
  managedIdentity: boolean;
  /** Replaces the cloud's authority (AZURE_AUTHORITY_HOST). */
  authorityHost: string | null;
}

export const NO_AZURE_SETTINGS: AzureSettings = {
  tenantId: null,
  clientId: null,
  clientSecret: null,
  certificatePath: null,
  certificatePassword: null,
  sendCertificateChain: false,
  federatedTokenFile: null,
  managedIdentity: false,
  authorityHost: null,
};

export type CredentialKind = 'secret' | 'certificate' | 'workload' | 'managed';

/** Makes a credential whose own token cache is empty. */
export type MakeCredential = () => Promise<TokenCredential>;

/** Which credential the settings add up to, in the order @azure/identity has; null: none. */
export function credentialKind(azure: AzureSettings): CredentialKind | null {
  if (azure.tenantId && azure.clientId) {
    if (azure.clientSecret) return 'secret';
    if (azure.certificatePath) return 'certificate';
    if (azure.federatedTokenFile) return 'workload';
  }
  return azure.managedIdentity ? 'managed' : null;
}

/** How to make the credential of `azure` for a cloud; null where the settings hold none. */
export function azureCredential(azure: AzureSettings, cloud: GraphCloud): MakeCredential | null {
  const kind = credentialKind(azure);
  return kind && (() => credentialOf(kind, azure, cloud));
}

async function credentialOf(
  kind: CredentialKind,
  azure: AzureSettings,
  cloud: GraphCloud,
): Promise<TokenCredential> {
  // Loaded when needed: it takes a quarter of a second, and the sample tenant never signs in.
  const identity = await import('@azure/identity');
  const tenantId = azure.tenantId ?? '';
  const clientId = azure.clientId ?? '';
  // Our own retry loop waits, counts and can be stopped; a second one inside would multiply with it.
  const options = {
    authorityHost: azure.authorityHost ?? loginAuthority(cloud),
    retryOptions: { maxRetries: 0 },
  };
  switch (kind) {
    case 'secret':
      return new identity.ClientSecretCredential(
        tenantId,
        clientId,
        azure.clientSecret ?? '',
        options,
      );
    case 'certificate': {
      const certificate = {
        certificatePath: azure.certificatePath ?? '',
        ...(azure.certificatePassword ? { certificatePassword: azure.certificatePassword } : {}),
      };
      return new identity.ClientCertificateCredential(tenantId, clientId, certificate, {
        ...options,
        sendCertificateChain: azure.sendCertificateChain,
      });
    }
    case 'workload':
      return new identity.WorkloadIdentityCredential({
        ...options,
        tenantId,
        clientId,
        tokenFilePath: azure.federatedTokenFile ?? '',
      });
    case 'managed':
      return new identity.ManagedIdentityCredential(azure.clientId ? { clientId } : {});
  }
}
