import { beforeEach, describe, expect, test } from 'vitest';
import { dayCount, parseDay } from '../../domain/day.ts';
import { PERIOD_DAYS_MAX as CONTRACT_MAX } from '../../server/contract/common.ts';
import {
  COMPARISONS,
  comparisonDays,
  comparisonOf,
  hrefWithPeriod,
  PERIOD_DAYS_MAX,
  PRESETS,
  periodOf,
  periodQuery,
  presetOf,
} from '../../web/state/period.svelte.ts';
import { addressWith, followAddress, go, route, setQuery } from '../../web/state/route.svelte.ts';

const history = { first: parseDay('2025-11-01'), last: parseDay('2026-06-28') };
const own = { first: parseDay('2026-03-01'), last: parseDay('2026-03-31') };

describe('the period in the address', () => {
  test.each(
    PRESETS.flatMap((preset) => COMPARISONS.map((comparison) => [preset, comparison] as const)),
  )('survives the round trip: %s against %s', (preset, comparison) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(periodQuery(preset, comparison, own))) {
      if (value !== null) query.set(name, value);
    }

    expect(presetOf(query)).toBe(preset);
    expect(comparisonOf(query)).toBe(comparison);
    if (preset === 'own') expect(periodOf(query, history)).toEqual(own);
  });

  test('ends on the last collected day, whatever day it is for the reader', () => {
    expect(periodOf(new URLSearchParams(), history)).toEqual({
      first: '2026-03-30',
      last: '2026-06-28',
    });
    expect(periodOf(new URLSearchParams('period=12m'), history)).toEqual({
      first: '2025-06-29',
      last: '2026-06-28',
    });
    expect(periodOf(new URLSearchParams('period=all'), history)).toEqual(history);
  });

  test.each([
    'first=2026-02-30&last=2026-03-01',
    'first=2026-03-02&last=2026-03-01',
    'first=2026-03-02',
  ])('own days that are none are taken for the default: %s', (days) => {
    expect(periodOf(new URLSearchParams(`period=own&${days}`), history)).toEqual(
      periodOf(new URLSearchParams(), history),
    );
  });

  test('the period before has as many days and ends the day before', () => {
    expect(comparisonDays(own, 'before')).toEqual({ first: '2026-01-29', last: '2026-02-28' });
    expect(dayCount(parseDay('2026-01-29'), parseDay('2026-02-28'))).toBe(31);
    expect(comparisonDays(own, 'none')).toBeNull();
  });

  test('a leap day a year ago is the 28th', () => {
    const february = { first: parseDay('2028-02-01'), last: parseDay('2028-02-29') };
    expect(comparisonDays(february, 'year')).toEqual({ first: '2027-02-01', last: '2027-02-28' });
  });

  test('is at most as long as the server answers', () => {
    expect(PERIOD_DAYS_MAX).toBe(CONTRACT_MAX);
    const long = { first: parseDay('2010-01-01'), last: parseDay('2026-06-28') };
    const { first, last } = periodOf(new URLSearchParams('period=all'), long);
    expect(dayCount(first, last)).toBe(CONTRACT_MAX);
  });
});

describe('the address', () => {
  beforeEach(() => {
    window.history.replaceState(null, '', '/resets?period=4w&bucket=day');
    return followAddress();
  });

  test('goes along from page to page with the period and nothing else', () => {
    expect(hrefWithPeriod('/people', { reason: 'unknown' })).toBe(
      '/people?reason=unknown&period=4w',
    );
  });

  test('changes one parameter and keeps the others', () => {
    setQuery({ bucket: 'month' });
    expect(location.search).toBe('?period=4w&bucket=month');
    expect(addressWith({ bucket: null })).toBe('/resets?period=4w');
  });

  test('follows back', async () => {
    go('/people?search=q', { trail: ['a'] });
    expect([route.path, route.query.get('search'), route.trail]).toEqual(['/people', 'q', ['a']]);

    const moved = new Promise((done) => addEventListener('popstate', done, { once: true }));
    window.history.back();
    await moved;

    expect([route.path, route.query.get('bucket'), route.trail]).toEqual(['/resets', 'day', []]);
  });

  test('a link inside the page loads nothing anew; one to a file does', () => {
    document.body.innerHTML =
      '<a href="/coverage?by=office" id="in">x</a><a href="/api/v1/people.csv" id="file">x</a>';
    const click = (id: string) => {
      const event = new MouseEvent('click', { bubbles: true, cancelable: true });
      document
        .getElementById(id)
        ?.addEventListener('click', (at) => id === 'file' && setTimeout(() => at.preventDefault()));
      document.getElementById(id)?.dispatchEvent(event);
      return event.defaultPrevented;
    };

    expect(click('in')).toBe(true);
    expect(route.path + location.search).toBe('/coverage?by=office');
    expect(click('file')).toBe(false);
  });
});
