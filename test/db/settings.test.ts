import { describe, expect, test } from 'vitest';
import {
  changeSettings,
  readSettings,
  settingDefaults,
  typedSettings,
} from '../../db/store/settings.ts';
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

  test('may be empty, which means not set, and take it back', async () => {
    const store = await emptyStore();
    const target = { target_coverage: '90', target_day: '2027-03-24' };

    await changeSettings(store, 1, target, 1000);
    const set = await readSettings(store, 1, defaults);
    await changeSettings(store, 1, { target_coverage: '', target_day: '' }, 2000);

    expect(defaults).toMatchObject({ target_coverage: '', target_day: '' });
    expect(set).toMatchObject(target);
    expect(await readSettings(store, 1, defaults)).toEqual(defaults);
  });

  test('refuse a target that is no whole percent', async () => {
    const store = await emptyStore();

    for (const target_coverage of ['0', '101', '89.5', '-1', 'all'])
      await expect(changeSettings(store, 1, { target_coverage }, 1000)).rejects.toThrow(
        /Target for coverage: .*from 1 to 100/,
      );
    expect(await readSettings(store, 1, defaults)).toEqual(defaults);
  });

  test('are known to be typed in, also where that is the default', async () => {
    const store = await emptyStore();

    await changeSettings(store, 1, { required_methods: '1', own_telephony: 'true' }, 1000);
    await changeSettings(store, 1, { own_telephony: '' }, 2000);

    expect([...(await typedSettings(store, 1))]).toEqual(['required_methods']);
  });

  test('a change with two mistakes changes nothing and names both', async () => {
    const store = await emptyStore();
    const change = { required_methods: '3', time_zone: 'Mars/Olympus', own_telephony: 'true' };

    const refused = changeSettings(store, 1, change, 1000);

    await expect(refused).rejects.toThrow(/from 1 to 2.*IANA time zone/);
    expect(await readSettings(store, 1, defaults)).toEqual(defaults);
  });
});
