import type { DueDelivery } from '../../db/queries/due-deliveries.ts';
import { KEY_NOT_HERE, openSecrets } from '../../db/store/channel-secrets.ts';
import { noteFailed } from '../../db/store/deliveries.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import type { ChannelSecrets } from '../../domain/alerting/channel.ts';
import { afterQuiet } from '../../domain/alerting/quiet-hours.ts';
import { type Acknowledgement, noteAcknowledged } from './acknowledged.ts';
import { waitMs } from './backoff.ts';
import type { DeliverDeps } from './deliver-deps.ts';
import { noticeOf } from './notice-of.ts';
import { SendFailure } from './send-failure.ts';

/**
 * Tries one delivery, and notes what became of it. One that was acknowledged is never taken for a failed one: where it cannot be noted,
 * that is thrown. So is whatever stopped the attempt once `signal` is aborted.
 */
export async function attempt(
  deps: DeliverDeps,
  lease: HeldLease,
  due: DueDelivery,
): Promise<'sent' | 'failed' | 'dead'> {
  const outcome = deps.acknowledged.get(due.id) ?? (await sent(deps, due));
  if (!(outcome instanceof SendFailure)) {
    await noteAcknowledged(deps, lease, due, outcome);
    return 'sent';
  }
  const nextAt = nextAttempt(deps, due, outcome);
  const attempts = due.attempts + 1;
  await noteFailed(lease, { id: due.id, attempts, error: outcome.message, nextAt });
  return nextAt === null ? 'dead' : 'failed';
}

async function sent(deps: DeliverDeps, due: DueDelivery): Promise<Acknowledgement | SendFailure> {
  const { senders, clock, signal, onBug } = deps;
  const { kind, body } = due.channel;
  try {
    const secrets = secretsOf(due, deps);
    const notice = await noticeOf(due, deps);
    const note = await senders[kind]({ notice, body, secrets, now: clock(), signal });
    return { attempts: due.attempts + 1, now: clock(), note };
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof SendFailure) return error;
    onBug(error);
    return new SendFailure('An error of ours stopped it; the log says more.');
  }
}

/** It may come back, or the address may be typed in again: so it waits like for a receiver that is down. */
function secretsOf({ channelId, channel }: DueDelivery, deps: DeliverDeps): ChannelSecrets {
  const { tenantId, secretsKey } = deps;
  const secrets = openSecrets(channel.secrets, { tenantId, channelId }, secretsKey.found());
  if (secrets === null) throw new SendFailure(KEY_NOT_HERE);
  return secrets;
}

function nextAttempt(
  { clock, random, cutter }: DeliverDeps,
  { attempts, channel, message }: DueDelivery,
  { permanent, retryAfterMs }: SendFailure,
): number | null {
  if (permanent) return null;
  const wait = waitMs(attempts + 1, { random: random(), retryAfterMs });
  if (wait === null) return null;
  const { quiet } = channel.body;
  return afterQuiet(
    clock() + wait,
    { quiet: message.kind === 'test' ? null : quiet, level: message.level },
    cutter,
  );
}
