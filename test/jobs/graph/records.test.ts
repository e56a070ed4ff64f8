import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { directoryAuditsPath, parseDirectoryAudit } from '../../../jobs/graph/directory-audits.ts';
import { parseDomain } from '../../../jobs/graph/domains.ts';
import { instantOrNull } from '../../../jobs/graph/instant.ts';
import { organizationPath, parseOrganization } from '../../../jobs/graph/organization.ts';
import type { Parsed } from '../../../jobs/graph/parsed.ts';
import {
  parseRegisteredByFeature,
  registeredByFeaturePath,
} from '../../../jobs/graph/registered-by-feature.ts';
import {
  parseRegistrationDetails,
  registrationDetailsPath,
} from '../../../jobs/graph/registration-details.ts';
import { parseUser, usersPath } from '../../../jobs/graph/users.ts';

const GUID = '0A1B2C3D-0000-4000-8000-00000000000F';
const long = 'x'.repeat(2_001);

function rowOf<Row>(parsed: Parsed<Row>): Row {
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.row;
}

describe('a record of the registration report', () => {
  const full = {
    id: GUID,
    userPrincipalName: 'ada@example.org',
    userDisplayName: 'Ada',
    userType: 'member',
    isAdmin: true,
    isSsprEnabled: true,
    isSsprRegistered: false,
    isSsprCapable: false,
    isMfaCapable: true,
    methodsRegistered: ['email', 'somethingNew'],
    isPasswordlessCapable: 'not read',
  };

  test('becomes a row: GUIDs in lower case, unknown methods verbatim', () => {
    expect(rowOf(parseRegistrationDetails(full))).toEqual({
      id: GUID.toLowerCase(),
      name: 'Ada',
      userPrincipalName: 'ada@example.org',
      state: {
        admin: true,
        enabled: true,
        registered: false,
        capable: false,
        mfaCapable: true,
        methods: ['email', 'somethingNew'],
        userType: 'member',
      },
    });
  });

  test('is kept when everything but its id is missing or null', () => {
    const nothing = {
      admin: null,
      enabled: null,
      registered: null,
      capable: null,
      mfaCapable: null,
      methods: null,
      userType: null,
    };

    expect(rowOf(parseRegistrationDetails({ id: 'Not-A-Guid' }))).toEqual({
      id: 'Not-A-Guid',
      name: null,
      userPrincipalName: null,
      state: nothing,
    });
    expect(
      rowOf(parseRegistrationDetails({ id: 'x', isAdmin: null, methodsRegistered: null })).state,
    ).toEqual(nothing);
  });

  test.each([
    [null, 'record: not an object'],
    [[], 'record: not an object'],
    ['secret', 'record: not an object'],
    [{}, 'id: missing'],
    [{ id: '' }, 'id: empty'],
    [{ id: 7 }, 'id: not a string'],
    [{ id: 'x', isSsprCapable: 'true' }, 'isSsprCapable: not a boolean'],
    [{ id: 'x', isAdmin: 0 }, 'isAdmin: not a boolean'],
    [{ id: 'x', userType: 1 }, 'userType: not a string'],
    [{ id: 'x', userDisplayName: {} }, 'userDisplayName: not a string'],
    [{ id: 'x', userDisplayName: long }, 'userDisplayName: too long'],
    [{ id: 'x', methodsRegistered: 'email' }, 'methodsRegistered: not a list'],
    [{ id: 'x', methodsRegistered: [null] }, 'methodsRegistered: not a list of strings'],
    [{ id: 'x', methodsRegistered: [7] }, 'methodsRegistered: not a string'],
    [{ id: 'x', methodsRegistered: Array(201).fill('a') }, 'methodsRegistered: too many'],
  ])('is refused with the field and never the value: %#', (record, reason) => {
    expect(parseRegistrationDetails(record)).toEqual({ ok: false, reason });
  });

  test('loses what PostgreSQL would refuse, and nothing else', () => {
    const { name } = rowOf(parseRegistrationDetails({ id: 'x', userDisplayName: 'a\0b\uD800c😀' }));

    expect(name).toBe('a\uFFFDb\uFFFDc😀');
  });

  test('whatever it is, is a row or a refusal', () => {
    fc.assert(
      fc.property(fc.record({ id: fc.anything(), userType: fc.anything() }), (record) => {
        for (const parse of [parseRegistrationDetails, parseDirectoryAudit, parseUser]) {
          expect(typeof parse(record).ok).toBe('boolean');
        }
      }),
    );
  });
});

