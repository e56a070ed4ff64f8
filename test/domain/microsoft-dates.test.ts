import { describe, expect, test } from 'vitest';
import { coverageTarget } from '../../domain/coverage-target.ts';
import { parseDay } from '../../domain/day.ts';
import { MICROSOFT_DATES, microsoftDates } from '../../domain/microsoft-dates.ts';

const AS_ANNOUNCED = {
  smsVoiceEnd: parseDay('2027-02-01'),
  smsVoiceEndGlobalAdmins: parseDay('2027-07-01'),
};

describe("Microsoft's days", () => {
  test('are in order, each with a source that can be opened', () => {
    const days = MICROSOFT_DATES.map(({ day }) => day);

    expect(days).toEqual(days.toSorted());
    expect(new Set(MICROSOFT_DATES.map(({ id }) => id)).size).toBe(MICROSOFT_DATES.length);
    for (const { source } of MICROSOFT_DATES) {
      expect(source.title).not.toBe('');
      expect(source.address).toMatch(/^https:\/\//);
    }
  });

  test('are as announced while the settings say the same', () => {
    expect(microsoftDates(AS_ANNOUNCED)).toEqual(MICROSOFT_DATES);
  });

  test('move with the settings, which their text then names beside Microsoft', () => {
    const moved = microsoftDates({ ...AS_ANNOUNCED, smsVoiceEnd: parseDay('2027-03-15') });

    const end = moved.find(({ id }) => id === 'sms_voice_end');
    expect(end).toMatchObject({ day: '2027-03-15', ends: expect.arrayContaining(['mobilePhone']) });
    expect(end?.text).toContain('The day is from Settings; Microsoft says 2027-02-01.');
    expect(moved.filter(({ id }) => id !== 'sms_voice_end')).toEqual(
      MICROSOFT_DATES.filter(({ id }) => id !== 'sms_voice_end'),
    );
  });
});

describe('the target of coverage', () => {
  test.each([
    [
      { target_coverage: '90', target_day: '2027-03-24' },
      { percent: 90, day: '2027-03-24' },
    ],
    [
      { target_coverage: '90', target_day: '' },
      { percent: 90, day: null },
    ],
    [{ target_coverage: '', target_day: '2027-03-24' }, null],
    [{}, null],
  ])('of %j is %j', (settings, target) => {
    expect(coverageTarget(settings)).toEqual(target);
  });
});
