import type { Chance } from './chance.ts';
import type { NastyTenant } from './nasty-tenant.ts';
import { guidOf, type Raw } from './raw.ts';

const AGENTS = ['Microsoft Entra Connect', 'CloudSync', 'An agent/of "100 %" & more?', 'None', ''];
const TEXTS = [
  'constructor',
  '100 % "new" / reason? & #more=+',
  'Ünïcödé 𝒵 reason; drop, table',
  'User was eaten by a bear \t',
  '=SUM(1)',
];

/** The tenant with agents, ids that are hard to put into an address, and reasons nobody has seen. */
export function withHardWords(random: Chance, tenant: NastyTenant): NastyTenant {
  const agentOfFlow = new Map<string, string>();
  const hard = (record: Raw, index: number): Raw => {
    const flow = guidOf(record.correlationId);
    const unknown = record.resultReason === 'Something Microsoft added last Tuesday';
    return {
      ...record,
      id: flow === null ? `Device Registration/Service ${index}_ü?#%2F&+.. _${index}` : record.id,
      resultReason: unknown && random.is(0.7) ? random.one(TEXTS) : record.resultReason,
      additionalDetails: detailsOf(record, flow ?? `${index}`),
    };
  };
  const detailsOf = (record: Raw, flow: string): Raw[] | undefined => {
    const agent = agentOfFlow.get(flow) ?? random.one(AGENTS);
    agentOfFlow.set(flow, agent);
    const isEnd = /^(reset|unlock)/i.test(String(record.activityDisplayName));
    if (!isEnd && random.is(0.5)) return [{ key: 'OnPremisesAgent', value: 'Some other agent' }];
    if (random.is(0.1)) return random.one<Raw[] | undefined>([[], undefined]);
    return [
      { key: 'Other', value: 'x' },
      { key: 'OnPremisesAgent', value: agent },
    ];
  };
  return {
    ...tenant,
    users: tenant.users.map((user) =>
      random.is(0.3) ? { ...user, onPremisesSyncEnabled: random.one([true, false]) } : user,
    ),
    audits: tenant.audits.map(hard),
  };
}
