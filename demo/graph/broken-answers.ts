import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FaultName } from '../faults.ts';

export interface BrokenParts {
  response: ServerResponse;
  /** What a sound server would have sent. */
  text: string;
  /** UTC ms, for the Date header. */
  now: number;
  /** Bounds a drip and a silence, ms: then the connection is closed. */
  silenceMs: number;
  /** Between two bytes of a drip, ms. */
  dripMs: number;
  /** Decompressed size of the gzip bomb, bytes. */
  bombBytes: number;
  /** Where a redirect leads. */
  lure: string;
}

type Broken = (parts: BrokenParts, socket: Socket) => void;

const JSON_TYPE = 'application/json;odata.metadata=minimal;charset=utf-8';

const BROKEN: Partial<Record<FaultName, Broken>> = {
  'reset-before-headers': (_, socket) => socket.resetAndDestroy(),
  'reset-mid-body': (parts, socket) => {
    socket.write(raw(parts, { 'Content-Length': bytesOf(parts.text) }) + half(parts.text));
    // Given a moment, so that the headers arrive before the reset does.
    setTimeout(() => socket.resetAndDestroy(), 30);
  },
  'fin-mid-body': (parts, socket) => {
    socket.end(raw(parts, { 'Content-Length': bytesOf(parts.text) }) + half(parts.text));
  },
  // Neither length nor chunks: for the client the end of the connection is the end of the body.
  'cut-body': (parts, socket) => socket.end(raw(parts, {}) + half(parts.text)),
  'cut-gzip': (parts, socket) => {
    const packed = gzipSync(parts.text);
    socket.write(raw(parts, { 'Content-Encoding': 'gzip' }));
    socket.end(packed.subarray(0, Math.floor(packed.length / 2)));
  },
  'invalid-json': (parts) => sound(parts, parts.text.replace('"value":', '"value":,')),
  'html-200': ({ response }) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Guest network</title><p>Please accept the terms of use.');
  },
  'empty-200': (parts) => sound(parts, ''),
  'error-200': (parts) =>
    sound(parts, '{"error":{"code":"UnknownError","message":"","innerError":{}}}'),
  'slow-drip': drip,
  'no-headers': ({ silenceMs }, socket) => destroyAfter(socket, silenceMs),
  'gzip-bomb': bomb,
  'deep-nesting': (parts) => sound(parts, `{"value":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
  'long-string': (parts) => sound(parts, `{"value":[{"id":"${'x'.repeat(20 * 1024 * 1024)}"}]}`),
  'huge-headers': (parts, socket) => {
    socket.end(raw(parts, { 'X-Padding': 'x'.repeat(20_000) }) + parts.text);
  },
  redirect: ({ response, lure }) => {
    response.writeHead(302, { Location: `${lure}/v1.0/elsewhere` });
    response.end();
  },
};

/** Sends the answer of `fault` and returns true; false if that fault does not break the transport. */
export function sendBroken(fault: FaultName, parts: BrokenParts): boolean {
  const broken = BROKEN[fault];
  const { socket } = parts.response;
  if (!broken || !socket) return false;
  parts.response.sendDate = false;
  parts.response.setHeader('Date', new Date(parts.now).toUTCString());
  broken(parts, socket);
  return true;
}

function sound({ response }: BrokenParts, text: string): void {
  response.setHeader('Content-Type', JSON_TYPE);
  response.end(text);
}

function raw({ now }: BrokenParts, headers: Record<string, string>): string {
  const all = {
    'Content-Type': JSON_TYPE,
    Date: new Date(now).toUTCString(),
    Connection: 'close',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 200 OK\r\n${lines.join('')}\r\n`;
}

function bytesOf(text: string): string {
  return String(Buffer.byteLength(text));
}

function half(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}

function destroyAfter(socket: Socket, ms: number): void {
  const timer = setTimeout(() => socket.destroy(), ms);
  socket.once('close', () => clearTimeout(timer));
}

function drip(parts: BrokenParts, socket: Socket): void {
  socket.write(raw(parts, { 'Content-Length': bytesOf(parts.text) }));
  let sent = 0;
  const timer = setInterval(() => socket.write(parts.text[sent++] ?? ' '), parts.dripMs);
  socket.once('close', () => clearInterval(timer));
  socket.once('error', () => socket.destroy());
  destroyAfter(socket, parts.silenceMs);
}

const bombs = new Map<number, Buffer>();

function bomb({ response, bombBytes }: BrokenParts): void {
  const packed = bombs.get(bombBytes) ?? gzipSync(`{"value":["${'0'.repeat(bombBytes)}"]}`);
  bombs.set(bombBytes, packed);
  response.setHeader('Content-Type', JSON_TYPE);
  response.setHeader('Content-Encoding', 'gzip');
  response.end(packed);
}
