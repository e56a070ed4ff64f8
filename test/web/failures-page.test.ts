import { cleanup, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import FailuresPage from '../../web/pages/FailuresPage.svelte';
import { aFailure, someListed } from './security-answers.ts';
import { show, textOf } from './show.ts';

const open = (at: string, list: unknown = someListed()) =>
  show(FailuresPage, { at, answers: { '/verification/list': list } });

describe('the list of failed verifications', () => {
  test('asks for what the address says, and says it in chips', async () => {
    const { asked } = await open(
      '/security/failures?period=4w&method=email&admin=&country=&address=198.51.100.7&person=0a&since=2026-06-28T02:00:00Z&until=2026-06-28T03:00:00.000Z&colour=red',
    );
    await screen.findByRole('table');

    expect(asked.map(({ address }) => decodeURIComponent(address))).toContain(
      '/api/v1/verification/list?first=2026-06-01&last=2026-06-28&since=2026-06-28T02:00:00Z&until=2026-06-28T03:00:00.000Z&method=email&country=&admin=&address=198.51.100.7&person=0a&limit=50',
    );
    const chips = screen.getAllByRole('button', { name: /^Remove filter/ });
    expect(chips.map((chip) => textOf(chip).replace(/from .* before .*/, 'time'))).toEqual([
      'time',
      'Not known whose account',
      'Country not known',
      'Address: 198.51.100.7',
      'Person: Quill Testerman',
    ]);
  });

  test('shows who, how, from where, and leads to the story and to others from there', async () => {
    await open(
      '/security/failures?page=2',
      someListed([
        aFailure({ admin: true }),
        aFailure({
          method: 'unknown',
          person: null,
          address: null,
          country: null,
          incidentId: null,
        }),
      ]),
    );

    const rows = (await screen.findAllByRole('rowheader')).map((head) =>
      textOf(head.parentElement ?? undefined),
    );
    expect(rows[0]).toMatch(/Quill Testerman Admin ?Mobile SMS/);
    expect(rows[1]).toMatch(
      /Not named by any record ?Method not named ?None in the log ?Not known ?Not worked out yet/,
    );
    expect(screen.getByRole('link', { name: 'Its story' }).getAttribute('href')).toBe(
      '/resets/incidents/flow%201',
    );
    expect(
      screen.getByRole('link', { name: 'Only those from 198.51.100.7' }).getAttribute('href'),
    ).toBe('/security/failures?address=198.51.100.7');
  });

  test('says how many, of whom, and that they are inferred', async () => {
    await open('/security/failures', someListed([], { total: 1200, people: 240, addresses: 5 }));

    await screen.findByText(
      /^1,200 failed verifications of 240 known people from 5 addresses\. Inferred.*no wrong code\.$/,
    );
    await screen.findByText('No failed verification in this period');
  });

  test('tells none from not collected', async () => {
    await open('/security/failures?method=email', someListed([], { total: 0 }));
    await screen.findByText('None matches these filters');
    cleanup();
    await open('/security/failures', someListed([], { asOf: null }));
    await screen.findByText('Not collected');
  });
});
