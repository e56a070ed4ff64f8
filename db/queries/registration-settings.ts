import type { AtRiskSettings } from '../../domain/at-risk.ts';
import { parseDay } from '../../domain/day.ts';
import { listEntries, readSettings, type Settings } from '../store/settings.ts';
import type { Store } from '../store-types.ts';

export interface RegistrationSettings extends AtRiskSettings {
  /** As typed in: user principal names or object ids, one each; blank ones left out. */
  globalAdministrators: string[];
}

/** What the settings say of resets: how many methods, what ends when, and who is a Global Administrator. */
export async function registrationSettings(
  store: Store,
  tenantId: number,
  defaults: Settings,
): Promise<RegistrationSettings> {
  const settings = await readSettings(store, tenantId, defaults);
  const of = (name: string) => settings[name] ?? '';
  return {
    requiredMethods: of('required_methods') === '2' ? 2 : 1,
    smsVoiceEnd: parseDay(of('sms_voice_end')),
    smsVoiceEndGlobalAdmins: parseDay(of('sms_voice_end_global_admins')),
    ownTelephony: of('own_telephony') === 'true',
    globalAdministrators: listEntries(of('global_administrators')),
  };
}
