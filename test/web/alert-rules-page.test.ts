import './dialogs.ts';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { THRESHOLD_RULE_FACTS } from '../../domain/surveillance/rule-list.ts';
import { SURVEILLANCE_DEFAULTS } from '../../domain/surveillance/settings.ts';
import AlertRulesPage from '../../web/pages/AlertRulesPage.svelte';
import { pageAt } from '../../web/pages/page-at.ts';
import { chanceAlone } from '../../web/words/security/rules.ts';
import { complaintsAt, settingsOf, textsOf } from '../../web/words/security/settings-texts.ts';
import { aBacktest, anEpisode, aQuietOne, someSurveillance } from './alert-answers.ts';
import { refusal, show, textOf } from './show.ts';

beforeEach(() => localStorage.setItem('author', 'Ines'));

const open = (more: Record<string, unknown> = {}) =>
  show(AlertRulesPage, {
    at: '/security/rules',
    answers: {
      '/surveillance': someSurveillance(),
      '/alert-exclusions': { exclusions: [aQuietOne()] },
      'POST /surveillance/backtest': aBacktest(),
      ...more,
    },
  });

const click = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name }));
const rule = async (title: string) =>
  (await screen.findByRole('heading', { level: 3, name: title })).closest(
    '.setting',
  ) as HTMLElement;
const typeThreshold = async (title: string, value: string) =>
  fireEvent.input(within(await rule(title)).getByLabelText('Fires from'), { target: { value } });

describe('the rules of alerts', () => {
  test('have a page of their own', async () => {
    expect((await pageAt('/security/rules').load()).default).toBe(AlertRulesPage);
  });

  test('say what each looks for, for whom, and the threshold with the date it was learned', async () => {
    await open();

    const blocked = textOf(await rule('Blocked attempts'));
    expect(blocked).toContain(THRESHOLD_RULE_FACTS.blocked_attempts.explanation);
    expect(blocked).toContain('For security.');
    expect(blocked).toContain(
      'Learned: fires from 5 blocked flows in a day, from 90 days to Jun 27, 2026. On 99 of 100 days the largest value was at most 4; never fires below 3.',
    );
    expect(textOf(await rule('New passwords rejected'))).toContain('too little history');
    expect(
      within(await rule('Unusual failed verifications')).queryByLabelText('Fires from'),
    ).toBeNull();
  });

  test('tell levels as one in so many, and how often chance alone brings them', async () => {
    await open();

    const days = await rule('A day is unusual');
    const typed = within(days)
      .getAllByRole('textbox')
      .map((box) => (box as HTMLInputElement).value);
    expect(typed).toEqual(['50', '200', '2000']);
    expect(textOf(days)).toContain('by chance about every 50 days');
    expect(chanceAlone('333', 'hour')).toBe('by chance about every 14 days');
    expect(chanceAlone('2000', 'day')).toBe('by chance about every 5 years');
    expect(chanceAlone('many', 'day')).toBe('');
  });

  test('are saved only after one has seen what they would have raised', async () => {
    const { asked } = await open({
      'PUT /surveillance': (() => {
        const made = someSurveillance({
          version: 1,
          author: 'Ines',
          madeAt: '2026-06-28T12:00:00.000Z',
        });
        made.settings.rules.blocked_attempts.threshold = 12;
        return made;
      })(),
    });
    await typeThreshold('Blocked attempts', '12');
    expect(screen.queryByRole('button', { name: /^Save/ })).toBeNull();
    await click('Backtest on the last 90 days');

    await screen.findByRole('heading', {
      name: '90 days, Mar 31 – Jun 28, 2026: 13 alerts instead of 9',
    });
    const settings = structuredClone(SURVEILLANCE_DEFAULTS);
    settings.rules.blocked_attempts.threshold = 12;
    expect(asked.find(({ address }) => address.endsWith('/backtest'))?.body).toEqual({ settings });

    await fireEvent.input(screen.getByLabelText(/^Why, for those/), {
      target: { value: 'Too many' },
    });
    await click('Save as version 1');
    await screen.findByText(/^Saved as version 1/);
    expect(asked.findLast(({ body }) => body)?.body).toEqual({
      author: 'Ines',
      note: 'Too many',
      settings,
    });
    await screen.findByText(/In force is version 1 by Ines/);
  });

  test('a change after a backtest asks for another one', async () => {
    await open();
    await typeThreshold('Blocked attempts', '12');
    await click('Backtest on the last 90 days');
    await screen.findByRole('button', { name: 'Save as version 1' });

    await typeThreshold('Blocked attempts', '13');
    expect(screen.queryByRole('button', { name: /^Save/ })).toBeNull();
  });

  test('a backtest lists what is added, gone and kept, by level, with links', async () => {
    await open({
      'POST /surveillance/backtest': aBacktest({
        gone: [anEpisode({ alertId: '5', expected: null, rule: 'blocked_attempts' })],
      }),
    });
    await click('Backtest on the last 90 days');

    const counts = (await screen.findByText('Present settings')).closest('table') as HTMLElement;
    const rows = within(counts).getAllByRole('row').slice(1);
    expect(rows.map((row) => [...row.children].map((cell) => textOf(cell)))).toEqual([
      ['Critical', '1', '1'],
      ['Alert', '2', '3'],
      ['Watch', '6', '9'],
    ]);
    const linksIn = (title: RegExp) =>
      within(screen.getByText(title).closest('details') as HTMLElement)
        .getAllByRole('link')
        .map((link) => link.getAttribute('href'));
    expect(linksIn(/^Added: 1 alert$/)).toEqual([
      '/security/failures?period=own&first=2026-06-10&last=2026-06-10',
    ]);
    expect(linksIn(/^Gone: 1 alert$/)).toEqual(['/security/alerts/5']);
    expect(linksIn(/^Kept: 1 alert$/)).toEqual(['/security/alerts/7']);
  });

  test('what is wrong stands at its field, and nothing is sent', async () => {
    const { asked } = await open();
    await typeThreshold('Blocked attempts', '2.5');
    await click('Backtest on the last 90 days');

    await screen.findByText('Must be a whole number from 1 on, or empty to be learned.');
    expect(textOf(screen.getByRole('alert'))).toContain('Nothing was saved');
    expect(asked.every(({ body }) => body === undefined)).toBe(true);
  });

  test("the server's complaint stands at the field it names, and there is no saving then", async () => {
    await open({
      'POST /surveillance/backtest': refusal(
        400,
        'invalid',
        'settings.companyAddresses.0: is not an address or range',
      ),
    });
    await fireEvent.input(await screen.findByLabelText('Addresses of the company'), {
      target: { value: '203.0.113.0/99' },
    });
    await click('Backtest on the last 90 days');

    const complaint = await screen.findByText('is not an address or range');
    expect(complaint.closest('.setting')).toBe(
      screen.getByLabelText('Addresses of the company').closest('.setting'),
    );
    expect(screen.queryByRole('button', { name: /^Save/ })).toBeNull();
  });

  test('where the past cannot be tried, the settings can still be saved', async () => {
    await open({
      'POST /surveillance/backtest': refusal(503, 'unavailable', 'The database is busy.'),
    });
    await typeThreshold('Blocked attempts', '12');
    await click('Backtest on the last 90 days');

    await screen.findByText('The database is busy.');
    screen.getByRole('button', { name: 'Save as version 1' });
  });

  test('list what is kept quiet, and end it with a name', async () => {
    const { asked } = await open({
      'POST /alert-exclusions/3/end': { exclusions: [aQuietOne({ state: 'ended' })] },
    });
    await screen.findByRole('heading', { name: '1 exclusion keeps alerts quiet' });
    await click('End: One address, many people: address 203.0.113.9');
    await click('End it');

    await screen.findByText('Ended: One address, many people: address 203.0.113.9.');
    expect(asked.find(({ body }) => body)).toEqual({
      address: '/api/v1/alert-exclusions/3/end',
      body: { author: 'Ines' },
    });
    expect(asked.at(-1)?.address).toBe('/api/v1/alert-exclusions');
  });

  test('say how an exclusion comes about where there is none', async () => {
    await open({ '/alert-exclusions': { exclusions: [] } });
    await screen.findByRole('heading', { name: 'Nothing is kept quiet' });
    screen.getByText(/Open an alert and choose “Keep quiet”/);
  });
});

