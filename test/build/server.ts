import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { Store } from '../../db/store-types.ts';
import { hostComplaint } from '../../jobs/out/host-complaint.ts';
import { accessBy } from '../../server/access.ts';
import { type AppDeps, createApp } from '../../server/app.ts';
import { listen } from '../../server/listen.ts';
import { createLog } from '../../server/log.ts';
import type { OutDeps } from '../../server/routes/deps.ts';
import { sessionCookie } from '../../server/session-cookie.ts';
import { createSessions } from '../../server/sessions.ts';
import { createSignIn } from '../../server/sign-in.ts';
import { nextNonce, testSecretsKey } from './outbox.ts';

/** The access token of every test server. */
export const TOKEN = 'a-token-for-tests-only';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The text as JSON; undefined where it is none. */
  body: unknown;
}

export interface Question {
  method?: string;
  /** Sent as they are, `host` included. */
  headers?: Record<string, string>;
  /** Sent as JSON, with its content type. */
  json?: unknown;
  /** Sent as it is. */
  body?: string;
}

export interface TestServer {
  port: number;
  store: Store;
  /** Log lines so far. */
  logged: string[];
  /** Instant of the server's clock, UTC milliseconds; may be changed. */
  clock: { now: number };
  /** Asks without signing in. */
  ask(path: string, question?: Question): Promise<Answer>;
  /** Asks with the access token. */
  askSignedIn(path: string, question?: Question): Promise<Answer>;
}

/** An empty folder that is removed when the test is over. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deflectometer-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Serves the app on a free port over an empty SQLite database, for one test. */
export async function serve(given: Partial<AppDeps> = {}): Promise<TestServer> {
  const folder = emptyFolder();
  const store = await openStore(`file:${join(folder, 'test.db')}`);
  const logged: string[] = [];
  const clock = { now: Date.parse('2026-03-10T12:00:00Z') };
  const now = () => clock.now;
  const log = createLog((line) => logged.push(line), now, [TOKEN]);
  const secure = given.publicUrl?.startsWith('https:') ?? false;
  const app = createApp({
    store,
    signIn: createSignIn({
      access: accessBy(TOKEN),
      sessions: createSessions(),
      cookie: sessionCookie(secure),
      now,
      log,
    }),
    timeZone: 'Europe/Vienna',
    sample: true,
    adminCentre: 'https://entra.microsoft.com',
    version: '1.2.3',
    now,
    log,
    healthy: () => true,
    settingsChanged: () => undefined,
    out: testOut(),
    publicUrl: null,
    pageDirectory: join(folder, 'no-page'),
    ...given,
  });
  const server = await listen(app, '127.0.0.1', 0);
  onTestFinished(async () => {
    await server.stop();
    await store.close();
  });
  const ask = (path: string, question: Question = {}) => askHttp(server.port, path, question);
  const askSignedIn = (path: string, question: Question = {}) =>
    ask(path, { ...question, headers: { authorization: `Bearer ${TOKEN}`, ...question.headers } });
  return { port: server.port, store, logged, clock, ask, askSignedIn };
}

/** Sending as a server knows it whose ids and keys can be foretold. */
export function testOut(given: Partial<OutDeps> = {}): OutDeps {
  let made = 0;
  return {
    mail: true,
    publicUrl: null,
    newId: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
    newKey: () => Buffer.alloc(32, 'test').toString('base64'),
    secretsKey: testSecretsKey,
    newNonce: nextNonce,
    hostComplaint: (host, plainTcp) => hostComplaint(host, { internalHosts: [], plainTcp }),
    ...given,
  };
}

/** One HTTP exchange; every header can be chosen, which `fetch` does not allow. */
export function askHttp(port: number, path: string, question: Question = {}): Promise<Answer> {
  const {
    method = 'GET',
    json,
    body = json === undefined ? undefined : JSON.stringify(json),
  } = question;
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        agent: false,
        headers: { ...type, ...question.headers },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const status = incoming.statusCode ?? 0;
          resolve({ status, headers: incoming.headers, text, body: parsed(text) });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
