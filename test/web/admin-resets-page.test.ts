import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import AdminResetsPage from '../../web/pages/AdminResetsPage.svelte';
import { anAdminReset, someAdminResets } from './resets-answers.ts';
import { show, textOf } from './show.ts';

const open = (at: string, resets: unknown = someAdminResets()) =>
  show(AdminResetsPage, { at, answers: { '/resets/admin-resets': resets } });

describe('the list of admin resets', () => {
  test('asks for what the address says', async () => {
    const { asked } = await open(
      '/resets/admin-resets?period=4w&bypass=true&settling=true&operator=o1&agent=None&kind=blue',
    );
    await screen.findByRole('table');

    expect(asked.map(({ address }) => address)).toContain(
      '/api/v1/resets/admin-resets?first=2026-06-01&last=2026-06-28&bypass=true&operator=o1&agent=None&settling=true&limit=50',
    );
    expect(
      screen.getAllByRole('button', { name: /^Remove filter/ }).map((chip) => textOf(chip)),
    ).toEqual(['Straight to the desk, still settling', 'By Otto Desk', 'Agent: None']);
  });

  test('says of each what it was, and leads to the incident it ended', async () => {
    await open(
      '/resets/admin-resets',
      someAdminResets([
        anAdminReset(),
        anAdminReset({ id: 'r2', incidentId: null, bypassId: 'r2', settling: true }),
        anAdminReset({ id: 'r3', kind: 'mass', incidentId: null, operator: null, agent: null }),
      ]),
    );

    const rows = (await screen.findAllByRole('rowheader')).map((head) =>
      textOf(head.parentElement ?? undefined),
    );
    expect(screen.getByRole('link', { name: 'Ended an incident' }).getAttribute('href')).toBe(
      '/resets/incidents/flow%3A1',
    );
    expect(rows[1]).toContain('Straight to the desk still settling');
    expect(rows[2]).toContain('Part of a mass reset not counted');
    expect(rows[2]).toContain('Not named by any record');
    expect(rows[2]).toContain('No agent named');
  });

  test('says what the figure is made of', async () => {
    await open('/resets/admin-resets?bypass=true', someAdminResets([], { total: 28 }));
    await screen.findByText(/^28 needs went straight to the desk: nobody tried it alone before/);
    await screen.findByText('None matches these filters');
  });
});
