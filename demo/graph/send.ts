import type { IncomingMessage, ServerResponse } from 'node:http';
import { guidOf } from '../random.ts';
import type { GraphFailure } from './errors.ts';
import { errorBody } from './errors.ts';
import { BAD_BYTE_MARK, BIG_INT_MARK } from './mutations.ts';

/** One request and the answer to be given to it. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** UTC ms. */
  now: number;
  /** Number of the request, from 1; makes its request id. */
  number: number;
}

export function sendFailure(exchange: Exchange, failure: GraphFailure): void {
  const { request, response, now, number } = exchange;
  for (const [name, value] of Object.entries(failure.headers ?? {})) {
    response.setHeader(name, value);
  }
  const requestId = guidOf(0x9e3779b1, number);
  const clientRequestId = String(request.headers['client-request-id'] ?? requestId);
  const body = errorBody(failure, { now, requestId, clientRequestId });
  sendText(exchange, failure.status, JSON.stringify(body));
}

export function sendText({ response, now }: Exchange, status: number, text: string): void {
  response.sendDate = false;
  response.statusCode = status;
  response.setHeader('Date', new Date(now).toUTCString());
  response.setHeader('Content-Type', 'application/json;odata.metadata=minimal;charset=utf-8');
  response.end(bytesOf(text));
}

export function textOf(body: object): string {
  return JSON.stringify(body).replaceAll(`"${BIG_INT_MARK}"`, BIG_INT_MARK.replaceAll('@', ''));
}

/** The text as UTF-8, but for the mark that stands for a byte that is none. */
function bytesOf(text: string): Buffer {
  const parts = text.split(BAD_BYTE_MARK).map((part) => Buffer.from(part));
  const bad = Buffer.from([0xff]);
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [bad, part])));
}
