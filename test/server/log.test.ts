import { describe, expect, test } from 'vitest';
import { createLog, errorFacts } from '../../server/log.ts';
import { serve, TOKEN } from '../build/server.ts';

function log(secrets: string[]) {
  const lines: string[] = [];
  return {
    lines,
    ...createLog(
      (line) => lines.push(line),
      () => 0,
      secrets,
    ),
  };
}

describe('the log', () => {
  test('has one JSON object a line', () => {
    const { lines, warn } = log([]);

    warn('two\nlines', { feed: 'resets', records: 3 });

    expect(lines).toEqual([
      '{"time":"1970-01-01T00:00:00.000Z","level":"warn","event":"two\\nlines","feed":"resets","records":3}',
    ]);
  });

  test('never holds a secret, however it got there', () => {
    const { lines, error } = log(['s3"cr3t']);

    error('failed', errorFacts(new Error('bad token s3"cr3t given')));

    expect(lines.join()).not.toContain('cr3t');
    expect(lines.join()).toContain('[secret]');
  });

  test('holds the statement of a failed query, but not its values', () => {
    const failed = Object.assign(new Error('Failed query: select ?\nparams: Ada Lovelace'), {
      query: 'select ?',
      params: ['Ada Lovelace'],
      cause: new Error('disk I/O error'),
    });

    const facts = errorFacts(failed);

    expect(facts).toMatchObject({ message: 'Failed query: select ?', cause: 'disk I/O error' });
    expect(JSON.stringify(facts)).not.toContain('Ada');
  });

  test('tells that names were viewed and that somebody signed in, not whose and with what', async () => {
    const { ask, askSignedIn, logged } = await serve();

    await ask('/api/v1/session', { method: 'POST', json: { token: TOKEN } });
    await ask('/api/v1/session', { method: 'POST', json: { token: 'wrong-token' } });
    await askSignedIn('/api/v1/people?search=Lovelace');
    await askSignedIn('/api/v1/people/ada-lovelace');

    expect(logged.map((line) => JSON.parse(line).event)).toEqual([
      'signed in',
      'sign-in refused',
      'names viewed',
    ]);
    expect(logged.join()).not.toMatch(new RegExp(`${TOKEN}|wrong-token|lovelace`, 'i'));
  });
});
