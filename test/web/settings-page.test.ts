import './match-media.ts';
import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import SettingsPage from '../../web/pages/SettingsPage.svelte';
import { FOREVER, refusal, show, textOf } from './show.ts';

const SETTINGS = {
  settings: [
    {
      name: 'time_zone',
      title: 'Time zone',
      meaning: 'Where days are cut.',
      kind: 'time_zone',
      value: 'UTC',
      default: 'UTC',
    },
    {
      name: 'incident_gap_hours',
      title: 'Incident window',
      meaning: 'Tries of one need.',
      kind: 'integer',
      value: '24',
      default: '24',
      min: 4,
      max: 72,
      unit: 'hours',
    },
    {
      name: 'own_telephony',
      title: 'Own telephony',
      meaning: 'Phones stay.',
      kind: 'boolean',
      value: 'false',
      default: 'false',
    },
  ],
};

const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save' }));

describe('settings', () => {
  test('sends only what was changed', async () => {
    const { asked } = await show(SettingsPage, {
      answers: { 'GET /settings': SETTINGS, 'PUT /settings': SETTINGS },
    });

    await fireEvent.input(await screen.findByLabelText('Incident window'), {
      target: { value: '12' },
    });
    await fireEvent.click(screen.getByLabelText('Own telephony'));
    await save();

    expect(asked.find(({ body }) => body !== undefined)?.body).toEqual({
      settings: { incident_gap_hours: '12', own_telephony: 'true' },
    });
    expect(await screen.findByText('Saved')).toBeTruthy();
  });

  test('says where a value comes from, and leaves a field empty that is not set', async () => {
    const target = {
      ...{ name: 'target_day', title: 'Target day', meaning: 'By when.', kind: 'date' },
      ...{ value: '', default: '', source: 'Agreed with the board, 2026-09-23' },
    };
    await show(SettingsPage, { answers: { 'GET /settings': { settings: [target] } } });

    const field = await screen.findByLabelText('Target day');

    expect((field as HTMLInputElement).value).toBe('');
    expect(
      screen.getByText(/Default: empty\..*Source: Agreed with the board, 2026-09-23/s),
    ).toBeTruthy();
  });

  test('says beside the field what is wrong with it, and sends nothing', async () => {
    const { asked } = await show(SettingsPage, { answers: { 'GET /settings': SETTINGS } });

    const field = await screen.findByLabelText('Incident window');
    await fireEvent.input(field, { target: { value: '99' } });
    await save();

    expect(textOf(field.parentElement ?? undefined)).toContain('Must be 4 to 72 hours.');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(asked.every(({ body }) => body === undefined)).toBe(true);
  });

  test("shows the server's complaint beside the setting it names, and keeps what was typed", async () => {
    await show(SettingsPage, {
      answers: {
        'GET /settings': SETTINGS,
        'PUT /settings': refusal(400, 'invalid', 'incident_gap_hours: must be even'),
      },
    });

    const field = await screen.findByLabelText<HTMLInputElement>('Incident window');
    await fireEvent.input(field, { target: { value: '13' } });
    await save();

    expect(await screen.findByText('incident_gap_hours: must be even')).toBeTruthy();
    expect(field.value).toBe('13');
  });

  test('says what a change of time zone does', async () => {
    await show(SettingsPage, { answers: { 'GET /settings': SETTINGS } });

    expect(
      await screen.findByText(/After a change figures of all days can move a little/),
    ).toBeTruthy();
  });

  test('says how to connect a tenant, with every variable it takes', async () => {
    await show(SettingsPage, {
      at: '/settings?show=connect',
      answers: { 'GET /settings': SETTINGS },
    });

    for (const name of [
      'AZURE_TENANT_ID',
      'AZURE_CLIENT_ID',
      'AZURE_CLIENT_SECRET',
      'GRAPH_TOKEN',
      'AuditLog.Read.All',
    ]) {
      expect(screen.getByText(name)).toBeTruthy();
    }
  });

  test('loading and failed are different sights', async () => {
    await show(SettingsPage, { answers: { 'GET /settings': FOREVER } });
    expect(await screen.findByText('Reading the settings…')).toBeTruthy();
  });

  test('says why it failed', async () => {
    await show(SettingsPage, {
      answers: { 'GET /settings': refusal(403, 'forbidden', 'Settings need the role Admin.') },
    });
    expect(textOf(await screen.findByRole('alert'))).toBe(
      'Not permitted Settings need the role Admin.',
    );
  });
});
