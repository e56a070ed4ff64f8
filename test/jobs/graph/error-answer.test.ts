import { describe, expect, test } from 'vitest';
import { failureOfAnswer } from '../../../jobs/graph/error-answer.ts';
import { errorText } from '../../../jobs/graph/error-envelope.ts';
import { retentionFloor } from '../../../jobs/graph/retention-floor.ts';

function failure(status: number, body: unknown, headers: Record<string, string> = {}) {
  return failureOfAnswer({
    status,
    headers: new Headers(headers),
    body: typeof body === 'string' ? body : JSON.stringify(body),
    path: '/auditLogs/directoryAudits',
    now: 0,
    secret: 'secret-token',
  });
}

const error = (code: string, message = '') => ({ error: { code, message } });

describe('what a failed answer means', () => {
  test.each([
    [403, error('Authentication_RequestFromNonPremiumTenantOrB2CTenant'), 'licence'],
    [403, error('X', "Tenant is not a B2C tenant and doesn't have premium licenses"), 'licence'],
    [403, error('X', "Neither tenant is B2C or tenant doesn't have premium license"), 'licence'],
    [403, error('Authorization_RequestDenied', 'Insufficient privileges'), 'permission'],
    [403, error('Authentication_MSGraphPermissionMissing'), 'permission'],
    [403, '<html>Forbidden</html>', 'permission'],
    [400, error('BadRequest', 'Invalid filter clause'), 'bad_request'],
    [400, error('InvalidToken'), 'expired_link'],
    [400, error('BadRequest', 'The skiptoken is not valid'), 'expired_link'],
    [400, error('BadRequest', 'Skip token has expired'), 'expired_link'],
    [410, error('resyncRequired'), 'expired_link'],
    [410, error('syncStateNotFound'), 'expired_link'],
    [404, error('ResourceNotFound'), 'not_found'],
    [401, error('InvalidAuthenticationToken'), 'auth'],
    [429, error('TooManyRequests'), 'throttled'],
    [408, error('RequestTimeout'), 'transient'],
    [503, '', 'transient'],
  ])('%i %j is %s', (status, body, kind) => {
    expect(failure(status, body)).toMatchObject({ kind, status });
  });

  test('names the permissions that are missing', () => {
    const { message, code } = failure(403, error('Authorization_RequestDenied', 'Insufficient.'));

    expect(code).toBe('Authorization_RequestDenied');
    expect(message).toBe(
      'Microsoft Graph refuses /auditLogs/directoryAudits (403 Authorization_RequestDenied: Insufficient): ' +
        'grant the application permission AuditLog.Read.All and Directory.Read.All and give admin consent.',
    );
  });

  test('never repeats a token that an answer echoes', () => {
    const jwt = `eyJ${'a'.repeat(30)}.eyJ${'b'.repeat(30)}.${'c'.repeat(10)}`;

    const { message } = failure(400, error('BadRequest', `got Bearer secret-token and ${jwt}`));

    expect(message).not.toContain('secret-token');
    expect(message).not.toContain('aaaa');
    expect(message).toContain('[token]');
  });

  test('keeps the claims of a challenge, and the id that support asks for', () => {
    const claims = JSON.stringify({ access_token: { nbf: { essential: true } } });
    const challenge = `Bearer error="insufficient_claims", claims="${btoa(claims)}"`;

    const known = failure(401, error('InvalidAuthenticationToken'), {
      'www-authenticate': challenge,
      'request-id': 'abc',
    });

    expect(known).toMatchObject({ claims, requestId: 'abc' });
  });
});

describe('the retention floor', () => {
  const words = "out of range. (Parameter 'Minimum allowed time for activityDateTime is";
  const april5 = Date.UTC(2026, 3, 5);

  test.each([
    [`${words} 4/5/2026 12:00:00\u202FAM')`, april5],
    [`${words} 4/5/2026 12:00:00 AM')`, april5],
    [`${words} 4/5/2026 12:00:00\uFFFDAM')`, april5],
    [`${words} 4/5/2026 12:30:05 PM')`, april5 + 12.5 * 3_600_000 + 5_000],
    [`${words} 4/5/2026 1:00:00 PM')`, april5 + 13 * 3_600_000],
    [`${words} 4/5/2026 13:00:00')`, april5 + 13 * 3_600_000],
    [`${words} 4/5/2026')`, april5],
    [`${words} 12/31/2025 12:00:00\u00A0AM')`, Date.UTC(2025, 11, 31)],
    [`${words} 31/12/2025 12:00:00 AM')`, null],
    [`${words} yesterday')`, null],
  ])('of %j is %s', (message, floor) => {
    expect(retentionFloor(message)).toBe(floor);
    expect(failure(400, error('UnknownError', message))).toMatchObject({
      kind: 'retention',
      floor,
    });
  });
});

describe('error envelopes', () => {
  test.each([
    [{ error: { code: 'A', innerError: { message: 'inner' } } }, 'A', 'inner'],
    [
      { error: { code: 'A', message: '', innererror: { innererror: { message: 'deep' } } } },
      'A',
      'deep',
    ],
    [{ error: 'invalid_grant', error_description: 'words' }, 'invalid_grant', 'words'],
    [{ error: null }, null, null],
    [['x'], null, null],
  ])('%j', (body, code, message) => {
    expect(errorText(JSON.stringify(body))).toMatchObject({ code, message });
  });

  test('a gateway’s page has none', () => {
    expect(errorText('<html>502</html>')).toMatchObject({ code: null, message: null });
  });

  test('an envelope without end is read to a depth', () => {
    const deep = `${'{"innerError":'.repeat(5_000)}{}${'}'.repeat(5_000)}`;

    expect(errorText(`{"error":${deep}}`)).toMatchObject({ code: null });
  });
});
