import { type PostRules, safePost } from './safe-post.ts';
import { SendFailure } from './send-failure.ts';
import type { Sender } from './sender.ts';
import { teamsMessage } from './teams-card.ts';
import { webhookBody } from './webhook-body.ts';
import { webhookHeaders } from './webhook-signature.ts';

/** A card for a workflow of Teams, which acknowledges with 202. */
export function teamsSender(rules: PostRules): Sender {
  return async ({ notice, secrets: { url = '' }, now, signal }) => {
    await safePost({ url, headers: {}, body: teamsMessage(notice), now, signal }, rules);
    return null;
  };
}

/** JSON for any receiver, signed by Standard Webhooks. */
export function webhookSender(rules: PostRules): Sender {
  return async ({ notice, secrets: { url = '', key }, now, signal }) => {
    if (!key) throw new SendFailure('The channel has no key to sign with.', { permanent: true });
    const body = webhookBody(notice);
    const headers = webhookHeaders({ id: notice.id, now, body }, key);
    await safePost({ url, headers, body, now, signal }, rules);
    return null;
  };
}
