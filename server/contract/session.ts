import { z } from 'zod';

/** `POST /api/v1/session`: exchanges the access token for a session cookie. */
export const SessionRequest = z.strictObject({ token: z.string().min(1).max(500) });

/** `GET` and `POST /api/v1/session` */
export const SessionResponse = z.object({ signedIn: z.boolean() });
export type SessionResponse = z.output<typeof SessionResponse>;
