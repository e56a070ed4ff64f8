import { SMTPServer } from 'smtp-server';
import { describe, expect, test } from 'vitest';
import type { MailConfig } from '../../../jobs/config/mail.ts';
import { mailSender } from '../../../jobs/out/mail-sender.ts';
import type { SendFailure } from '../../../jobs/out/send-failure.ts';
import { aBody, aNotice, NOTICE_ID } from '../../build/notices.ts';
import {
  listening,
  mailReceiver,
  RECEIVER,
  receiverIdentity,
  syslogReceiver,
} from '../../build/receivers.ts';

// The certificate is made out for a name, so that name is asked for; it leads here.
async function sent(
  port: number,
  given: Partial<MailConfig> = {},
  { to = ['desk@example.org'], message = {}, withinMs = 3000 } = {},
): Promise<string | null | SendFailure> {
  const { cert: ca } = await receiverIdentity();
  const mail: MailConfig = {
    host: '127.0.0.1',
    port,
    secure: false,
    requireTls: true,
    user: null,
    password: null,
    from: 'alerts@example.org',
    ...given,
  };
  const send = mailSender({ mail, ca, servername: RECEIVER, withinMs });
  const { signal } = new AbortController();
  const notice = aNotice({ message });
  return send({ notice, body: aBody({ to }), secrets: {}, now: 0, signal }).catch(
    (error: SendFailure) => error,
  );
}

describe('mail', () => {
  test('goes over STARTTLS, under the id of the delivery', async () => {
    const receiver = await mailReceiver();

    expect(await sent(receiver.port)).toBeNull();
    const [mail] = receiver.mails;
    expect(mail).toMatchObject({ to: ['desk@example.org'], secure: true });
    expect(mail?.text).toContain(`Message-ID: <${NOTICE_ID}@example.org>`);
    expect(mail?.text).toContain('Auto-Submitted: auto-generated');
    expect(mail?.text).toContain('240 people failed from 5 addresses');
    expect(mail?.text).toContain('Microsoft logs no wrong code');
    expect(mail?.text).not.toMatch(/person-1|203\.0\.113\.7/);
  });

  test('goes over TLS from the first byte, signed in', async () => {
    const seen: string[] = [];
    const receiver = await mailReceiver({
      secure: true,
      authOptional: false,
      onAuth({ username, password }, _session, callback) {
        seen.push(`${username}:${password}`);
        callback(null, { user: 'me' });
      },
    });

    expect(
      await sent(receiver.port, {
        secure: true,
        requireTls: false,
        user: 'me',
        password: 's3cr3t',
      }),
    ).toBeNull();
    expect(seen).toEqual(['me:s3cr3t']);
  });

  test('is not sent, and nobody signs in, to a server that offers no STARTTLS', async () => {
    const seen: string[] = [];
    const receiver = await mailReceiver({
      hideSTARTTLS: true,
      disabledCommands: ['STARTTLS'],
      onAuth({ username }, _session, callback) {
        seen.push(username ?? '');
        callback(null, { user: 'me' });
      },
    });

    expect(await sent(receiver.port, { user: 'me', password: 's3cr3t' })).toMatchObject({
      name: 'SendFailure',
    });
    expect([seen, receiver.mails]).toEqual([[], []]);
  });

  test('goes in plain to a server on this machine', async () => {
    const receiver = await mailReceiver({ hideSTARTTLS: true });

    expect(await sent(receiver.port, { requireTls: false })).toBeNull();
    expect(receiver.mails).toMatchObject([{ secure: false }]);
  });

  test('cannot be given further headers or recipients by what it says', async () => {
    const receiver = await mailReceiver();
    const title = 'x\r\nBcc: evil@example.org\r\n\r\nbody\u2028y';

    expect(await sent(receiver.port, {}, { message: { title } })).toBeNull();
    const [mail] = receiver.mails;
    const head = mail?.text.slice(0, mail.text.indexOf('\r\n\r\n')) ?? '';
    expect(mail?.to).toEqual(['desk@example.org']);
    expect(head).not.toMatch(/^Bcc:/im);
    expect(head).toMatch(/^Subject: .*Bcc/im);
  });

  test('arrives where one of two addresses is refused, and says so', async () => {
    const receiver = await mailReceiver({
      onRcptTo({ address }, _session, callback) {
        const refused = Object.assign(new Error('no such user s3cr3t'), { responseCode: 550 });
        callback(address.startsWith('gone') ? refused : null);
      },
    });

    expect(await sent(receiver.port, {}, { to: ['gone@example.org', 'desk@example.org'] })).toBe(
      'The mail server refused 1 of 2 addresses.',
    );
    expect(receiver.mails).toHaveLength(1);
  });

  test.each([
    [550, true],
    [554, true],
    [451, false],
  ])(
    'refused with %i is for good: %s; what the server said stays there',
    async (responseCode, permanent) => {
      const receiver = await mailReceiver({
        onData(stream, _session, callback) {
          stream
            .resume()
            .on('end', () => callback(Object.assign(new Error('s3cr3t'), { responseCode })));
        },
      });

      expect(await sent(receiver.port)).toMatchObject({
        message: `The mail server refused the mail (${responseCode}).`,
        permanent,
      });
    },
  );

  test('is given up in time where the server is down or silent, and tried again', async () => {
    const silent = new SMTPServer({ ...(await receiverIdentity()), onConnect: () => undefined });
    const port = await listening(silent.server);

    expect(await sent(1)).toMatchObject({ permanent: false });
    expect(await sent(port, {}, { withinMs: 300 })).toMatchObject({
      message: 'The receiver did not answer in time.',
      permanent: false,
    });
  });

  test('that is given up leaves no connection open, though the server goes on and on', async () => {
    const ends: string[] = [];
    const { port } = await syslogReceiver('tcp', (socket) => {
      socket.write('220 here\r\n');
      const talk = setInterval(() => socket.write('250-x\r\n'), 20);
      socket.on('end', () => ends.push('end'));
      socket.on('close', () => {
        clearInterval(talk);
        ends.push('close');
      });
    });

    const failure = await sent(port, { requireTls: false }, { withinMs: 300 });

    expect(failure).toMatchObject({ message: 'The receiver did not answer in time.' });
    await expect.poll(() => ends, { timeout: 2000 }).toContain('close');
  });

  test('to several goes once, to all of them, and names nobody but them in its head', async () => {
    const receiver = await mailReceiver();
    const to = ['desk@example.org', 'soc@example.org'];

    expect(await sent(receiver.port, {}, { to, message: { sample: true } })).toBeNull();
    const [mail] = receiver.mails;
    const head = mail?.text.slice(0, mail.text.indexOf('\r\n\r\n')) ?? '';
    expect(receiver.mails).toHaveLength(1);
    expect(mail?.to).toEqual(to);
    expect(head).toMatch(/^Subject: \[Sample data\] Alert: 240 people failed/m);
    expect(head).not.toMatch(/person-1|203\.0\.113\.7/);
  });

  test('needs a mail server', async () => {
    const { signal } = new AbortController();
    const send = mailSender({ mail: null });

    await expect(
      send({ notice: aNotice(), body: aBody({ to: [] }), secrets: {}, now: 0, signal }),
    ).rejects.toMatchObject({ message: expect.stringContaining('SMTP_URL'), permanent: true });
  });
});
