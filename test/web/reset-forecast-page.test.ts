import './match-media.ts';
import { screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import type { ChartSpec } from '../../web/charts/spec.ts';
import ResetForecastPage from '../../web/pages/ResetForecastPage.svelte';
import { aResetForecast } from './deflection-answers.ts';
import { show, textOf } from './show.ts';

const drawn: ChartSpec[] = vi.hoisted(() => []);
vi.mock('../../web/charts/chart.svelte.ts', () => ({
  drawn: (spec: () => ChartSpec) => () => {
    drawn.push(spec());
  },
}));

const open = (answer: unknown = aResetForecast) => {
  drawn.length = 0;
  return show(ResetForecastPage, {
    at: '/deflection/forecast',
    answers: { '/resets/forecast': answer },
  });
};

describe('what comes to the desk', () => {
  test('is told for all weeks together, as a range, with and without further coverage', async () => {
    await open();

    await screen.findByRole('heading', {
      name: 'The next 2 weeks bring the desk 45 to 79, likely 59 tickets',
    });
    screen.getByText(
      'If coverage stayed as it is: 50 to 86, likely 66. The coverage that is expected makes 7 fewer.',
    );
    expect(
      textOf(screen.getByRole('heading', { name: 'Desk hours' }).parentElement ?? undefined),
    ).toContain('7.4 to 17 likely 11');
  });

  test('is drawn on from what was, with gaps as gaps', async () => {
    await open();
    await screen.findByRole('heading', { name: /^The next 2 weeks/ });

    const spec = drawn.at(-1);
    expect(spec?.gaps).toEqual([{ from: 0, to: 0 }]);
    expect(spec?.max).toBe(50);
    expect(spec?.series.map(({ name, values }) => [name, values])).toEqual([
      ['coverage as today', [null, 31, 33, 33]],
      ['likely', [null, 31, 30, 29]],
      ['desk so far', [null, 31, null, null]],
    ]);
  });

  test('names holidays and expiring passwords of a week', async () => {
    await open();

    await screen.findByText('Independence Day (Jul 4), 41 passwords expire');
  });

  test('says why there is none', async () => {
    await open({ forecast: null, reason: 'It needs 56 days; there are 12.' });

    await screen.findByText('It needs 56 days; there are 12.');
  });
});
