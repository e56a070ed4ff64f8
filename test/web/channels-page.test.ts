import './dialogs.ts';
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { ALERT_RULES } from '../../domain/surveillance/rule-list.ts';
import { instantText } from '../../web/format.ts';
import ChannelsPage from '../../web/pages/ChannelsPage.svelte';
import { pageAt } from '../../web/pages/page-at.ts';
import OutboxPanel from '../../web/parts/OutboxPanel.svelte';
import TestDelivery from '../../web/parts/security/TestDelivery.svelte';
import { aChannel, aDelivery, anOutbox } from './alert-answers.ts';
import { refusal, serverAnswers, show, textOf } from './show.ts';

const ANSWERS = {
  '/channels': {
    channels: [aChannel()],
    mail: true,
    publicUrl: 'https://deflect.larkfield.example',
  },
  '/deliveries': anOutbox(),
};

const open = (more: Record<string, unknown> = {}) =>
  show(ChannelsPage, { at: '/security/channels', answers: { ...ANSWERS, ...more } });

const click = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name }));
const type = (label: string | RegExp, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
const at = (instant: string) => instantText(instant, 'UTC');

describe('where alerts are sent to', () => {
  test('has a page of its own', async () => {
    expect((await pageAt('/security/channels').load()).default).toBe(ChannelsPage);
  });

  test('says of each channel what it takes, whether names leave, and how sending goes', async () => {
    await open({
      '/channels': {
        ...ANSWERS['/channels'],
        channels: [
          aChannel({ quiet: { from: 18, until: 7 }, rules: ['blocked_attempts'] }),
          aChannel({
            id: '2',
            kind: 'mail',
            name: 'Security',
            to: ['soc@larkfield.example'],
            names: true,
            level: 'critical',
            lastSentAt: null,
            dead: 2,
            problem: 'No mail server is set up.',
          }),
          aChannel({ id: '3', name: 'Old', on: false }),
        ],
      },
    });

    await screen.findByRole('heading', {
      name: 'Alerts go to 2 channels; 1 of them has a problem',
    });
    const card = (name: RegExp) =>
      textOf(screen.getByRole('heading', { level: 3, name }).closest('li') as HTMLElement);
    expect(card(/^Night desk/)).toContain(
      'On “Blocked attempts”, alert and above; from 18:00 to 7:00 critical alerts only; without names',
    );
    expect(card(/^Night desk/)).toContain(`Last sent ${at('2026-06-28T03:11:00Z')}`);
    expect(card(/^Security/)).toContain('soc@larkfield.example No mail server is set up.');
    expect(card(/^Security/)).toContain('every rule, critical only; with names');
    expect(card(/^Security/)).toContain('Nothing sent so far; 2 messages could not be sent');
    expect(card(/^Old/)).toContain('Webhook hooks.larkfield.example Off');
  });

  test('says that nobody hears of alerts where there is none, and what links and mail need', async () => {
    await open({ '/channels': { channels: [], mail: false, publicUrl: null } });

    await screen.findByRole('heading', { name: /^Alerts are sent nowhere yet/ });
    screen.getByText(/SMTP_URL and MAIL_FROM are needed/);
    screen.getByText(/PUBLIC_URL is not set/);
  });

  test('a webhook is added without names by default, and its key is shown once', async () => {
    const { asked } = await open({
      'POST /channels': { channel: aChannel({ name: 'Tickets' }), signingKey: 'whsec_c2VjcmV0' },
    });
    await click('Add Webhook…');
    const dialog = screen.getByRole('dialog', { name: 'New channel: Webhook' });
    expect(textOf(dialog)).toContain('Every message is signed as Standard Webhooks say');
    expect(textOf(dialog)).toContain('nothing personal leaves this product');
    await type('Name, as it is called here', 'Tickets');
    await type('Address', 'https://hooks.larkfield.example/x?key=1');
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Add' }));

    await screen.findByText('whsec_c2VjcmV0');
    expect(asked.find(({ body }) => body)?.body).toEqual({
      kind: 'webhook',
      name: 'Tickets',
      on: true,
      level: 'alert',
      rules: null,
      names: false,
      quiet: null,
      url: 'https://hooks.larkfield.example/x?key=1',
    });
    const write = vi.fn(async () => undefined);
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: write } });
    await click('Copy');
    await screen.findByText('Copied');
    expect(write).toHaveBeenCalledWith('whsec_c2VjcmV0');
    await click('I have it, hide it');
    expect(screen.queryByText('whsec_c2VjcmV0')).toBeNull();
  });

  test('mail takes several addresses, chosen rules, quiet hours and names', async () => {
    const { asked } = await open({
      'POST /channels': { channel: aChannel({ kind: 'mail' }), signingKey: null },
    });
    await click('Add Mail…');
    await type('Addresses, one a line', 'soc@larkfield.example\ndesk@larkfield.example');
    await fireEvent.click(screen.getByLabelText(/^Every rule/));
    await fireEvent.click(screen.getByLabelText('Stopped by configuration'));
    await fireEvent.click(screen.getByLabelText(/^At some hours/));
    await fireEvent.change(screen.getByLabelText('From'), { target: { value: '20' } });
    await fireEvent.click(screen.getByLabelText(/^Names of people/));
    await click('Add');

    await screen.findByText(/^Saved: /);
    const body = asked.find((one) => one.body)?.body as Record<string, unknown>;
    expect(body).toMatchObject({
      kind: 'mail',
      to: ['soc@larkfield.example', 'desk@larkfield.example'],
      quiet: { from: 20, until: 7 },
      names: true,
    });
    expect(body.rules).toHaveLength(ALERT_RULES.length - 1);
    expect(body.rules).not.toContain('configuration_stops');
    expect(body).not.toHaveProperty('url');
  });

  test('a change leaves the address as it is unless a new one is given', async () => {
    const { asked } = await open({
      'PUT /channels/1': { channel: aChannel(), signingKey: null },
    });
    await click('Change… Night desk');
    expect(screen.getByLabelText(/^Address \(empty: stays/)).toHaveProperty('value', '');
    await fireEvent.change(screen.getByLabelText('From which level on'), {
      target: { value: 'critical' },
    });
    await click('Save');

    await screen.findByText(/^Saved: Night desk/);
    const sent = asked.find(({ body }) => body);
    expect(sent?.address).toBe('/api/v1/channels/1');
    expect(sent?.body).toMatchObject({ level: 'critical' });
    expect(sent?.body).not.toHaveProperty('url');
  });

  test('syslog is read back from its target', async () => {
    const { asked } = await open({
      '/channels': {
        ...ANSWERS['/channels'],
        channels: [aChannel({ kind: 'syslog', target: '[2001:db8::1]:6515', transport: 'tcp' })],
      },
      'PUT /channels/1': { channel: aChannel(), signingKey: null },
    });
    await click('Change… Night desk');
    await click('Save');

    await screen.findByText(/^Saved: /);
    expect(asked.find(({ body }) => body)?.body).toMatchObject({
      host: '[2001:db8::1]',
      port: 6515,
      transport: 'tcp',
    });
  });

  test('what the server refuses is said in the dialog, which stays', async () => {
    await open({
      'POST /channels': refusal(400, 'invalid', 'url: must begin with https://'),
    });
    await click('Add Microsoft Teams…');
    await type('Address', 'http://x');
    await click('Add');

    expect(textOf(await screen.findByRole('alert'))).toBe('url: must begin with https://');
    expect(screen.getByLabelText('Address')).toHaveProperty('value', 'http://x');
  });

  test('one is removed only after a second look', async () => {
    const { asked } = await open({
      'DELETE /channels/1': { ...ANSWERS['/channels'], channels: [] },
    });
    await click('Remove… Night desk');
    screen.getByText(/what waits for it is dropped/);
    expect(asked.some(({ address }) => address.endsWith('/channels/1'))).toBe(false);
    await click('Remove');

    await screen.findByText('Removed: Night desk.');
  });
});

