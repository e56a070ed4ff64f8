import { describe, expect, test } from 'vitest';
import { changeSettings, readSettings, settingDefaults } from '../../db/store/settings.ts';
import { ENGINES } from '../build/stores.ts';

const defaults = settingDefaults({ timeZone: 'UTC' });

describe.each(ENGINES)('settings on %s', (_, emptyStore) => {
  test('hold their default until changed, and again when emptied', async () => {
    const store = await emptyStore();

    await changeSettings(store, 1, { required_methods: '2', time_zone: 'Asia/Kathmandu' }, 1000);
    const changed = await readSettings(store, 1, defaults);
    await changeSettings(store, 1, { required_methods: '', time_zone: ' ' }, 2000);

    expect(changed).toMatchObject({ required_methods: '2', time_zone: 'Asia/Kathmandu' });
    expect(await readSettings(store, 1, defaults)).toEqual(defaults);
  });

  test('a change with two mistakes changes nothing and names both', async () => {
    const store = await emptyStore();
    const change = { required_methods: '3', time_zone: 'Mars/Olympus', own_telephony: 'true' };

    const refused = changeSettings(store, 1, change, 1000);

    await expect(refused).rejects.toThrow(/from 1 to 2.*IANA time zone/);
    expect(await readSettings(store, 1, defaults)).toEqual(defaults);
  });
});
