import type { AtRiskResponse } from '../../server/contract/registration.ts';
import type { SettingsResponse } from '../../server/contract/settings.ts';
import { counted, dayLong, percent } from '../format.ts';

/** Settings that hold the days on which phones end, the nearest first. */
export const CLIFF_SETTINGS = ['sms_voice_end', 'sms_voice_end_global_admins'] as const;

const LABEL: Record<(typeof CLIFF_SETTINGS)[number], string> = {
  sms_voice_end: 'SMS and voice end',
  sms_voice_end_global_admins: 'Global Administrators too',
};

/** The days that Settings name, for the choice of a date. */
export function cliffDays(settings: SettingsResponse['settings']) {
  return CLIFF_SETTINGS.flatMap((name) => {
    const day = settings.find((setting) => setting.name === name)?.value;
    return day ? [{ name, day, label: LABEL[name] }] : [];
  });
}

/** Who falls out when, in a sentence for a title. */
export function atRiskFinding(answer: AtRiskResponse): string {
  if (answer.day === null) return 'No complete snapshot has been read yet';
  const on = `on ${dayLong(answer.date)}`;
  if (answer.people === 0) return `Nobody falls out ${on}`;
  const people = counted(answer.people, 'person falls', 'people fall');
  return `${people} out ${on}: coverage goes from ${percent(answer.coverageNow)} to ${percent(answer.coverageThen)}`;
}