describe('a test', () => {
  const waiting = aDelivery({ kind: 'test', state: 'waiting', attempts: 0, sentAt: null });
  const follow = (states: object[]) => {
    let look = 0;
    serverAnswers({
      '/deliveries': () => {
        const now = states[Math.min(look, states.length - 1)] ?? {};
        look += 1;
        return anOutbox([{ ...waiting, ...now }]);
      },
    });
    const settled = vi.fn();
    render(TestDelivery, { delivery: waiting, settled, everyMs: 5 });
    return settled;
  };

  test('is followed until it is sent', async () => {
    const settled = follow([{}, { state: 'sent', sentAt: '2026-06-28T12:01:00.000Z' }]);
    screen.getByText('Test is on its way…');
    await screen.findByText(
      `Test sent ${at('2026-06-28T12:01:00Z')}: the receiver acknowledged it`,
    );
    expect(settled).toHaveBeenCalledTimes(1);
  });

  test('is followed through a failed attempt until it is dead, and says why', async () => {
    follow([
      { attempts: 1, lastError: 'Timed out after 5 s.', nextAt: '2026-06-28T12:05:00.000Z' },
      ...Array.from({ length: 20 }, () => ({
        attempts: 1,
        lastError: 'Timed out after 5 s.',
        nextAt: '2026-06-28T12:05:00.000Z',
      })),
      { state: 'dead', attempts: 2, lastError: 'The receiver answered 410.' },
    ]);
    await screen.findByText(/Attempt 1 failed: Timed out after 5 s\. Next one/);
    await screen.findByText('Test could not be sent: The receiver answered 410.');
  });

  test('is put into the outbox by the button of its channel', async () => {
    const { asked } = await open({ 'POST /channels/1/test': waiting });
    await click('Send a test through Night desk');
    await screen.findByText('Test is on its way…');
    expect(asked.at(-1)?.address).toBe('/api/v1/channels/1/test');
  });

  test('that cannot be put there says why', async () => {
    await open({
      'POST /channels/1/test': refusal(409, 'conflict', 'This channel is off.'),
    });
    await click('Send a test through Night desk');
    expect(textOf(await screen.findByRole('alert'))).toBe('This channel is off.');
  });
});

