import { PHONES } from './at-risk.ts';
import { type Day, parseDay } from './day.ts';

/** A day that Microsoft has announced, on which what charts show changes by itself. */
export interface MicrosoftDate {
  id: string;
  day: Day;
  /** What happens, in a sentence. */
  text: string;
  /** Where Microsoft says so, with the date of the copy that was read. */
  source: { title: string; address: string };
  /** Methods that end, as Graph spells them. */
  ends: readonly string[];
}

/** Days that differ from Microsoft's, because they stand in Settings. */
export interface MicrosoftDateSettings {
  smsVoiceEnd: Day;
  smsVoiceEndGlobalAdmins: Day;
}

const LEARN = 'https://learn.microsoft.com/entra/identity/authentication';

const RETIREMENT = {
  title: 'Microsoft Learn, "SMS and voice retirement"',
  address: `${LEARN}/concept-sms-voice-retirement`,
};
const RETIREMENT_FAQ = {
  title: 'Microsoft Learn, "SMS and voice retirement FAQ", 2026-09-23',
  address: `${LEARN}/concept-sms-voice-retirement-faq`,
};
const MC1325414 = {
  title: 'Microsoft 365 message center, MC1325414, updated 2026-06-26',
  address: 'https://msmessagecenter.com/MC1325414',
};

export const SMS_VOICE_END: MicrosoftDate = {
  id: 'sms_voice_end',
  day: parseDay('2027-02-01'),
  text: 'Microsoft’s SMS and voice calls end, also for resets.',
  source: RETIREMENT_FAQ,
  ends: PHONES,
};

export const SMS_VOICE_END_GLOBAL_ADMINS: MicrosoftDate = {
  id: 'sms_voice_end_global_admins',
  day: parseDay('2027-07-01'),
  text: 'Microsoft’s SMS and voice calls end for Global Administrators and external users.',
  source: RETIREMENT_FAQ,
  ends: PHONES,
};

/** As announced, oldest first. The one table of Microsoft's days. */
export const MICROSOFT_DATES: readonly MicrosoftDate[] = [
  {
    id: 'registration_campaign',
    day: parseDay('2026-08-06'),
    text: 'Microsoft begins to ask people to register for self-service reset.',
    source: MC1325414,
    ends: [],
  },
  {
    id: 'passkey_campaign',
    day: parseDay('2026-09-01'),
    text: 'People with SMS or voice may use passkeys and are asked to register one; a passkey resets no password.',
    source: RETIREMENT,
    ends: [],
  },
  {
    id: 'directory_data_end',
    day: parseDay('2026-09-07'),
    text: 'Resets no longer accept phone numbers and addresses of the directory that nobody registered.',
    source: MC1325414,
    ends: [],
  },
  {
    id: 'own_telephony',
    day: parseDay('2026-10-30'),
    text: 'An own telephony provider for SMS and voice can be set up.',
    source: RETIREMENT,
    ends: [],
  },
  SMS_VOICE_END,
  SMS_VOICE_END_GLOBAL_ADMINS,
];

/** The table with the two ends of SMS and voice where Settings have them; their text then says so. */
export function microsoftDates(settings: MicrosoftDateSettings): MicrosoftDate[] {
  const set: Record<string, Day> = {
    [SMS_VOICE_END.id]: settings.smsVoiceEnd,
    [SMS_VOICE_END_GLOBAL_ADMINS.id]: settings.smsVoiceEndGlobalAdmins,
  };
  return MICROSOFT_DATES.map((date) => {
    const day = set[date.id] ?? date.day;
    if (day === date.day) return date;
    return {
      ...date,
      day,
      text: `${date.text} The day is from Settings; Microsoft says ${date.day}.`,
    };
  });
}
