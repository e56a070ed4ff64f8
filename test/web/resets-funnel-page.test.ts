import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import FunnelPage from '../../web/pages/FunnelPage.svelte';
import { aFunnel, someMethods } from './resets-answers.ts';
import { refusal, show, textOf } from './show.ts';

const READY = {
  '/resets/funnel': aFunnel(),
  '/resets/methods': someMethods(),
};

const open = (answers: Record<string, unknown> = {}, at = '/resets/funnel') =>
  show(FunnelPage, { at, answers: { ...READY, ...answers } });

const rowText = (name: string) =>
  textOf(screen.getByRole('rowheader', { name }).parentElement ?? undefined);

describe('where tries end', () => {
  test('says where most tries are lost, those in progress left out', async () => {
    await open();

    await screen.findByRole('heading', {
      name: 'Most tries are lost here: 10 did not pass a verification',
    });
    expect(textOf()).toContain('70 of 100 tries at a reset ended with success (70.0 %)');
  });

  test('shows every stage with its share and change, and what came no further with its list', async () => {
    await open({
      '/resets/funnel': (url: URL) =>
        url.searchParams.get('last') === '2026-06-28'
          ? aFunnel()
          : aFunnel({
              stages: [
                { stage: 'identified', flows: 100, inProgress: 0 },
                { stage: 'options', flows: 90, inProgress: 0 },
              ],
            }),
    });
    await screen.findByRole('heading', { name: /Most tries/ });

    expect(rowText('Saw the methods')).toContain('9797.0 %+7.0');
    const lost = screen.getByRole('link', {
      name: '11 came no further than: started a verification',
    });
    expect(lost.getAttribute('href')).toBe('/resets/incidents?stage=started');
    expect(textOf(lost.parentElement ?? undefined)).toBe(
      '−11 came no further: 10 did not pass a verification, 1 still in progress',
    );
    expect(
      screen.getByRole('link', { name: '70 tries came as far as: done' }).getAttribute('href'),
    ).toBe('/resets/incidents?reached=done');
  });

  test('one method asks for its funnel, and its lists are those that did or did not pass it', async () => {
    const { asked } = await open({}, '/resets/funnel?method=mobile+SMS&period=4w');
    await screen.findByRole('heading', { name: /Most tries/ });

    expect(asked.map(({ address }) => address)).toContain(
      '/api/v1/resets/funnel?first=2026-06-01&last=2026-06-28&method=mobile+SMS',
    );
    const href = (name: RegExp) => screen.getByRole('link', { name }).getAttribute('href');
    expect(href(/no further than: started/)).toBe(
      '/resets/incidents?method=mobile+SMS&passed=false&period=4w',
    );
    expect(href(/no further than: sent/)).toBe(
      '/resets/incidents?method=mobile+SMS&passed=true&stage=password_submitted&period=4w',
    );
  });

  test('choosing a method puts it in the address', async () => {
    await open();
    await fireEvent.change(screen.getByRole('combobox', { name: 'Method' }), {
      target: { value: 'email' },
    });

    expect(location.search).toBe('?method=email');
  });

  test('names the method passed least often among those used enough, and the switches', async () => {
    await open();

    await screen.findByRole('heading', {
      name: /^Mobile SMS is passed least often: 75\.0.% of tries that start it$/,
    });
    await screen.findByRole('heading', {
      name: 'In 12 tries a method was given up for another; most often mobile SMS for email (9)',
    });
    expect(screen.getByRole('link', { name: '45 passed Mobile SMS' }).getAttribute('href')).toBe(
      '/resets/incidents?method=mobile+SMS&passed=true',
    );
    expect(
      screen.getByRole('link', { name: '40 done after passing Mobile SMS' }).getAttribute('href'),
    ).toBe('/resets/incidents?method=mobile+SMS&passed=true&stage=done');
    expect(
      screen.getByRole('link', { name: '9 tries: Mobile SMS, then email' }).getAttribute('href'),
    ).toBe('/resets/incidents?switchedFrom=mobile+SMS&switchedTo=email');
  });

  test('not collected is said, and is not zero', async () => {
    await open({
      '/resets/funnel': aFunnel({ daysCollected: 0, stages: null, switches: null }),
      '/resets/methods': { ...someMethods(), daysCollected: 0, methods: null },
    });

    expect(await screen.findAllByText('Not collected')).toHaveLength(3);
    expect(screen.queryByText('0')).toBeNull();
  });

  test('a period before that was hardly read is not compared with', async () => {
    await open({
      '/resets/funnel': (url: URL) =>
        url.searchParams.get('last') === '2026-06-28' ? aFunnel() : aFunnel({ daysCollected: 9 }),
    });
    await screen.findByRole('heading', { name: /Most tries/ });

    expect(rowText('Saw the methods')).toContain('97.0 %–');
  });

  test('what fails says so, and leaves the rest on screen', async () => {
    await open({ '/resets/methods': refusal(500, 'internal', 'Internal error') });

    await vi.waitFor(() => expect(textOf(screen.getByRole('alert'))).toContain('Internal error'));
    await screen.findByRole('heading', { name: /Most tries/ });
  });
});
