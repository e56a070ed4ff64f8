import { BadConfig, type Config } from './config.ts';

/** Why the server did not start, in a sentence that says what to do. */
export function startFailure(error: unknown, config: Config | null): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof BadConfig) return error.message;
  const code = 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${config?.port} is in use by another program. Stop that one, or set PORT to another number (0 takes any that is free).`;
    case 'EACCES':
    case 'EEXIST':
    case 'ENOTDIR':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
      return `The folder ${config?.dataDirectory} cannot be written (${code}). Give this user the right to write there, or set DATABASE_URL to a file elsewhere.`;
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return `The disk of ${config?.dataDirectory} is full (${code}). Make room and start again.`;
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
      return `The database of DATABASE_URL cannot be reached (${code}).`;
    default:
      return isBug(error) ? (error.stack ?? error.message) : error.message;
  }
}

/** An error of the language is one of ours, and is shown whole; the others say a sentence. */
function isBug(error: Error): boolean {
  const ofUser = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return (error instanceof TypeError || error instanceof ReferenceError) && !ofUser;
}
