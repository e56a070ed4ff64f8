import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { channels } from '../../db/queries/channels.ts';
import { openSecrets, sealSecrets } from '../../db/store/channel-secrets.ts';
import { addedChannel, nextNonce, TEST_KEY } from '../build/outbox.ts';
import { ENGINES } from '../build/stores.ts';

const SECRETS = { url: 'https://hooks.example.org/s3cr3t', key: 's3cr3t' };
const OF = { tenantId: 1, channelId: 7 };

const sealed = () => sealSecrets(SECRETS, OF, { key: TEST_KEY, nonce: nextNonce() });

describe('sealed secrets', () => {
  test('open for their own channel with their own key', () => {
    expect(openSecrets(sealed(), OF, TEST_KEY)).toEqual(SECRETS);
    expect(JSON.stringify(sealed())).not.toContain('s3cr3t');
    expect(sealed()).not.toEqual(sealed());
  });

  test('open for no other channel, no other tenant, and with no other key', () => {
    expect(openSecrets(sealed(), { ...OF, channelId: 8 }, TEST_KEY)).toBeNull();
    expect(openSecrets(sealed(), { ...OF, tenantId: 2 }, TEST_KEY)).toBeNull();
    expect(openSecrets(sealed(), { tenantId: 17, channelId: 7 }, TEST_KEY)).toBeNull();
    expect(openSecrets(sealed(), OF, Buffer.alloc(32, 'another'))).toBeNull();
    expect(openSecrets(sealed(), OF, null)).toBeNull();
  });

  test('do not open once any part of the text was changed', () => {
    const { sealed: text = '' } = sealed();
    const bytes = Buffer.from(text.slice(3), 'base64');
    const changed = [...bytes.keys()].map((at) => {
      const other = Buffer.from(bytes);
      other.writeUInt8((other[at] ?? 0) ^ 1, at);
      return `v1.${other.toString('base64')}`;
    });
    const cut = ['', 'v1.', text.slice(0, 30), text.slice(0, -4), text.replace('v1.', 'v2.'), '💥'];

    for (const broken of [...changed, ...cut])
      expect(openSecrets({ sealed: broken }, OF, TEST_KEY)).toBeNull();
  });

  test('are none where a channel has none', () => {
    expect(openSecrets({}, OF, null)).toEqual({});
  });
});

describe.each(ENGINES)('secrets of channels on %s', (_, emptyStore) => {
  test('cannot be moved to another channel by who can write into the database', async () => {
    const store = await emptyStore();
    const { id, secrets } = await addedChannel(store, { secrets: SECRETS });
    const other = await addedChannel(store, { secrets: { ...SECRETS, url: 'https://o.example/' } });
    const { channel } = store.t;
    await store.tx(async (db) => {
      await db
        .update(channel)
        .set({ secrets })
        .where(and(eq(channel.tenantId, 1), eq(channel.id, other.id)));
    });

    expect(await channels(store, { tenantId: 1, key: TEST_KEY })).toMatchObject([
      { id, opens: true, urlHost: 'hooks.example.org' },
      { id: other.id, opens: false, urlHost: null },
    ]);
    expect(await channels(store, { tenantId: 1, key: null })).toMatchObject([
      { opens: false, urlHost: null },
      { opens: false, urlHost: null },
    ]);
  });
});
