import { type MailRules, mailSender } from './mail-sender.ts';
import type { PostRules } from './safe-post.ts';
import type { Senders } from './sender.ts';
import { type SyslogRules, syslogSender } from './syslog-sender.ts';
import { teamsSender, webhookSender } from './web-senders.ts';

/** What sending may do: who may be reached, which mail server there is. */
export type SendRules = PostRules & MailRules & SyslogRules;

/** One sender for every kind of channel. */
export function sendersBy(rules: SendRules): Senders {
  return {
    mail: mailSender(rules),
    teams: teamsSender(rules),
    webhook: webhookSender(rules),
    syslog: syslogSender(rules),
  };
}
