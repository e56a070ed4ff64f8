import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  status: number;
  head: string;
  body: Buffer;
}

/** One connection that is kept open. */
export interface Connection {
  get(path: string, headers?: Record<string, string>): Promise<HttpAnswer>;
  close(): void;
}

/**
 * The leanest client there is: `fetch` and node:http would cost more than the
 * servers that are measured. It knows answers with a Content-Length, and 304.
 */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  return {
    get(path, headers = {}) {
      const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${fields.join('')}\r\n`);
      return answerOn(socket);
    },
    close: () => void socket.destroy(),
  };
}

function answerOn(socket: Socket): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let received = 0;
    let head: string | null = null;
    let length = Number.POSITIVE_INFINITY;
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      received += chunk.length;
      if (head === null) {
        const all = Buffer.concat(chunks);
        const end = all.indexOf('\r\n\r\n');
        if (end < 0) return;
        head = all.toString('latin1', 0, end);
        length = end + 4 + bodyLength(head);
      }
      if (received < length) return;
      socket.off('data', onData).off('error', reject);
      const body = Buffer.concat(chunks).subarray(head.length + 4);
      resolve({ status: Number(head.slice(9, 12)), head, body });
    };
    socket.on('data', onData).once('error', reject);
  });
}

function bodyLength(head: string): number {
  if (head.startsWith('HTTP/1.1 304')) return 0;
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length === undefined) throw new Error(`An answer without Content-Length: ${head}`);
  return Number(length);
}

/** The value of a header, or null. */
export function headerOf({ head }: HttpAnswer, name: string): string | null {
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim() ?? null;
}