describe('an entry of the audit log', () => {
  const entry = {
    id: 'SSPR_x_P1CQE_1',
    activityDateTime: '2026-03-02T03:30:00.1234567Z',
    activityDisplayName: 'Reset password (by admin)',
    loggedByService: 'Self-service Password Management',
    category: 'UserManagement',
    operationType: 'Update',
    result: 'Success',
    resultReason: 'None',
    correlationId: GUID,
    initiatedBy: {
      user: { id: GUID, userPrincipalName: 'ada@example.org', ipAddress: '192.0.2.1' },
      app: null,
    },
    targetResources: [{ id: '' }, null, { id: GUID, Type: 'User' }, { id: 'other' }],
    additionalDetails: [
      { key: 'Long', value: long },
      { key: 'OnPremisesAgent', value: 'CloudSync' },
    ],
  };

  test('becomes a row', () => {
    expect(rowOf(parseDirectoryAudit(entry))).toEqual({
      id: 'SSPR_x_P1CQE_1',
      occurredAt: Date.UTC(2026, 2, 2, 3, 30, 0, 123),
      occurredText: '2026-03-02T03:30:00.1234567Z',
      activity: 'Reset password (by admin)',
      service: 'Self-service Password Management',
      result: 'success',
      reason: 'None',
      correlationId: GUID.toLowerCase(),
      targetId: GUID.toLowerCase(),
      initiatorId: GUID.toLowerCase(),
      initiatorName: 'ada@example.org',
      initiatorIsApp: false,
      address: '192.0.2.1',
      category: 'UserManagement',
      operationType: 'Update',
      onPremisesAgent: 'CloudSync',
      userAgent: null,
    });
  });

  test('is kept when what it is about is missing', () => {
    const bare = {
      id: 'x',
      activityDateTime: '2026-03-02T03:30:00Z',
      activityDisplayName: 'A',
      loggedByService: 'S',
    };

    for (const nulls of [{}, { initiatedBy: null, targetResources: null, result: null }]) {
      expect(rowOf(parseDirectoryAudit({ ...bare, ...nulls }))).toMatchObject({
        result: 'unknown',
        reason: null,
        correlationId: null,
        targetId: null,
        initiatorId: null,
        initiatorIsApp: false,
        address: null,
      });
    }
  });

  test.each([null, '', '00000000-0000-0000-0000-000000000000'])(
    'has no correlation id where Graph sends %j',
    (correlationId) => {
      expect(rowOf(parseDirectoryAudit({ ...entry, correlationId })).correlationId).toBeNull();
    },
  );

  test('was started by an app if the app says anything of itself', () => {
    const by = (app: unknown) =>
      rowOf(parseDirectoryAudit({ ...entry, initiatedBy: { user: null, app } })).initiatorIsApp;

    expect(by({ appId: null, displayName: 'Script' })).toBe(true);
    expect(by({ '@odata.type': '#microsoft.graph.appIdentity', appId: null })).toBe(false);
  });

  test.each([
    [{ activityDateTime: undefined }, 'activityDateTime: missing'],
    [{ activityDateTime: 'yesterday' }, 'activityDateTime: no instant'],
    [{ activityDateTime: '2026-02-30T00:00:00Z' }, 'activityDateTime: no instant'],
    [{ id: '' }, 'id: empty'],
    [{ activityDisplayName: null }, 'activityDisplayName: missing'],
    [{ resultReason: long }, 'resultReason: too long'],
    [{ initiatedBy: { user: { id: 7 } } }, 'initiatedBy.user.id: not a string'],
    [{ targetResources: 'x' }, 'targetResources: not a list'],
  ])('is refused with the field: %#', (wrong, reason) => {
    expect(parseDirectoryAudit({ ...entry, ...wrong })).toEqual({ ok: false, reason });
  });
});

