import { AuthenticationError, type TokenCredential } from '@azure/identity';
import { describe, expect, test } from 'vitest';
import {
  azureCredential,
  credentialKind,
  NO_AZURE_SETTINGS,
} from '../../../jobs/graph/azure-credential.ts';
import {
  GRAPH_CLOUDS,
  graphOrigin,
  graphScope,
  loginAuthority,
} from '../../../jobs/graph/clouds.ts';
import { createTokenSource } from '../../../jobs/graph/credential.ts';
import { tokenClaims } from '../../../jobs/graph/jwt.ts';
import { signInFailure } from '../../../jobs/graph/sign-in-failure.ts';
import { faultyGraph, graphError, json, readerOn, virtualTime } from '../../build/faulty-graph.ts';

const TENANT = '11111111-2222-4333-8444-555555555555';

function jwt(payload: object): string {
  return `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.s`;
}

/** Credentials that issue token-1, token-2 … for an hour and note what they were asked. */
function issuer(clock: () => number) {
  const asked: { scope: string | string[]; claims: string | undefined }[] = [];
  let made = 0;
  const makeCredential = async (): Promise<TokenCredential> => {
    made += 1;
    return {
      async getToken(scope, options) {
        asked.push({ scope, claims: options?.claims });
        const token = `token-${asked.length}`;
        return { token, expiresOnTimestamp: clock() + 3_600_000 };
      },
    };
  };
  return { asked, makeCredential, made: () => made };
}

