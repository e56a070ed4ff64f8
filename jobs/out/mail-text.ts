import { caveats, duration, type Notice, oneLine, personText } from './notice.ts';

/** The whole notice as plain text, for a mail. Lines end in a line feed. */
export function mailText(notice: Notice): string {
  const { message, people, addresses, link, id } = notice;
  const parts: (string[] | null)[] = [
    [message.title],
    [`Rule: ${message.ruleTitle}`, `Level: ${message.level}`, `For: ${message.queue}`],
    [duration(message) ?? ''],
    caveats(notice),
    titled('What it stands on', message.facts),
    titled(
      'What to do',
      message.next.map((step, i) => `${i + 1}. ${step}`),
    ),
    titled('People', people?.map(personText) ?? []),
    titled('Addresses', addresses ?? []),
    link === null ? [] : [link],
    [`Delivery ${id}; a repeat has the same id.`],
  ];
  return parts
    .map((lines) => (lines ?? []).map(oneLine).filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines];
}
