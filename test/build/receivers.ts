import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import type { SendRules } from '../../jobs/out/senders.ts';

/** The name under which every receiver of the tests is reached, and its certificate is made out. */
export const RECEIVER = 'receiver.example';

export interface Identity {
  key: string;
  cert: string;
}

let made: Promise<Identity> | undefined;

/** A certificate for `RECEIVER` that nobody else trusts; one for a test file. */
export function receiverIdentity(): Promise<Identity> {
  made ??= generate([{ name: 'commonName', value: RECEIVER }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: RECEIVER }] }],
  }).then(({ private: key, cert }) => ({ key, cert }));
  return made;
}

/** Rules under which `RECEIVER` is this machine, and may be. */
export async function receiverRules(given: Partial<SendRules> = {}): Promise<SendRules> {
  const { cert } = await receiverIdentity();
  return {
    internalHosts: [RECEIVER],
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    ca: cert,
    mail: null,
    hostname: 'this-machine',
    withinMs: 700,
    ...given,
  };
}

export interface Received {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface WebReceiver {
  url: string;
  port: number;
  /** All that was posted so far. */
  received: Received[];
}

/** An HTTPS server; `answer` says what it does with what it has read. 200 where it is left out. */
export async function webReceiver(
  answer: (res: ServerResponse, received: Received) => void = (res) => res.end(),
): Promise<WebReceiver> {
  const received: Received[] = [];
  const server = createServer(await receiverIdentity(), async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    const one = { path: req.url ?? '', headers: req.headers, body };
    received.push(one);
    answer(res, one);
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  const port = await listening(server);
  return { url: `https://${RECEIVER}:${port}/hook/s3cr3t-path?key=s3cr3t-key`, port, received };
}

export interface SyslogReceiver {
  port: number;
  /** Bytes of each connection, in the order in which they were opened. */
  connections: string[];
}

/** A TCP or TLS server that keeps what it reads; `meet` may treat a connection otherwise. */
export async function syslogReceiver(
  transport: 'tls' | 'tcp',
  meet: (socket: Socket) => void = () => undefined,
): Promise<SyslogReceiver> {
  const connections: string[] = [];
  const on = (socket: Socket) => {
    const index = connections.push('') - 1;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      connections[index] += chunk.toString('utf8');
    });
    meet(socket);
  };
  const server =
    transport === 'tcp' ? createTcpServer(on) : createTlsServer(await receiverIdentity(), on);
  return { port: await listening(server), connections };
}

export interface MailReceiver {
  port: number;
  mails: { to: string[]; text: string; secure: boolean }[];
}

/** A mail server that keeps what it takes. */
export async function mailReceiver(options: SMTPServerOptions = {}): Promise<MailReceiver> {
  const mails: MailReceiver['mails'] = [];
  const server = new SMTPServer({
    ...(await receiverIdentity()),
    authOptional: true,
    onData(stream, session, callback) {
      let text = '';
      stream.on('data', (chunk) => {
        text += chunk;
      });
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, text, secure: session.secure });
        callback();
      });
    },
    ...options,
  });
  server.on('error', () => undefined); // connections that the tests break
  return { port: await listening(server.server), mails };
}

/** Listens on a free port of loopback, until the test is over. */
export async function listening(server: Server): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
