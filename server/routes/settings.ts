import { json, type Router } from 'express';
import {
  BadSetting,
  changeSettings,
  readSettings,
  SETTINGS,
  settingDefaults,
} from '../../db/store/settings.ts';
import { SettingsChange, type SettingsResponse } from '../contract/settings.ts';
import { AppError } from '../errors.ts';
import { NoQuery, readBody, readQuery } from '../query.ts';
import { type ApiDeps, servedTenant } from './deps.ts';

/** The settings that are kept in the database; those of the environment are not among them. */
export function settingsRoutes(api: Router, deps: ApiDeps): void {
  const { store } = deps;

  api.get('/settings', async (req, res) => {
    readQuery(req, NoQuery);
    res.json(await settingsOf(deps, (await servedTenant(deps)).id));
  });

  api.put('/settings', json({ limit: '256kb' }), async (req, res) => {
    readQuery(req, NoQuery);
    const { settings } = readBody(req, SettingsChange);
    const { id: tenantId } = await servedTenant(deps);
    if (tenantId === 0)
      throw new AppError(
        'conflict',
        'Settings can be changed once the first collection has begun.',
      );
    await changeSettings(store, tenantId, settings, deps.now()).catch(refuseSettings);
    deps.log.info('settings changed', { settings: Object.keys(settings) });
    deps.settingsChanged();
    res.json(await settingsOf(deps, tenantId));
  });
}

async function settingsOf(
  { store, timeZone }: ApiDeps,
  tenantId: number,
): Promise<SettingsResponse> {
  const defaults = settingDefaults({ timeZone });
  const values = await readSettings(store, tenantId, defaults);
  const settings = SETTINGS.map((setting) => ({
    ...setting,
    default: defaults[setting.name] ?? setting.default,
    value: values[setting.name] ?? setting.default,
  }));
  return { settings };
}

function refuseSettings(error: unknown): never {
  if (error instanceof BadSetting) throw new AppError('invalid', error.message, { cause: error });
  throw error;
}