describe('an account', () => {
  test('becomes a row: dimensions trimmed, blank ones null', () => {
    const row = rowOf(
      parseUser({
        id: GUID,
        displayName: ' Ada ',
        userType: 'Member',
        department: '  Sales ',
        country: '   ',
        officeLocation: '',
        companyName: null,
        createdDateTime: '2026-03-02T03:30:00Z',
        lastPasswordChangeDateTime: 'never',
        accountEnabled: false,
      }),
    );

    expect(row).toEqual({
      id: GUID.toLowerCase(),
      name: ' Ada ',
      userPrincipalName: null,
      userType: 'Member',
      department: 'Sales',
      country: null,
      office: null,
      company: null,
      createdAt: Date.UTC(2026, 2, 2, 3, 30),
      accountEnabled: false,
      lastPasswordChangeAt: null,
      passwordPolicies: null,
      onPremisesSynced: null,
      managerId: null,
      lastSignInAt: null,
    });
  });

  test.each([
    [undefined, null],
    [null, null],
    [{ id: GUID }, GUID.toLowerCase()],
    [{ '@odata.type': '#microsoft.graph.user', id: '' }, null],
  ])('has the manager %o as %s', (manager, managerId) => {
    expect(rowOf(parseUser({ id: 'x', manager })).managerId).toBe(managerId);
  });

  const last = { lastSignInDateTime: '2026-03-02T03:30:00Z' };
  const quiet = { lastNonInteractiveSignInDateTime: '2026-03-03T03:30:00Z' };
  const successful = { lastSuccessfulSignInDateTime: '2026-03-01T03:30:00Z' };

  test.each([
    ['the successful one', { ...last, ...quiet, ...successful }, Date.UTC(2026, 2, 1, 3, 30)],
    ['else the latest attempt', { ...last, ...quiet }, Date.UTC(2026, 2, 3, 3, 30)],
    ['of one kind', { ...last, lastSuccessfulSignInDateTime: null }, Date.UTC(2026, 2, 2, 3, 30)],
    ['none for the year 1', { lastSignInDateTime: '0001-01-01T00:00:00Z' }, null],
    ['none for nothing', {}, null],
    ['none for null', null, null],
  ])('signed in last: %s', (_, signInActivity, lastSignInAt) => {
    expect(rowOf(parseUser({ id: 'x', signInActivity })).lastSignInAt).toBe(lastSignInAt);
  });

  test.each([
    [{ manager: 'Ada' }, 'manager: not an object'],
    [{ manager: { id: 7 } }, 'manager.id: not a string'],
    [{ signInActivity: [] }, 'signInActivity: not an object'],
    [{ signInActivity: { lastSignInDateTime: 7 } }, 'lastSignInDateTime: not a string'],
  ])('is refused with the field: %#', (wrong, reason) => {
    expect(parseUser({ id: 'x', ...wrong })).toEqual({ ok: false, reason });
  });
});

describe('domains and the organization', () => {
  test('become rows', () => {
    expect(
      rowOf(parseDomain({ id: 'example.org', passwordValidityPeriodInDays: 90, isDefault: true })),
    ).toEqual({ id: 'example.org', passwordValidityDays: 90, isDefault: true, isVerified: null });
    expect(rowOf(parseOrganization({ id: GUID, displayName: 'Example' }))).toEqual({
      id: GUID.toLowerCase(),
      displayName: 'Example',
    });
  });
});

