import './match-media.ts';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import AssumptionsPage from '../../web/pages/AssumptionsPage.svelte';
import { setOf, textsOf } from '../../web/words/deflection/assumption-texts.ts';
import { A_SET, someAssumptions } from './deflection-answers.ts';
import { FOREVER, refusal, show, textOf } from './show.ts';

const open = (answers: Record<string, unknown> = {}) =>
  show(AssumptionsPage, {
    at: '/deflection/assumptions',
    answers: { 'GET /assumptions': someAssumptions(), ...answers },
  });

const field = async (title: string, label: string) =>
  within(await screen.findByRole('group', { name: title })).getByLabelText<HTMLInputElement>(label);

const type = async (title: string, label: string, value: string) =>
  fireEvent.input(await field(title, label), { target: { value } });

const save = () => fireEvent.click(screen.getByRole('button', { name: /^Save as version/ }));

beforeEach(() => localStorage.setItem('author', 'Ines'));

describe('a set in the fields and back', () => {
  test('is the same to the last digit, so that what nobody touched stays a default', () => {
    const set = {
      ...A_SET,
      selfServiceSince: '2026-01-01',
      money: {
        ...A_SET.money,
        desk: { basis: 'own' as const, hourlyRate: 42.5 },
        usableShare: 0.29,
        userMinutesSelfService: { low: 1, likely: 2.5, high: 4 },
        userHourlyRate: 0,
      },
    };

    expect(setOf(textsOf(set)).set).toEqual(set);
    expect(setOf(textsOf(A_SET)).set).toEqual(A_SET);
  });
});

describe('assumptions', () => {
  test('each says its meaning, unit, default and source', async () => {
    await open();

    const title = await screen.findByRole('heading', { name: 'Resets that only ease brought' });
    const row = textOf(title.closest('.setting') ?? undefined);
    expect(row).toContain('What Resets that only ease brought means.');
    expect(row).toContain('Default: 3 %, 10 %, 36 %. Judgement.');
    expect(await field('Resets that only ease brought', 'Likely')).toHaveProperty('value', '10');
    expect(await field('Minutes lost by self-service', 'Likely')).toHaveProperty('value', '');
  });

  test('a preset is chosen by name, with its source and its warning', async () => {
    await open();
    const preset = await screen.findByLabelText('Which');
    expect(textOf()).toContain('$9.25, $18.50, $40 a ticket. HDI 2017.');

    await fireEvent.change(preset, { target: { value: 'Forrester' } });

    expect(await screen.findByText('No primary source was found.')).toBeTruthy();
    expect(textOf()).toContain("Holds people's time already: none is added.");
  });

  test('are saved whole as a new version, with who and why', async () => {
    const made = someAssumptions({
      current: {
        ...someAssumptions().current,
        version: 1,
        madeAt: '2026-06-28T10:00:00.000Z',
        author: 'Ines',
      },
    });
    const { asked } = await open({ 'PUT /assumptions': made });
    await type('Resets that only ease brought', 'High', '28,5');
    await fireEvent.click(screen.getByLabelText('Our minutes times our hourly rate'));
    await fireEvent.input(screen.getByLabelText('An hour of the desk costs, USD'), {
      target: { value: '40' },
    });
    await fireEvent.input(screen.getByLabelText(/^Why/), { target: { value: 'Asked finance' } });
    await save();

    await screen.findByText('Saved as version 1');
    const body = asked.find(({ address, body: sent }) => sent && address.endsWith('/assumptions'));
    expect(body?.body).toEqual({
      author: 'Ines',
      note: 'Asked finance',
      set: {
        ...A_SET,
        deflection: {
          ...A_SET.deflection,
          reset: {
            ...A_SET.deflection.reset,
            induced: { low: 0.03, likely: 0.1, high: 0.285 },
          },
        },
        money: { ...A_SET.money, desk: { basis: 'own', hourlyRate: 40 } },
      },
    });
  });

  test('nothing is sent while a field is wrong, and the error stands at the field', async () => {
    const { asked } = await open();
    await type('Handle minutes', 'Low', '30');
    await type('Resets that would have been tickets', 'Likely', 'many');
    await save();

    await screen.findByText('Low, likely and high must be in that order.');
    screen.getByText('Not a number: digits, and a point before decimals.');
    expect((await field('Handle minutes', 'Low')).getAttribute('aria-invalid')).toBe('true');
    expect(textOf(screen.getByRole('alert'))).toContain('Nothing was saved');
    expect(asked.every(({ body }) => body === undefined)).toBe(true);
  });

  test("the server's complaint stands at the field it names, and what was typed is kept", async () => {
    await open({
      'PUT /assumptions': refusal(400, 'invalid', 'set.money.handleMinutes.high: Too big'),
    });
    await type('Handle minutes', 'High', '5000');
    await save();

    const complaint = await screen.findByText('Too big');
    expect(complaint.closest('.setting')?.id).toBe('money-handleMinutes');
    expect(await field('Handle minutes', 'High')).toHaveProperty('value', '5000');
  });

  test('the history says who changed what, when and why', async () => {
    await open();

    await screen.findByRole('heading', { name: '1 version so far' });
    expect(textOf()).toContain(
      'Version 2 Ines, Jun 20, 10:00 Asked finance Cost of a ticket: from HDI to 40 an hour',
    );
    expect(textOf()).toContain('Version 0 The defaults of the program');
  });

  test('while loading there is no form', async () => {
    await open({ 'GET /assumptions': FOREVER });

    await screen.findByText('Reading the assumptions…');
    expect(screen.queryByRole('button', { name: /^Save/ })).toBeNull();
  });
});
