import type { Request, Response } from 'express';

/**
 * The session cookie: not for scripts, not for other sites. Browsers share cookies
 * between ports of a host, so its name holds the port: two servers on one machine
 * do not sign each other's readers out.
 */
export interface SessionCookie {
  /** The session id that the request carries, or null. */
  read(req: Request): string | null;
  set(res: Response, id: string): void;
  clear(res: Response): void;
}

export function sessionCookie(secure: boolean): SessionCookie {
  const name = ({ socket }: Request) =>
    secure ? '__Host-deflectometer' : `deflectometer_${socket.localPort}`;
  const options = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const;
  return {
    read: (req) => cookieValue(req.headers.cookie ?? '', name(req)),
    set: (res, id) => void res.cookie(name(res.req), id, options),
    clear: (res) => void res.clearCookie(name(res.req), options),
  };
}

function cookieValue(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return null;
}
