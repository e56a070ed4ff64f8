import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { ResolvedAddress } from '../../../jobs/out/safe-lookup.ts';
import { safePost } from '../../../jobs/out/safe-post.ts';
import type { SendFailure } from '../../../jobs/out/send-failure.ts';
import { listening, RECEIVER, receiverRules, webReceiver } from '../../build/receivers.ts';

type Rules = Awaited<ReturnType<typeof receiverRules>>;

/** What came of posting to `url`: null when it was acknowledged. */
async function failureOf(url: string, given: Partial<Rules> = {}): Promise<SendFailure | null> {
  const { signal } = new AbortController();
  const rules = await receiverRules(given);
  try {
    await safePost({ url, headers: {}, body: '{}', now: 0, signal }, rules);
    return null;
  } catch (error) {
    return error as SendFailure;
  }
}

const loopback = async (): Promise<ResolvedAddress[]> => [{ address: '127.0.0.1', family: 4 }];

describe('a receiver of posts', () => {
  test.each([200, 201, 202, 204])(
    'acknowledges with status %i, whatever its body is',
    async (status) => {
      const { url, received } = await webReceiver((res) =>
        res.writeHead(status).end('<h1>no JSON'),
      );

      expect(await failureOf(url)).toBeNull();
      expect(received).toHaveLength(1);
      expect(received[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
    },
  );

  test('has acknowledged when its 200 is cut off behind the head', async () => {
    const { url } = await webReceiver((res) => {
      res.writeHead(200, { 'content-length': '1000' });
      res.write('x', () => res.socket?.destroy());
    });

    expect(await failureOf(url)).toBeNull();
  });

  test('may send a body without end, which is not read', async () => {
    let written = 0;
    const { url } = await webReceiver((res) => {
      const pour = () => {
        while (!res.destroyed && res.write(Buffer.alloc(65_536))) written += 65_536;
      };
      res.on('drain', pour).on('error', () => undefined);
      pour();
    });

    expect(await failureOf(url)).toBeNull();
    expect(written).toBeLessThan(20_000_000);
  });

  test('is not followed anywhere: a redirect is a refusal', async () => {
    const target = await webReceiver();
    const { url } = await webReceiver((res) => res.writeHead(307, { location: target.url }).end());

    expect(await failureOf(url)).toMatchObject({
      message: expect.stringContaining('redirect (307)'),
      permanent: true,
    });
    expect(target.received).toEqual([]);
  });

  test.each([400, 401, 403, 404, 410, 413])('refuses for good with status %i', async (status) => {
    const { url } = await webReceiver((res) => res.writeHead(status).end('s3cr3t'));

    expect(await failureOf(url)).toMatchObject({
      message: `The receiver answered with status ${status}.`,
      permanent: true,
    });
  });

  test.each([
    [408, null],
    [425, null],
    [429, 120_000],
    [500, null],
    [502, null],
    [503, 120_000],
  ])('may be asked again after status %i', async (status, retryAfterMs) => {
    const { url } = await webReceiver((res) =>
      res.writeHead(status, { 'retry-after': '120' }).end(),
    );

    expect(await failureOf(url)).toMatchObject({ permanent: false, retryAfterMs });
  });

  test.each([
    ['is down', 'https://receiver.example:1/', 'refuses connections'],
    ['speaks no TLS', 'plain', /encrypted|broke|read/],
    ['is of a name nobody knows', 'unknown', 'cannot be resolved'],
  ])('that %s may be asked again', async (_, kind, message) => {
    const plain = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    const port = await listening(plain);
    const unknown = async (): Promise<ResolvedAddress[]> => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND receiver.example'), {
        code: 'ENOTFOUND',
      });
    };
    const url = kind === 'plain' ? `https://${RECEIVER}:${port}/` : 'https://receiver.example:1/';
    const failure = await failureOf(url, kind === 'unknown' ? { resolve: unknown } : {});

    expect(failure).toMatchObject({ permanent: false });
    expect(failure?.message).toMatch(message);
  });

  test('that reset the connection after it had read is to be asked again', async () => {
    const { url, received } = await webReceiver((res) => res.socket?.destroy());

    expect(await failureOf(url)).toMatchObject({
      message: expect.stringContaining('broke'),
      permanent: false,
    });
    expect(received).toHaveLength(1);
  });

  test.each([
    ['never answers', () => undefined],
    [
      'drips its head',
      (res: { socket: { write(text: string): unknown } | null }) => {
        res.socket?.write('HTTP/1.1 200 OK\r\nx: ');
        const drip = setInterval(() => res.socket?.write('x'), 50);
        setTimeout(() => clearInterval(drip), 3000).unref();
        drip.unref();
      },
    ],
  ])('that %s is given up in time', async (_, answer) => {
    const { url } = await webReceiver(answer as Parameters<typeof webReceiver>[0]);
    const startedAt = performance.now();

    expect(await failureOf(url)).toMatchObject({ message: 'The receiver did not answer in time.' });
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  test('whose name server never answers is given up in time', async () => {
    const resolve = () => new Promise<ResolvedAddress[]>(() => undefined);

    expect(await failureOf('https://receiver.example/', { resolve })).toMatchObject({
      message: 'The receiver did not answer in time.',
    });
  });

  test('with a certificate nobody trusts, or for another name, is told nothing', async () => {
    const { url, received } = await webReceiver();
    const other = new URL(url);
    other.hostname = 'other.example';
    const { ca: _, ...rules } = await receiverRules();
    const untrusted = await safePost(
      { url, headers: {}, body: '{}', now: 0, signal: new AbortController().signal },
      rules,
    ).catch((error: Error) => error.message);

    expect(untrusted).toContain('not trusted');
    expect(await failureOf(other.href, { internalHosts: ['other.example'] })).toMatchObject({
      message: expect.stringContaining('for another name'),
    });
    expect(received).toEqual([]);
  });
});

describe('addresses inside', () => {
  const REFUSED = { message: expect.stringContaining('not a public one'), permanent: true };

  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://0.0.0.0/',
  ])('are refused where the address names them: %s', async (url) => {
    expect(await failureOf(url)).toMatchObject(REFUSED);
  });

  test.each([
    [['127.0.0.1']],
    [['10.0.0.5']],
    [['93.184.216.34', '169.254.169.254']],
    [['::ffff:127.0.0.1']],
    [['fd00::1']],
  ])('are refused where a name has them, also beside others: %j', async (addresses) => {
    const { url, received, port } = await webReceiver();
    const resolve = async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

    expect(port).toBeGreaterThan(0);
    expect(await failureOf(url, { internalHosts: [], resolve })).toMatchObject(REFUSED);
    expect(received).toEqual([]);
  });

  test('are not reached by a name server that changes its answer: what was checked is connected to', async () => {
    const { url, received } = await webReceiver();
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    };

    expect(await failureOf(url, { resolve })).toBeNull();
    expect(asked).toBe(1);
    expect(received).toHaveLength(1);
  });

  test('of listed hosts alone may be reached', async () => {
    const { url, received } = await webReceiver();

    expect(
      await failureOf(url, { internalHosts: ['other.example'], resolve: loopback }),
    ).toMatchObject(REFUSED);
    expect(await failureOf(url, { internalHosts: [RECEIVER] })).toBeNull();
    expect(received).toHaveLength(1);
  });

  test.each(['http://receiver.example/', 'ftp://receiver.example/', 'file:///etc/passwd', 'x'])(
    'and other schemes are never asked: %s',
    async (url) => {
      expect(await failureOf(url)).toMatchObject({
        message: expect.stringContaining('https://'),
        permanent: true,
      });
    },
  );

  test('no failure repeats the path, the query or what the receiver said', async () => {
    const failures = [
      await failureOf((await webReceiver((res) => res.writeHead(403).end('s3cr3t'))).url),
      await failureOf(
        (await webReceiver((res) => res.writeHead(302, { location: '/s3cr3t' }).end())).url,
      ),
      await failureOf((await webReceiver((res) => res.socket?.destroy())).url),
      await failureOf('https://receiver.example:1/s3cr3t'),
      await failureOf('http://s3cr3t/s3cr3t'),
      await failureOf('https://10.0.0.1/s3cr3t'),
    ];

    expect(failures.map((failure) => failure?.name)).toEqual(Array(6).fill('SendFailure'));
    expect(
      JSON.stringify(failures.map((failure) => [failure?.message, failure?.cause])),
    ).not.toContain('s3cr3t');
  });
});
