import type { Answers } from '../../web/api/contract-shapes.ts';
import { anAlert } from './alert-answers.ts';

const AS_OF = '2026-06-28T12:00:00.000Z';

export const someAlerts = (
  alerts: Answers['AlertsResponse']['alerts'] = [anAlert()],
  override: Partial<Answers['AlertsResponse']> = {},
): Answers['AlertsResponse'] => ({
  asOf: AS_OF,
  alerts,
  total: alerts.length,
  open: { watch: 0, alert: 0, critical: alerts.length },
  nextCursor: null,
  ...override,
});

export const QUIET = someAlerts([], { open: { watch: 0, alert: 0, critical: 0 } });

type Failure = Answers['FailureListResponse']['failures'][number];

export const aFailure = (override: Partial<Failure> = {}): Failure => ({
  at: '2026-06-28T02:10:00.000Z',
  method: 'mobile SMS',
  person: { id: '0a', name: 'Quill Testerman', userPrincipalName: 'q@larkfield.example' },
  address: '198.51.100.7',
  country: 'Austria',
  admin: false,
  incidentId: 'flow 1',
  ...override,
});

export const someListed = (
  failures: Failure[] = [aFailure()],
  override: Partial<Answers['FailureListResponse']> = {},
): Answers['FailureListResponse'] => ({
  asOf: AS_OF,
  failures,
  total: failures.length,
  people: 1,
  addresses: 1,
  nextCursor: null,
  ...override,
});