describe('the outbox', () => {
  const dead = aDelivery({
    id: 'd1',
    state: 'dead',
    attempts: 10,
    sentAt: null,
    lastError: 'Certificate expired.',
  });

  test('names what could not be sent first, and tries it again', async () => {
    const { asked } = await open({
      '/deliveries': anOutbox([aDelivery({ id: 's1' }), dead]),
      'POST /deliveries/d1/retry': { ...dead, state: 'waiting' },
    });
    await screen.findByRole('heading', { name: '1 message about alerts could not be sent' });
    const rows = screen.getAllByRole('row').map((row) => textOf(row));
    expect(rows[1]).toContain('Could not be sent');
    expect(rows[1]).toContain('Certificate expired.');
    expect(rows[2]).toContain('Sent');
    await click('Try again: 240 people failed from 5 addresses');

    await vi.waitFor(() =>
      expect(asked.some(({ address }) => address.endsWith('/deliveries/d1/retry'))).toBe(true),
    );
    await vi.waitFor(() =>
      expect(asked.filter(({ address }) => address.includes('/deliveries?'))).toHaveLength(2),
    );
  });

  test('in brief is a line where all is well, quiet hours included', () => {
    const resting = aDelivery({ id: 'w1', state: 'waiting', attempts: 0, sentAt: null });
    render(OutboxPanel, { answer: anOutbox([resting]), changed: () => undefined, brief: true });
    expect(textOf()).toContain('All is well with messages about alerts; 1 waits for its time');
    expect(screen.queryByRole('table')).toBeNull();
  });

  test('in brief is a table of what is in trouble', () => {
    const stuck = aDelivery({ id: 'w1', state: 'waiting', attempts: 3, sentAt: null });
    render(OutboxPanel, {
      answer: anOutbox([aDelivery({ id: 's1' }), stuck, dead]),
      changed: () => undefined,
      brief: true,
    });
    screen.getByRole('heading', {
      name: '1 message about alerts could not be sent; 1 waits after a failed attempt',
    });
    expect(screen.getAllByRole('row')).toHaveLength(3);
  });
});