describe('settings as they are typed in', () => {
  test('what was not touched stays the same to the last digit', () => {
    const { settings } = settingsOf(textsOf(SURVEILLANCE_DEFAULTS), SURVEILLANCE_DEFAULTS);
    expect(settings).toEqual(SURVEILLANCE_DEFAULTS);
  });

  test('levels must rise, switches and addresses are read, empty thresholds are learned', () => {
    const texts = {
      ...textsOf(SURVEILLANCE_DEFAULTS),
      'daily.watch': '100',
      'rules.blocked_attempts.on': 'false',
      'rhythm.admin_resets.on': 'false',
      companyAddresses: ' 203.0.113.0/24,\n2001:db8::/32 \n',
    };
    const { settings } = settingsOf(texts, SURVEILLANCE_DEFAULTS);
    expect(settings?.daily).toEqual({ watch: 0.01, alert: 0.005, critical: 0.0005 });
    expect(settings?.rules.blocked_attempts).toEqual({
      on: false,
      threshold: null,
      level: 'watch',
    });
    expect(settings?.rhythm.admin_resets).toEqual({ on: false });
    expect(settings?.companyAddresses).toEqual(['203.0.113.0/24', '2001:db8::/32']);

    const { complaints } = settingsOf({ ...texts, 'daily.watch': '300' }, SURVEILLANCE_DEFAULTS);
    expect(complaints?.get('daily.alert')).toBe(
      'The higher the level, the larger the number must be.',
    );
  });

  test('a complaint about a group stands at its first field, one about nothing known below the form', () => {
    const texts = textsOf(SURVEILLANCE_DEFAULTS);
    expect([...complaintsAt('settings.daily: too wide; note: Too long', texts)]).toEqual([
      ['daily.watch', 'too wide'],
      [null, 'note: Too long'],
    ]);
  });
});
