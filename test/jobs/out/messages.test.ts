import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mailText } from '../../../jobs/out/mail-text.ts';
import { headline } from '../../../jobs/out/notice.ts';
import { teamsMessage } from '../../../jobs/out/teams-card.ts';
import { webhookBody } from '../../../jobs/out/webhook-body.ts';
import { webhookHeaders } from '../../../jobs/out/webhook-signature.ts';
import { aNotice, NOTICE_ID } from '../../build/notices.ts';

const PEOPLE = [{ id: 'person-1', name: 'Ada', userPrincipalName: 'ada@example.org' }];

/** Every text that a card shows. */
function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'text' in value && typeof value.text === 'string' ? [value.text] : [];
  return own.concat(Object.values(value).flatMap(texts));
}

describe('a signature', () => {
  test('is the one of the specification’s own example', () => {
    const headers = webhookHeaders(
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', now: 1_614_265_330_000, body: '{"test": 2432232314}' },
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    );

    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });
});

describe('a card for Teams', () => {
  test('is an Adaptive Card in the envelope of a workflow, with the delivery’s id', () => {
    const message = JSON.parse(
      teamsMessage(aNotice({ link: 'https://page.example/security/alerts/7' })),
    );

    expect(message).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            type: 'AdaptiveCard',
            version: '1.4',
            actions: [{ type: 'Action.OpenUrl', url: 'https://page.example/security/alerts/7' }],
          },
        },
      ],
    });
    expect(texts(message)).toContain(`Delivery ${NOTICE_ID}`);
    expect(texts(message).join()).not.toContain('person-1');
  });

  test('reads no Markdown, no mention and no formula out of what it says', () => {
    const title = '[click](https://evil.example) **x** <at>all</at> {{DATE(2026-01-01)}}';
    const card = teamsMessage(aNotice({ message: { title, facts: [title], next: [title] } }));

    expect(card).not.toMatch(/"type":"(?:TextBlock|FactSet|mention)"|"entities"/);
    expect(card).not.toContain('{{DATE');
  });

  test('stays below what Teams takes, whatever there is to say', () => {
    const many = (unit: string) =>
      fc.array(
        fc.string({ unit: 'grapheme', maxLength: 3000 }).map((text) => text + unit),
        { maxLength: 60 },
      );
    fc.assert(
      fc.property(many('x'), many('"'), many('😀'), (facts, next, names) => {
        const people = names.map((name) => ({ id: name, name, userPrincipalName: name }));
        const card = teamsMessage(aNotice({ message: { facts, next }, people, addresses: names }));

        expect(Buffer.byteLength(card)).toBeLessThanOrEqual(20_000);
        expect(() => JSON.parse(card)).not.toThrow();
      }),
      { numRuns: 25 },
    );
    const long = '😀"'.repeat(3000);
    const people = Array.from({ length: 20 }, () => ({
      id: long,
      name: long,
      userPrincipalName: long,
    }));
    const card = teamsMessage(
      aNotice({ message: { facts: Array(50).fill(long), title: long }, people }),
    );
    expect(Buffer.byteLength(card)).toBeLessThanOrEqual(20_000);
    expect(JSON.parse(card).type).toBe('message');
  });
});

describe('whatever is sent', () => {
  const ALL = [mailText, teamsMessage, webhookBody];

  test('names people only where it was told their names', () => {
    for (const write of ALL) {
      expect(write(aNotice())).not.toMatch(/person-1|203\.0\.113\.7/);
      expect(write(aNotice({ people: PEOPLE, addresses: ['203.0.113.7'] }))).toMatch(
        /ada@example\.org[\s\S]*203\.0\.113\.7/,
      );
    }
  });

  test('says when data is made up, and that failed verifications are inferred', () => {
    for (const write of [mailText, teamsMessage]) {
      expect(write(aNotice({ message: { sample: true } }))).toContain('Sample data');
      expect(write(aNotice())).toContain('Microsoft logs no wrong code');
      expect(write(aNotice({ message: { rule: 'admin_resets' } }))).not.toMatch(
        /wrong code|Sample/,
      );
    }
    expect(JSON.parse(webhookBody(aNotice({ message: { sample: true } }))).data.sample).toBe(true);
  });

  test('says in its first line what it is', () => {
    const lineOf = (message: object) => headline(aNotice({ message: { title: 'X', ...message } }));

    expect(lineOf({})).toBe('Alert: X');
    expect(lineOf({ kind: 'level_raised', level: 'critical' })).toBe('Now critical: X');
    expect(lineOf({ kind: 'closed', level: 'critical' })).toBe('Over: X');
    expect(lineOf({ kind: 'test', sample: true })).toBe('[Sample data] Test: X');
    expect(lineOf({ title: 'a\r\nb\u202ec' })).toBe('Alert: a b c');
  });
});