describe('tokens', () => {
  test('are asked for once, and again five minutes before they expire', async () => {
    const time = virtualTime();
    const { asked, makeCredential } = issuer(time.clock);
    const source = createTokenSource({
      cloud: 'usgov',
      token: null,
      azure: NO_AZURE_SETTINGS,
      clock: time.clock,
      makeCredential,
    });

    const first = await Promise.all([source.token(), source.token()]);
    await time.sleep(54 * 60_000);
    const second = await source.token();
    await time.sleep(60_000);
    const third = await source.token();

    expect([...first, second, third]).toEqual(['token-1', 'token-1', 'token-1', 'token-2']);
    expect(asked[0]).toEqual({ scope: 'https://graph.microsoft.us/.default', claims: undefined });
  });

  test('are renewed once when Graph refuses one, its challenge passed on', async () => {
    const claims = JSON.stringify({ access_token: {} });
    const challenge = { 'www-authenticate': `Bearer claims="${btoa(claims)}"` };
    const server = await faultyGraph(
      graphError(401, 'InvalidAuthenticationToken', '', challenge),
      json({ id: 'x' }),
    );
    const { asked, makeCredential, made } = issuer(Date.now);
    const { reader } = readerOn(server.origin, { token: null, makeCredential });

    await reader.get('/organization', { reports: false });

    expect(server.requests.map(({ authorization }) => authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
    expect(asked[1]?.claims).toBe(claims);
    expect(made()).toBe(2); // The first one would hand out its cached token again.
    await server.close();
  });

  test('are given up when Graph refuses the second too', async () => {
    const server = await faultyGraph(graphError(401, 'InvalidAuthenticationToken'));
    const { makeCredential } = issuer(Date.now);
    const { reader } = readerOn(server.origin, { token: null, makeCredential });

    const failing = reader.get('/organization', { reports: false });

    await expect(failing).rejects.toMatchObject({ kind: 'auth', status: 401 });
    expect(server.requests).toHaveLength(2);
    await server.close();
  });

  test('of GRAPH_TOKEN cannot be renewed: it is said whether they have expired', async () => {
    const server = await faultyGraph(graphError(401, 'InvalidAuthenticationToken'));
    const token = jwt({ tid: TENANT, exp: 1_000 });
    const { reader } = readerOn(server.origin, { token });

    const failing = reader.get('/organization', { reports: false });

    await expect(failing).rejects.toThrow('GRAPH_TOKEN has expired: get a new one');
    expect(server.requests).toHaveLength(1);
    await server.close();
  });

  test('tell the tenant where they are JWTs', () => {
    expect(
      readerOn('https://h', { token: jwt({ tid: TENANT.toUpperCase() }) }).reader.tenantHint,
    ).toBe(TENANT);
    expect(readerOn('https://h', { token: 'opaque' }).reader.tenantHint).toBeNull();
    expect(tokenClaims('a.###.c').tenantId).toBeNull();
    expect(tokenClaims(jwt([])).tenantId).toBeNull();
    expect(tokenClaims('a.bnVsbA.c').tenantId).toBeNull();
  });

  test('a token service that is away is tried again like Graph itself', async () => {
    const server = await faultyGraph(json({ id: 'x' }));
    const working = issuer(Date.now);
    let failures = 2;
    const makeCredential = async (): Promise<TokenCredential> => {
      failures -= 1;
      if (failures >= 0)
        throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
      return working.makeCredential();
    };
    const { reader, sleeps } = readerOn(server.origin, { token: null, makeCredential });

    await reader.get('/organization', { reports: false });

    expect(sleeps).toHaveLength(2);
    await server.close();
  });

  test('without any credential nothing is asked', async () => {
    const server = await faultyGraph(json({}));
    const { reader } = readerOn(server.origin, { token: null });

    await expect(reader.get('/users', { reports: false })).rejects.toMatchObject({ kind: 'auth' });
    expect(server.requests).toEqual([]);
    await server.close();
  });
});

describe('the credential', () => {
  const app = { ...NO_AZURE_SETTINGS, tenantId: TENANT, clientId: 'app' };

  test.each([
    [{ ...app, clientSecret: 's', certificatePath: 'c.pem' }, 'secret'],
    [{ ...app, certificatePath: 'c.pem', federatedTokenFile: 't' }, 'certificate'],
    [{ ...app, federatedTokenFile: 't', managedIdentity: true }, 'workload'],
    [{ ...NO_AZURE_SETTINGS, managedIdentity: true }, 'managed'],
    [{ ...NO_AZURE_SETTINGS, clientSecret: 's' }, null],
    [NO_AZURE_SETTINGS, null],
  ])('is chosen by what is set: %j', async (azure, kind) => {
    expect(credentialKind(azure)).toBe(kind);

    const credential = await azureCredential(azure, 'china')?.();

    expect(typeof credential?.getToken).toBe(kind ? 'function' : 'undefined');
  });

  test('asks each cloud’s own authority for its own scope', () => {
    expect(GRAPH_CLOUDS.map((cloud) => [graphOrigin(cloud), loginAuthority(cloud)])).toEqual([
      ['https://graph.microsoft.com', 'https://login.microsoftonline.com'],
      ['https://graph.microsoft.us', 'https://login.microsoftonline.us'],
      ['https://dod-graph.microsoft.us', 'https://login.microsoftonline.us'],
      ['https://microsoftgraph.chinacloudapi.cn', 'https://login.chinacloudapi.cn'],
    ]);
    expect(graphScope('china')).toBe('https://microsoftgraph.chinacloudapi.cn/.default');
  });

  test('whose certificate cannot be read says so', async () => {
    const azure = { ...app, certificatePath: '/nowhere/c.pem' };
    const source = createTokenSource({ cloud: 'global', token: null, azure, clock: Date.now });

    await expect(source.token()).rejects.toThrow('cannot be read');
  });
});

describe('a sign-in that fails', () => {
  const aadsts = (code: string, status = 401) =>
    new AuthenticationError(status, {
      error: 'invalid_client',
      error_description: `AADSTS${code}: words with s3cr3t. Trace ID: x`,
    });

  test.each([
    ['7000222', 'has expired'],
    ['7000215', 'is wrong'],
    ['700016', 'does not exist in this tenant'],
    ['65001', 'consent'],
    ['53003', 'Conditional Access'],
    ['90002', 'tenant does not exist'],
    ['99999999', 'failed (AADSTS99999999)'],
  ])('AADSTS%s is a sentence: … %s …', (code, words) => {
    const failure = signInFailure(aadsts(code));

    expect(failure).toMatchObject({ kind: 'auth', code: `AADSTS${code}` });
    expect(failure.message).toContain(words);
    expect(failure.message).not.toContain('s3cr3t');
    expect(failure.cause).toBeUndefined();
  });

  test.each([
    aadsts('90033'),
    new AuthenticationError(503, 'busy'),
    new AuthenticationError(429, 'slow down'),
    new Error('network_error: See msal.js.errors'),
    new Error('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) }),
  ])('may pass: %s', (error) => {
    expect(signInFailure(error)).toMatchObject({ kind: 'transient' });
  });
});
