import type { DueDelivery } from '../../db/queries/due-deliveries.ts';
import { peopleNamed } from '../../db/queries/people-named.ts';
import type { Store } from '../../db/store-types.ts';
import type { Notice } from './notice.ts';

/** A delivery as its channel may tell it: people and addresses only where the channel has them switched on, with the names of now. */
export async function noticeOf(
  { id, message, createdAt, channel }: DueDelivery,
  { store, tenantId, publicUrl }: { store: Store; tenantId: number; publicUrl: string | null },
): Promise<Notice> {
  const { people, addresses, ...said } = message;
  const link = publicUrl === null ? null : new URL(said.path, publicUrl).href;
  const base = { id, message: said, createdAt, link };
  if (!channel.body.names) return { ...base, people: null, addresses: null };
  const names = await peopleNamed(store, tenantId, people);
  const unnamed = { name: null, userPrincipalName: null };
  const named = people.map((person) => ({ id: person, ...(names.get(person) ?? unnamed) }));
  return { ...base, people: named, addresses };
}
