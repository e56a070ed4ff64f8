import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import LostTriesPage from '../../web/pages/LostTriesPage.svelte';
import { someReasons } from './resets-answers.ts';
import { FOREVER, show, textOf } from './show.ts';

const open = (reasons: unknown = someReasons(), at = '/resets/reasons') =>
  show(LostTriesPage, { at, answers: { '/resets/reasons': reasons } });

const href = (name: string) => screen.getByRole('link', { name }).getAttribute('href');

describe('why tries are lost', () => {
  test('says how many can be fixed centrally, and by what most', async () => {
    await open();

    await screen.findByRole('heading', {
      name: '10 of 30 lost tries can be fixed once, centrally; most by password writeback',
    });
    screen.getByText(
      '30 tries were lost. Most often: “Left without a word after starting a verification” (17 tries, 15 people).',
    );
  });

  test('puts unknown reasons verbatim at the top, with the tries behind them', async () => {
    await open();

    const heads = await screen.findAllByRole('heading', { level: 2 });
    expect(textOf(heads[0])).toBe('1 reason nobody knows yet: 3 lost tries');
    screen.getByRole('heading', { level: 3, name: 'Quota of the moon exceeded' });
    expect(
      screen
        .getAllByRole('link', { name: '3 lost tries: Quota of the moon exceeded' })
        .map((link) => link.getAttribute('href')),
    ).toContain('/resets/incidents?reason=Quota+of+the+moon+exceeded');
  });

  test('leads with the step that brings most back, and what it recovers', async () => {
    await open();

    await screen.findByRole('heading', {
      name: 'Mend password writeback: fix once, recover about 16 a month',
    });
    expect(href('Mend password writeback')).toBe('/resets/incidents?owner=writeback');
  });

  test('every figure of a reason and of an owner leads to its list', async () => {
    await open(someReasons(), '/resets/reasons?period=4w');
    await screen.findByRole('rowheader', { name: /^The person/ });

    expect(href('17 lost tries: The person')).toBe('/resets/incidents?owner=user&period=4w');
    expect(href('2 incidents: Not known yet')).toBe('/resets/incidents?owner=unknown&period=4w');
    expect(
      href('6 ended at the desk: We could not reach your on-premises password reset service'),
    ).toBe('/resets/incidents?reason=writeback_unreachable&outcome=fell_back&period=4w');
  });

  test('what cannot be told yet is a dash, not zero', async () => {
    await open();
    const head = await screen.findByRole('rowheader', { name: 'Not known yet' });

    expect(textOf(head.parentElement?.lastElementChild ?? undefined)).toBe('–');
  });

  test.each([
    ['none lost', someReasons({ lost: 0, reasons: [], owners: [] }), 'None was lost'],
    [
      'not collected',
      someReasons({ daysCollected: 0, lost: null, reasons: null, owners: null }),
      'Not collected',
    ],
    ['loading', FOREVER, 'Reading Mar 30 – Jun 28, 2026…'],
  ])('%s is a sight of its own', async (_, answer, words) => {
    await open(answer);

    await screen.findByText(words);
  });
});
