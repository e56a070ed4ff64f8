import { expect, test } from 'vitest';
import { campaigns } from '../../db/queries/campaigns.ts';
import { readSettings, settingDefaults } from '../../db/store/settings.ts';
import { sampleTenant } from '../../demo/sample/tenant.ts';
import { addDays } from '../../domain/day.ts';
import { replaySample } from '../../jobs/replay-sample.ts';
import { sqliteStore } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const END = Date.parse('2026-11-22T13:00:00Z');

test('the sample tenant begins with what an admin would have typed in, once, also after a kill', async () => {
  const lease = await tenantOn(await sqliteStore(), { clock: () => END });
  const { store, tenantId } = lease;
  const sample = sampleTenant({ end: END });
  const settings = settingDefaults({ timeZone: 'UTC' });
  const signal = AbortSignal.abort(); // stopped before the first day is replayed
  const deps = { lease, sample, settings, clock: () => END, signal, onProgress: () => undefined };

  await replaySample(deps);
  await replaySample(deps);

  const campaign = sample.story.find((marker) => marker.campaign);
  expect(await campaigns(store, tenantId)).toEqual([campaign?.day]);
  expect(await store.read.select().from(store.t.annotation)).toMatchObject([
    { kind: 'campaign', lastDay: campaign?.lastDay, author: 'Sample data', createdAt: END },
  ]);
  const set = await readSettings(store, tenantId, settings);
  expect(set).toMatchObject({
    required_methods: '2',
    target_coverage: '82',
    target_day: addDays(sample.last, 122),
  });
});
