import { isoText } from '../../domain/instant.ts';
import { headline, type Notice, oneLine } from './notice.ts';

/** Log audit, by RFC 5424's table of facilities. */
const FACILITY = 13;
const SEVERITY = { critical: 2, alert: 3, watch: 4, closed: 5, test: 6 } as const;

/**
 * Name of the structured data. 32473 is the number that RFC 5612 keeps for examples and documentation: the product has none of its own.
 */
export const SD_ID = 'deflectometer@32473';

/** Every receiver of RFC 5425 should take as much. */
const BYTES_MOST = 8192;
const BOM = '\ufeff';

/** One message by RFC 5424, without framing. `host` is the machine's name. */
export function syslogMessage(notice: Notice, host: string): string {
  const { message, id, createdAt, people, addresses, link } = notice;
  const { kind, level } = message;
  const severity = kind === 'closed' || kind === 'test' ? SEVERITY[kind] : SEVERITY[level];
  const header = [
    `<${FACILITY * 8 + severity}>1`,
    isoText(createdAt),
    headerText(host, 255),
    'deflectometer',
    '-',
    kind,
  ].join(' ');
  const data = structuredData({
    id,
    kind,
    alert: message.alertId === null ? null : String(message.alertId),
    rule: message.rule,
    level,
    queue: message.queue,
    start: isoText(message.startedAt),
    end: message.endedAt === null ? null : isoText(message.endedAt),
    sample: String(message.sample),
    link,
    addresses: addresses && list(addresses),
    people: people && list(people.map((person) => person.userPrincipalName ?? person.id)),
  });
  const before = `${header} ${data} ${BOM}`;
  const text = [headline(notice), ...message.facts.map(oneLine)].join(' | ');
  return before + cut(text, BYTES_MOST - Buffer.byteLength(before));
}

/** The message in a frame of RFC 5425 and RFC 6587: its length in bytes, a blank, the message. */
export function framed(message: string): Buffer {
  const bytes = Buffer.from(message, 'utf8');
  return Buffer.concat([Buffer.from(`${bytes.length} `, 'ascii'), bytes]);
}

/** A value of structured data: quote, backslash and closing bracket are escaped. */
export function sdValue(text: string): string {
  return oneLine(text)
    .toWellFormed()
    .replace(/[\\"\]]/g, '\\$&');
}

function structuredData(values: Record<string, string | null>): string {
  const given = Object.entries(values).filter((pair): pair is [string, string] => !!pair[1]);
  return `[${[SD_ID, ...given.map(([name, value]) => `${name}="${sdValue(value)}"`)].join(' ')}]`;
}

/** Printable ASCII without blanks, as headers ask for; `-` for nothing. */
function headerText(text: string, most: number): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, most) || '-';
}

const LISTED_BYTES_MOST = 1500;

/** Texts with commas between, as many as fit: the message must not lose its end to them. */
function list(texts: readonly string[]): string {
  let joined = '';
  for (const text of texts) {
    const next = joined === '' ? text : `${joined},${text}`;
    if (Buffer.byteLength(next) > LISTED_BYTES_MOST) break;
    joined = next;
  }
  return joined;
}

/** The beginning of `text` that fits into `bytes` of UTF-8, no character taken apart. */
function cut(text: string, bytes: number): string {
  const whole = Buffer.from(text, 'utf8');
  if (whole.length <= bytes) return text;
  let end = Math.max(0, bytes);
  while (end > 0 && ((whole[end] ?? 0) & 0xc0) === 0x80) end--;
  return whole.subarray(0, end).toString('utf8');
}
