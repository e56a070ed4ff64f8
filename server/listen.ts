import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** How long requests that are being answered may take to end at a shutdown. */
const DRAIN_MS = 4000;

export interface Listening {
  /** The one that was free, where 0 was asked for. */
  port: number;
  /** Takes no more requests and lets those that run end, for four seconds at most. */
  stop(): Promise<void>;
}

/** Serves HTTP on `host` and `port`; rejects with the system's error when it cannot. */
export async function listen(app: RequestListener, host: string, port: number): Promise<Listening> {
  // Without a Host header the app refuses in its own words.
  const server = createServer({ requireHostHeader: false, requestTimeout: 60_000 }, app);
  server.on('clientError', (_error, socket) => refuse(socket as Socket));
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port to listen on');
  return { port: address.port, stop: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const giveUp = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(giveUp);
}

/** What is no HTTP never reaches the app; it gets the one error shape all the same. */
function refuse(socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const body = '{"error":{"code":"invalid","message":"The request cannot be read."}}';
  socket.end(
    [
      'HTTP/1.1 400 Bad Request',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${body.length}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
