import { existsSync } from 'node:fs';
import type { z } from 'zod';
import { azureSettings, credentialComplaints } from './config/credential.ts';
import { type DatabasePlace, databasePlace, placeComplaint } from './config/database.ts';
import { type MailConfig, mailComplaints, mailConfig } from './config/mail.ts';
import { variableTexts } from './config/texts.ts';
import { Variables, type VariableTexts } from './config/variables.ts';
import { type AzureSettings, credentialKind } from './graph/azure-credential.ts';
import { adminCentre, type GraphCloud } from './graph/clouds.ts';
import { graphEndpoint } from './graph/endpoint.ts';

/** What the environment says about reading a real tenant: jobs/graph/settings.ts without the clock and the like. */
export interface GraphConfig {
  cloud: GraphCloud;
  /** GRAPH_ENDPOINT: base URL without version; null: the cloud's own. */
  endpoint: string | null;
  /** GRAPH_TOKEN: used as it is; null: sign in by `azure`. */
  token: string | null;
  azure: AzureSettings;
  /** Of report and audit calls together. */
  reportRequestsPer10s: number;
  /** Whether the feed `checksum` (beta) is collected. */
  beta: boolean;
}

/** All that is set by the environment. Plain data: it is handed to the jobs' thread as it is. */
export interface Config {
  /** Null: no credentials, so the sample tenant is served. */
  graph: GraphConfig | null;
  /** Origin of the admin centre of GRAPH_CLOUD. */
  adminCentre: string;
  /** `file:…` or `postgres://…`, of the sample tenant in its mode. */
  databaseUrl: string;
  /** The SQLite file; null with PostgreSQL. */
  databasePath: string | null;
  /** Where small files of ours are kept. */
  dataDirectory: string;
  host: string;
  /** 0: any free port. */
  port: number;
  /** Origin under which people reach the page; null: the address listened on. */
  publicUrl: string | null;
  /** Null: one is made and kept in `dataDirectory`. */
  accessToken: string | null;
  /** IANA zone that holds where the setting `time_zone` is not changed. */
  timeZone: string;
  role: 'all' | 'web' | 'jobs';
  /** What secrets in the database are sealed with, 32 bytes in base64. Null: a file beside a database that is one. */
  secretsKey: string | null;
  /** Null: alerts cannot be sent by mail. */
  mail: MailConfig | null;
  /** Hosts inside the company that alerts may be sent to; others must have public addresses. */
  internalHosts: string[];
}

/** Every complaint about the environment, one a line. Never the value of anything. */
export class BadConfig extends Error {
  override name = 'BadConfig';
}

/** The process's own environment, completed by a `.env` file in the working directory. */
export function processConfig(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env'); // variables that are set already win
  return readConfig(process.env);
}

/** Reads the environment once, at start; BadConfig with every complaint at once if it does not fit. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const { texts, complaints } = variableTexts(environment);
  const parsed = Variables.safeParse(texts);
  if (!parsed.success) complaints.push(...parsed.error.issues.map(inWords));
  const halfSet = credentialComplaints(texts);
  const azure = azureSettings(texts);
  const sample = !texts.GRAPH_TOKEN && credentialKind(azure) === null;
  const place = databasePlace(texts.DATABASE_URL ?? DEFAULT_DATABASE_URL, sample);
  complaints.push(
    ...halfSet,
    ...endpointComplaints(texts),
    ...placeComplaints(texts, place, sample),
    ...mailComplaints(texts),
  );
  if (texts.GRAPH_ENDPOINT && sample && halfSet.length === 0) complaints.push(NO_CREDENTIAL);
  if (!parsed.success || complaints.length > 0) throw badConfig(complaints);
  return configOf(parsed.data, place, {
    azure: sample ? null : azure,
    mail: mailConfig(texts),
  });
}

const DEFAULT_DATABASE_URL = Variables.shape.DATABASE_URL.parse(undefined);

const NO_CREDENTIAL =
  'GRAPH_ENDPOINT is set, but nothing to sign in with: set GRAPH_TOKEN or the Azure credentials, or leave GRAPH_ENDPOINT out for the sample tenant.';

function configOf(
  variables: z.output<typeof Variables>,
  place: DatabasePlace,
  { azure, mail }: { azure: AzureSettings | null; mail: MailConfig | null },
): Config {
  return {
    graph: azure && {
      cloud: variables.GRAPH_CLOUD,
      endpoint: variables.GRAPH_ENDPOINT ?? null,
      token: variables.GRAPH_TOKEN ?? null,
      azure,
      reportRequestsPer10s: variables.GRAPH_REPORT_REQUESTS_PER_10S,
      beta: variables.GRAPH_BETA,
    },
    adminCentre: adminCentre(variables.GRAPH_CLOUD),
    databaseUrl: place.url,
    databasePath: place.path,
    dataDirectory: place.directory,
    host: variables.HOST,
    port: variables.PORT,
    publicUrl: variables.PUBLIC_URL ?? null,
    accessToken: variables.ACCESS_TOKEN ?? null,
    timeZone: variables.TENANT_TIME_ZONE,
    role: variables.ROLE,
    secretsKey: variables.SECRETS_KEY ?? null,
    mail,
    internalHosts: variables.ALERT_INTERNAL_HOSTS ?? [],
  };
}

function endpointComplaints({ GRAPH_ENDPOINT: endpoint }: VariableTexts): string[] {
  if (!endpoint) return [];
  try {
    graphEndpoint({ cloud: 'global', endpoint });
    return [];
  } catch (error) {
    if (error instanceof RangeError) return [error.message];
    throw error;
  }
}

function placeComplaints(
  { ROLE: role }: VariableTexts,
  place: DatabasePlace,
  sample: boolean,
): string[] {
  const complaints = [placeComplaint(place, sample)].filter((complaint) => complaint !== null);
  if ((role === 'web' || role === 'jobs') && place.path !== null)
    complaints.push(
      `ROLE=${role} needs PostgreSQL (DATABASE_URL=postgres://…): one SQLite file is served by one process, ROLE=all.`,
    );
  return complaints;
}

function inWords(issue: z.core.$ZodIssue): string {
  return `${String(issue.path[0])} ${issue.message}.`;
}

function badConfig(complaints: string[]): BadConfig {
  const lines = complaints.map((complaint) => `  - ${complaint}`);
  return new BadConfig(`The settings do not fit:\n${lines.join('\n')}`);
}

/** Every secret of a config, so that a log can leave them out. */
export function secretsOf(config: Config): string[] {
  const { graph, accessToken, databaseUrl, mail, secretsKey } = config;
  const password = /^postgres/.test(databaseUrl) ? URL.parse(databaseUrl)?.password : null;
  const azure = [graph?.azure.clientSecret, graph?.azure.certificatePassword];
  return [accessToken, password, secretsKey, graph?.token, mail?.password, ...azure].filter(
    (secret) => !!secret,
  ) as string[];
}
