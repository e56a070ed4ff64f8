import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SendFailure } from '../../../jobs/out/send-failure.ts';
import { framed, SD_ID, sdValue, syslogMessage } from '../../../jobs/out/syslog-message.ts';
import type { SyslogRules } from '../../../jobs/out/syslog-sender.ts';
import { syslogSender } from '../../../jobs/out/syslog-sender.ts';
import { aBody, aNotice, NOTICE_ID } from '../../build/notices.ts';
import { RECEIVER, receiverRules, syslogReceiver } from '../../build/receivers.ts';

/** RFC 5424: header, structured data with escapes, and a message after the byte order mark. */
const RFC5424 =
  /^<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\x21-\x7e]{1,255}) ([\x21-\x7e]{1,48}) ([\x21-\x7e]{1,128}) ([\x21-\x7e]{1,32}) \[([^\s=\]"]{1,32})((?: [^\s=\]"]{1,32}="(?:[^"\\\]]|\\["\\\]])*")*)\] \ufeff(.*)$/su;

function parsed(message: string) {
  const match = RFC5424.exec(message);
  if (!match) throw new Error(`Not RFC 5424: ${message}`);
  const [, pri, timestamp, host, app, process, id, sdId, params = '', text = ''] = match;
  const values = Object.fromEntries(
    [...params.matchAll(/ ([^=]+)="((?:[^"\\\]]|\\["\\\]])*)"/g)].map(
      ([, name = '', value = '']) => [name, value.replace(/\\(["\\\]])/g, '$1')],
    ),
  );
  return { pri: Number(pri), timestamp, host, app, process, id, sdId, values, text };
}

describe('a syslog message', () => {
  test('is RFC 5424, with the delivery’s id as data', () => {
    const message = parsed(syslogMessage(aNotice(), 'this-machine'));

    expect(message).toMatchObject({
      pri: 13 * 8 + 3,
      timestamp: '2026-03-10T02:00:00.000Z',
      host: 'this-machine',
      app: 'deflectometer',
      id: 'raised',
      sdId: SD_ID,
      values: { id: NOTICE_ID, alert: '7', level: 'alert', sample: 'false' },
    });
    expect(message.text).toContain('Alert: 240 people failed');
  });

  test('says when its data is made up, in its text and as data', () => {
    const { text, values } = parsed(syslogMessage(aNotice({ message: { sample: true } }), 'x'));

    expect(text).toContain('[Sample data] Alert: 240 people failed');
    expect(values).toMatchObject({ sample: 'true' });
  });

  test.each([
    ['critical', 'raised', 2],
    ['alert', 'level_raised', 3],
    ['watch', 'raised', 4],
    ['critical', 'closed', 5],
    ['watch', 'test', 6],
  ] as const)('of level %s, %s, has severity %i of the log audit', (level, kind, severity) => {
    const { pri } = parsed(syslogMessage(aNotice({ message: { level, kind } }), 'x'));

    expect(pri).toBe(13 * 8 + severity);
  });

  test('keeps names and addresses to itself unless its channel may tell them', () => {
    const people = [{ id: 'person-1', name: 'A', userPrincipalName: 'a@example.org' }];

    expect(syslogMessage(aNotice(), 'x')).not.toMatch(/person-1|203\.0\.113/);
    const told = parsed(syslogMessage(aNotice({ people, addresses: ['203.0.113.7'] }), 'x'));
    expect(told.values).toMatchObject({ people: 'a@example.org', addresses: '203.0.113.7' });
  });

  test('escapes what would end a value, and comes back as it was', () => {
    const texts = fc.string({
      unit: fc.constantFrom('"', '\\', ']', '[', '=', ' ', 'a', '\n', '\0', 'ß', '😀', '\ud800'),
    });
    fc.assert(
      fc.property(texts, texts, fc.string(), (title, rule, host) => {
        const notice = aNotice({
          message: { title },
          people: [{ id: 'x', name: null, userPrincipalName: rule }],
        });
        const bytes = Buffer.from(syslogMessage(notice, host), 'utf8');
        const message = parsed(bytes.toString('utf8'));

        expect(message.text).not.toMatch(/[\n\0]/);
        if (rule.trim() !== '')
          expect(sdValue(rule).replace(/\\(["\\\]])/g, '$1')).toBe(message.values.people ?? '');
      }),
    );
  });

  test('is cut to 8192 bytes between characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 4000, maxLength: 9000 }), (title) => {
        const bytes = Buffer.from(syslogMessage(aNotice({ message: { title } }), 'x'), 'utf8');

        expect(bytes.length).toBeLessThanOrEqual(8192);
        parsed(bytes.toString('utf8'));
      }),
      { numRuns: 30 },
    );
    const long = syslogMessage(aNotice({ message: { title: '😀'.repeat(5000) } }), 'x');
    expect(long).not.toContain('\ufffd');
    expect(Buffer.byteLength(long)).toBeGreaterThan(8185);
  });

  test('is framed by its length in bytes', () => {
    expect(framed('ä€😀').toString('utf8')).toBe('9 ä€😀');
  });
});

async function sent(
  port: number,
  transport: 'tls' | 'tcp',
  given: Partial<SyslogRules> = {},
  host = RECEIVER,
) {
  const send = syslogSender({ ...(await receiverRules()), ...given });
  const { signal } = new AbortController();
  const body = aBody({ host, port, transport });
  try {
    return await send({ notice: aNotice(), body, secrets: {}, now: 0, signal });
  } catch (error) {
    return error as SendFailure;
  }
}

describe('syslog', () => {
  test.each(['tls', 'tcp'] as const)('arrives over %s, in one frame', async (transport) => {
    const receiver = await syslogReceiver(transport);

    expect(await sent(receiver.port, transport)).toBeNull();
    const [frame = ''] = receiver.connections;
    const [, length, message = ''] = /^(\d+) (.*)$/s.exec(frame) ?? [];
    expect(Number(length)).toBe(Buffer.byteLength(message));
    expect(parsed(message).values.id).toBe(NOTICE_ID);
  });

  test('over plain TCP goes to listed hosts alone', async () => {
    const receiver = await syslogReceiver('tcp');

    expect(await sent(receiver.port, 'tcp', { internalHosts: [] })).toMatchObject({
      message: expect.stringContaining('plain TCP'),
      permanent: true,
    });
    expect(receiver.connections).toEqual([]);
  });

  test.each(['127.0.0.1', '2130706433', '::1', 'localhost', 'receiver.example'])(
    'goes to no inner address that is not listed: %s',
    async (host) => {
      const receiver = await syslogReceiver('tls');

      expect(await sent(receiver.port, 'tls', { internalHosts: [] }, host)).toMatchObject({
        message: expect.stringContaining('not a public one'),
        permanent: true,
      });
      expect(receiver.connections).toEqual([]);
    },
  );

  test('is tried again where the receiver is down, resets, never speaks TLS, or is not trusted', async () => {
    const silent = await syslogReceiver('tcp');
    const resets = await syslogReceiver('tcp', (socket) => socket.resetAndDestroy());
    const { port } = await syslogReceiver('tls');
    const { ca: _, ...untrusted } = await receiverRules();
    const failures = [
      await sent(1, 'tls'),
      await sent(resets.port, 'tcp'),
      await sent(silent.port, 'tls'),
      await syslogSender(untrusted)({
        notice: aNotice(),
        body: aBody({ host: RECEIVER, port, transport: 'tls' }),
        secrets: {},
        now: 0,
        signal: new AbortController().signal,
      }).catch((error: SendFailure) => error),
    ].map((failure) => failure as SendFailure);

    expect(failures.map(({ permanent }) => permanent)).toEqual([false, false, false, false]);
    expect(failures.map(({ message }) => message)).toEqual([
      'The receiver refuses connections.',
      expect.stringContaining('broke'),
      'The receiver did not answer in time.',
      expect.stringContaining('not trusted'),
    ]);
  });
});