describe('paths', () => {
  const decoded = (path: string) => decodeURIComponent(path);

  test('ask for what is documented', () => {
    expect(registrationDetailsPath()).toBe(
      '/reports/authenticationMethods/userRegistrationDetails?$top=999',
    );
    expect(decoded(directoryAuditsPath({ since: 0, until: 1, service: "Admin's", top: 5 }))).toBe(
      '/auditLogs/directoryAudits?$filter=activityDateTime ge 1970-01-01T00:00:00.000Z and ' +
        "activityDateTime le 1970-01-01T00:00:00.001Z and loggedByService eq 'Admin''s'&$top=5",
    );
    expect(decoded(usersPath())).toMatch(
      /^\/users\?\$select=id,displayName,.*,signInActivity&\$expand=manager\(\$select=id\)&\$top=999$/,
    );
    expect(usersPath()).toContain('$expand=manager(%24select%3Did)');
    const plain = usersPath({ managers: false, signIns: false });
    expect(plain).not.toMatch(/signInActivity|expand/);
    expect(decoded(organizationPath())).toBe('/organization?$select=id,displayName');
    expect(registeredByFeaturePath('member')).toContain(
      "(includedUserTypes='member',includedUserRoles='all')",
    );
  });
});

describe('instants', () => {
  test.each([
    ['2026-03-02T03:30:00Z', Date.UTC(2026, 2, 2, 3, 30)],
    ['2026-03-02T03:30:00.9Z', Date.UTC(2026, 2, 2, 3, 30, 0, 900)],
    ['2026-03-02T03:30:00.98Z', Date.UTC(2026, 2, 2, 3, 30, 0, 980)],
    ['2026-03-02T03:30:00.999999999Z', Date.UTC(2026, 2, 2, 3, 30, 0, 999)],
    ['2026-03-02T03:30:00.1234567+05:30', Date.UTC(2026, 2, 1, 22, 0, 0, 123)],
    ['2026-03-02T03:30:00-0100', Date.UTC(2026, 2, 2, 4, 30)],
    ['2024-02-29T00:00:00+00:00', Date.UTC(2024, 1, 29)],
    ['2026-02-29T00:00:00Z', null],
    ['2026-13-01T00:00:00Z', null],
    ['2026-01-01T24:00:00Z', null],
    ['2026-01-01T00:00:00', null],
    ['2026-01-01', null],
    ['', null],
  ])('%j is %s', (text, at) => {
    expect(instantOrNull(text)).toBe(at);
  });

  test('are those of Date wherever both read them', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
        (date) => {
          expect(instantOrNull(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });
});

const SAMPLES = join(import.meta.dirname, '../../../../shared/samples');

describe.skipIf(!existsSync(SAMPLES))('published and real records', () => {
  const read = (...path: string[]) => JSON.parse(readFileSync(join(SAMPLES, ...path), 'utf8'));

  test.each(['v1.0', 'beta'])('of the registration report are read (%s)', (version) => {
    const { value } = read('graph-docs-examples', `${version}-userRegistrationDetails.json`);

    expect(value.map(parseRegistrationDetails).filter(({ ok }: { ok: boolean }) => !ok)).toEqual(
      [],
    );
    expect(value.length).toBeGreaterThan(0);
  });

  test('of the audit log are read', () => {
    const examples = [1, 2].flatMap(
      (n) => read('graph-docs-examples', `v1.0-directoryAudits-example${n}.json`).value,
    );
    const real = readdirSync(join(SAMPLES, 'real-audit-records'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => read('real-audit-records', name))
      .map((record) => record.properties ?? record);

    const refused = [...examples, ...real].map(parseDirectoryAudit).filter(({ ok }) => !ok);

    expect(refused).toEqual([]);
    expect(real.length).toBeGreaterThan(30);
  });

  test('of the totals are read', () => {
    const summary = read('graph-docs-examples', 'v1.0-usersRegisteredByFeature.json');

    expect(rowOf(parseRegisteredByFeature(summary))).toEqual({
      total: 23123,
      enabled: 4234,
      registered: 23423,
      capable: 4234,
      mfaCapable: 3345,
    });
  });
});

if (!existsSync(SAMPLES)) console.log('Published records are not on this machine: not parsed.');
