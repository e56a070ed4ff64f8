import { caveats, duration, headline, type Notice, oneLine, personText } from './notice.ts';

/** Teams refuses messages over 28 KB; a part of that is its own. */
const BYTES_MOST = 20_000;
const LINES_MOST = 20;
const TEXT_MOST = 500;

interface Run {
  type: 'TextRun';
  text: string;
  weight?: 'Bolder';
  size?: 'Large' | 'Small';
  isSubtle?: true;
  color?: 'Attention' | 'Warning' | 'Good';
}

/**
 * An Adaptive Card in the envelope that the Teams workflow "When a Teams webhook request is received" takes. All text stands in text runs,
 * which read no Markdown, so that nothing of a name or a reason can become a link or a mention.
 */
export function teamsMessage(notice: Notice): string {
  for (let lines = LINES_MOST; ; lines = Math.floor(lines / 2)) {
    const text = JSON.stringify(envelope(notice, lines));
    if (Buffer.byteLength(text) <= BYTES_MOST || lines === 0) return text;
  }
}

function envelope(notice: Notice, lines: number) {
  const { message, people, addresses, link, id } = notice;
  const facts = [`${message.ruleTitle}, for ${message.queue}`, duration(message) ?? ''];
  const body = [
    block(
      run(headline(notice), {
        weight: 'Bolder',
        size: 'Large',
        color: COLOURS[message.kind === 'closed' ? 'closed' : message.level],
      }),
    ),
    ...facts
      .concat(caveats(notice))
      .filter(Boolean)
      .map((text) => block(run(text, { isSubtle: true }))),
    ...message.facts.slice(0, lines).map((text) => block(run(text))),
    ...titled('What to do', message.next, lines),
    ...titled('People', people?.map(personText) ?? [], lines),
    ...titled('Addresses', addresses ?? [], lines),
    block(run(`Delivery ${id}`, { isSubtle: true, size: 'Small' })),
  ];
  const actions = link === null ? [] : [{ type: 'Action.OpenUrl', title: 'Open', url: link }];
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body,
    actions,
  };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] };
}

const COLOURS = {
  watch: 'Warning',
  alert: 'Attention',
  critical: 'Attention',
  closed: 'Good',
} as const;

function titled(title: string, texts: readonly string[], most: number) {
  if (texts.length === 0) return [];
  const left = texts.length - Math.min(texts.length, most);
  return [
    block(run(title, { weight: 'Bolder' })),
    ...texts.slice(0, most).map((text) => block(run(text))),
    ...(left > 0 ? [block(run(`and ${left} more`, { isSubtle: true }))] : []),
  ];
}

const block = (inline: Run) => ({ type: 'RichTextBlock', inlines: [inline] });

/** Text runs still replace {{DATE(…)}} and {{TIME(…)}}, so two braces never stand together. */
function run(text: string, look: Omit<Run, 'type' | 'text'> = {}): Run {
  const line = oneLine(text).replace(/\{(?=\{)/g, '{\u200b');
  return {
    type: 'TextRun',
    text: line.length > TEXT_MOST ? `${line.slice(0, TEXT_MOST).toWellFormed()}…` : line,
    ...look,
  };
}
