import type { LOG_METHODS } from '../../server/contract/resets.ts';

export type LogMethod = (typeof LOG_METHODS)[number];

/** Methods of verification as the log names them, for people. */
export const LOG_METHOD_LABEL: Record<LogMethod, string> = {
  email: 'Email',
  'mobile SMS': 'Mobile SMS',
  'mobile voice call': 'Mobile voice call',
  'office voice call': 'Office voice call',
  'security questions': 'Security questions',
  'mobile app notification': 'App notification',
  'mobile app code': 'App code',
};

export const LOG_METHOD_NAMES = Object.keys(LOG_METHOD_LABEL) as LogMethod[];

/** A method of the address; null: none, or one that nobody knows. */
export const logMethodOf = (value: string | null): LogMethod | null =>
  LOG_METHOD_NAMES.find((method) => method === value) ?? null;
