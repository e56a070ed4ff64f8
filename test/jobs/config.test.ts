import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig, secretsOf } from '../../jobs/config.ts';
import { emptyFolder } from '../build/server.ts';

const AZURE = { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: 's3cr3t' };

function complaintsAbout(environment: NodeJS.ProcessEnv): string {
  try {
    readConfig(environment);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('Nobody complained');
}

function fileWith(text: string): string {
  const file = join(emptyFolder(), 'secret');
  writeFileSync(file, text);
  return file;
}

describe('reading the environment', () => {
  test('serves the sample tenant, on loopback, when nothing is set', () => {
    expect(readConfig({})).toEqual({
      graph: null,
      adminCentre: 'https://entra.microsoft.com',
      databaseUrl: 'file:data/sample.db',
      databasePath: 'data/sample.db',
      dataDirectory: './data',
      host: '127.0.0.1',
      port: 4180,
      publicUrl: null,
      accessToken: null,
      timeZone: 'UTC',
      role: 'all',
      secretsKey: null,
      mail: null,
      internalHosts: [],
    });
  });

  test('keeps the sample tenant out of the file and the server of real data', () => {
    expect(readConfig({ DATABASE_URL: 'file:/var/x/real.db' }).databasePath).toBe(
      '/var/x/sample.db',
    );
    expect(readConfig({ DATABASE_URL: 'postgres://db/x' }).databaseUrl).toBe('file:data/sample.db');
    expect(complaintsAbout({ ...AZURE, DATABASE_URL: 'file:./sample.db' })).toMatch(/another name/);
  });

  test('opens the database it is told for a real tenant', () => {
    const onFile = readConfig({ ...AZURE, DATABASE_URL: 'file:/var/x/real.db' });
    const onPostgres = readConfig({ ...AZURE, DATABASE_URL: 'postgres://db/x' });

    expect(onFile).toMatchObject({ databasePath: '/var/x/real.db', dataDirectory: '/var/x' });
    expect(onPostgres).toMatchObject({ databaseUrl: 'postgres://db/x', databasePath: null });
  });

  test('takes an empty variable for one that is not set', () => {
    expect(readConfig({ AZURE_CLIENT_SECRET: '', PORT: ' ', GRAPH_TOKEN: '' }).graph).toBeNull();
  });

  test('utters every complaint at once', () => {
    const complaints = complaintsAbout({
      DATABASE_URL: 'mysql://x',
      HOST: '0.0.0.0',
      PORT: '70000',
      PUBLIC_URL: 'https://a.example/page',
      ACCESS_TOKEN: 'short',
      AZURE_CLIENT_ID: 'c',
      GRAPH_CLOUD: 'mars',
      GRAPH_ENDPOINT: 'http://graph.example',
      GRAPH_REPORT_REQUESTS_PER_10S: '0',
      GRAPH_BETA: 'perhaps',
      TENANT_TIME_ZONE: 'Mars/Olympus',
      ROLE: 'boss',
    });

    for (const name of [
      'DATABASE_URL',
      'HOST',
      'PORT',
      'PUBLIC_URL',
      'ACCESS_TOKEN',
      'AZURE_TENANT_ID and AZURE_CLIENT_SECRET',
      'GRAPH_CLOUD',
      'GRAPH_ENDPOINT',
      'GRAPH_REPORT_REQUESTS_PER_10S',
      'GRAPH_BETA',
      'TENANT_TIME_ZONE',
      'ROLE',
    ])
      expect(complaints).toContain(`- ${name}`.replace('- AZURE', 'set AZURE'));
  });

  test('never repeats a value in a complaint', () => {
    const complaints = complaintsAbout({
      DATABASE_URL: 'psql://me:geheim1@host/x',
      ACCESS_TOKEN: 'geheim2',
      GRAPH_TOKEN: 'geheim3 with a blank',
      GRAPH_ENDPOINT: 'https://me:geheim4@graph.example',
      PUBLIC_URL: 'https://me:geheim5@page.example',
    });

    expect(complaints).not.toContain('geheim');
    expect(complaints.match(/^ {2}- /gm)).toHaveLength(5);
  });

  test.each([
    [{ AZURE_TENANT_ID: 't' }, 'AZURE_CLIENT_ID and AZURE_CLIENT_SECRET or'],
    [{ AZURE_CLIENT_SECRET: 's' }, 'AZURE_TENANT_ID and AZURE_CLIENT_ID as well'],
    [{ AZURE_CLIENT_ID: 'c', AZURE_CLIENT_CERTIFICATE_PATH: '/x' }, 'AZURE_TENANT_ID as well'],
    [{ AZURE_FEDERATED_TOKEN_FILE: '/x' }, 'AZURE_TENANT_ID and AZURE_CLIENT_ID as well'],
    [{ AZURE_CLIENT_SECRET: 's', IDENTITY_ENDPOINT: 'http://x' }, 'AZURE_TENANT_ID'],
  ])('names what is missing of half-set credentials: %j', (environment, missing) => {
    expect(complaintsAbout(environment)).toContain(missing);
  });

  test('refuses an endpoint without anything to sign in with', () => {
    expect(complaintsAbout({ GRAPH_ENDPOINT: 'http://127.0.0.1:9' })).toContain(
      'nothing to sign in',
    );
  });

  test('refuses ROLE=web and ROLE=jobs on SQLite, where one process serves one file', () => {
    expect(complaintsAbout({ ...AZURE, ROLE: 'web' })).toContain('ROLE=web needs PostgreSQL');
    expect(readConfig({ ...AZURE, ROLE: 'web', DATABASE_URL: 'postgres://db/x' }).role).toBe('web');
  });

  test.each(['0.0.0.0', '192.168.1.5', '::', 'example.org'])('refuses to listen on %s', (HOST) => {
    expect(complaintsAbout({ HOST })).toMatch(/HOST must be a loopback address.*sign-in/);
  });
});

describe('the mail server', () => {
  test('is SMTP_URL, with TLS from the first byte, or with STARTTLS unless it is on this machine', () => {
    const MAIL_FROM = 'alerts@example.org';
    const mailOf = (SMTP_URL: string) => readConfig({ SMTP_URL, MAIL_FROM }).mail;

    expect(mailOf('smtps://me:p%40ss%2F@mail.example.org')).toEqual({
      host: 'mail.example.org',
      port: 465,
      secure: true,
      requireTls: false,
      user: 'me',
      password: 'p@ss/',
      from: MAIL_FROM,
    });
    expect(mailOf('smtp://mail.example.org:2525')).toMatchObject({
      port: 2525,
      requireTls: true,
      user: null,
      password: null,
    });
    expect(mailOf('smtp://127.0.0.1:25')).toMatchObject({ requireTls: false });
    expect(mailOf('smtp://localhost')).toMatchObject({ port: 587, requireTls: false });
    expect(mailOf('smtp://localhost.example.org')).toMatchObject({ requireTls: true });
    expect(mailOf('smtp://[::1]:25')).toMatchObject({ host: '::1', requireTls: false });
  });

  test('may stand in a file, and its password in no log', () => {
    const SMTP_URL_FILE = fileWith('smtps://me:s3cr3t@mail.example.org\n');
    const config = readConfig({ SMTP_URL_FILE, MAIL_FROM: 'alerts@example.org' });

    expect(config.mail?.password).toBe('s3cr3t');
    expect(secretsOf(config)).toContain('s3cr3t');
  });

  test.each([
    'http://me:geheim@mail.example.org',
    'smtp://',
    'smtp:geheim',
    'smtps://me:geheim@mail.example.org/path',
    'smtps://me:geheim@mail.example.org?pool=true',
    'smtps://me:geheim%@mail.example.org',
    'smtps://me:geheim%0d%0aQUIT@mail.example.org',
    'smtps://me:geheim@mail.example.org:99999',
    'smtps://me:geheim@a b',
    'geheim',
  ])('is refused where it is none, with a sentence that does not repeat it: %s', (SMTP_URL) => {
    const complaints = complaintsAbout({ SMTP_URL, MAIL_FROM: 'alerts@example.org' });

    expect(complaints).toContain('SMTP_URL must be smtps://');
    expect(complaints).not.toContain('geheim');
  });

  test.each([
    'nobody',
    'a@b',
    'A <a@example.org>',
    'a@example.org, b@example.org',
    'a@example.org\nBcc: b@example.org',
  ])('has one sender: not %j', (MAIL_FROM) => {
    const complaints = complaintsAbout({ SMTP_URL: 'smtps://mail.example.org', MAIL_FROM });

    expect(complaints).toContain('MAIL_FROM must be one mail address');
  });

  test('is not set up by half', () => {
    expect(complaintsAbout({ SMTP_URL: 'smtps://mail.example.org' })).toContain('not MAIL_FROM');
    expect(complaintsAbout({ MAIL_FROM: 'a@example.org' })).toContain('not SMTP_URL');
  });
});

describe('hosts inside the company', () => {
  test('are read in one spelling', () => {
    const ALERT_INTERNAL_HOSTS = ' Syslog.Corp.Example. ,10.1.2.3,[FD00::1], siem,';

    expect(readConfig({ ALERT_INTERNAL_HOSTS }).internalHosts).toEqual([
      'syslog.corp.example',
      '10.1.2.3',
      'fd00::1',
      'siem',
    ]);
  });

  test.each([
    '*.example.org',
    'https://example.org',
    'example.org:514',
    'a/b',
    '10.0.0.0/8',
    'a b',
  ])('are no patterns, ranges or addresses of pages: %s', (ALERT_INTERNAL_HOSTS) => {
    expect(complaintsAbout({ ALERT_INTERNAL_HOSTS })).toContain(
      'ALERT_INTERNAL_HOSTS must be names of hosts or addresses',
    );
  });
});

describe('the credential', () => {
  test('is GRAPH_TOKEN as it is, whatever else is set', () => {
    const { graph } = readConfig({ GRAPH_TOKEN: 'abc', AZURE_TENANT_ID: 't' });

    expect(graph).toMatchObject({ token: 'abc', azure: { tenantId: 't' } });
  });

  test('may be a managed identity, told by its endpoint or by name', () => {
    const managed = { azure: { managedIdentity: true, clientId: null } };

    expect(readConfig({ IDENTITY_ENDPOINT: 'http://x' }).graph).toMatchObject(managed);
    expect(readConfig({ MSI_ENDPOINT: 'http://x' }).graph).toMatchObject(managed);
    expect(
      readConfig({ AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential' }).graph,
    ).toMatchObject(managed);
  });

  test('may be a workload identity', () => {
    const AZURE_FEDERATED_TOKEN_FILE = fileWith('jwt');
    const { AZURE_TENANT_ID, AZURE_CLIENT_ID } = AZURE;

    expect(
      readConfig({ AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE }).graph?.azure,
    ).toMatchObject({
      tenantId: 't',
      clientId: 'c',
      federatedTokenFile: AZURE_FEDERATED_TOKEN_FILE,
    });
  });

  test('names a certificate that is not there', () => {
    const { AZURE_CLIENT_SECRET: _, ...rest } = AZURE;

    expect(complaintsAbout({ ...rest, AZURE_CLIENT_CERTIFICATE_PATH: '/nowhere.pem' })).toContain(
      'AZURE_CLIENT_CERTIFICATE_PATH names a file that cannot be read',
    );
  });
});

describe('secrets in files', () => {
  test('are read, without the line end', () => {
    const config = readConfig({
      AZURE_TENANT_ID: 't',
      AZURE_CLIENT_ID: 'c',
      AZURE_CLIENT_SECRET_FILE: fileWith('from-a-file\n'),
      ACCESS_TOKEN_FILE: fileWith('sixteen-characters'),
    });

    expect(config.graph?.azure.clientSecret).toBe('from-a-file');
    expect(config.accessToken).toBe('sixteen-characters');
  });

  test('are complained about when missing, empty or set twice', () => {
    const complaints = complaintsAbout({
      ACCESS_TOKEN_FILE: '/nowhere',
      AZURE_CLIENT_SECRET_FILE: fileWith(''),
      GRAPH_TOKEN: 'abc',
      GRAPH_TOKEN_FILE: fileWith('abc'),
    });

    expect(complaints).toContain('ACCESS_TOKEN_FILE names a file that cannot be read (ENOENT)');
    expect(complaints).toContain('AZURE_CLIENT_SECRET_FILE names an empty file');
    expect(complaints).toContain('GRAPH_TOKEN and GRAPH_TOKEN_FILE are both set');
  });
});

test('every secret of a config is known, so that logs can leave it out', () => {
  const config = readConfig({
    ...AZURE,
    GRAPH_TOKEN: 'graph-token',
    ACCESS_TOKEN: 'sixteen-characters',
    DATABASE_URL: 'postgres://me:pw@db/x',
  });

  expect(secretsOf(config).toSorted()).toEqual([
    'graph-token',
    'pw',
    's3cr3t',
    'sixteen-characters',
  ]);
});

describe('the key that secrets are sealed with', () => {
  const key = Buffer.alloc(32, 'key').toString('base64');

  test('is SECRETS_KEY, may stand in a file, and is left out of logs', () => {
    const config = readConfig({ SECRETS_KEY_FILE: fileWith(`${key}\n`) });

    expect(config.secretsKey).toBe(key);
    expect(secretsOf(config)).toContain(key);
    expect(readConfig({ SECRETS_KEY: key })).toEqual(config);
  });

  test.each([
    's3cr3t',
    key.slice(1),
    `${key}A`,
    Buffer.alloc(31).toString('base64'),
    Buffer.alloc(33).toString('base64'),
    Buffer.alloc(32).toString('hex'),
  ])('is refused where it is not 32 bytes in base64: %s', (SECRETS_KEY) => {
    const complaints = complaintsAbout({ SECRETS_KEY });

    expect(complaints).toContain('SECRETS_KEY must be 32 random bytes in base64');
    expect(complaints).not.toContain(SECRETS_KEY);
  });
});
