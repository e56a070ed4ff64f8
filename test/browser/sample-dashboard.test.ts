import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from '../build/browser.ts';
import { type Product, startProduct } from '../build/product.ts';

// The whole product as a newcomer meets it: started on an empty folder, opened by the printed
// link, in a real browser. One product and one browser serve all tests of the file.

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PAGES = [
  '/',
  '/coverage',
  '/coverage/changes',
  '/coverage/outlook',
  '/people',
  '/people/exclusions',
  '/resets',
  '/resets/funnel',
  '/resets/reasons',
  '/resets/incidents',
  '/resets/admin-resets',
  '/deflection',
  '/deflection/assumptions',
  '/deflection/tickets',
  '/deflection/statements',
  '/deflection/forecast',
  '/security',
  '/security/failures',
  '/security/rules',
  '/security/channels',
  '/data-trust',
  '/settings',
];

let product: Product;
let browser: Browser;
/** Every error in a console, of any page of the file. */
const complaints: string[] = [];

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
  await fullDashboard();
}, 180_000);

/** Waits until the sample tenant has been collected and worked out. */
async function fullDashboard(): Promise<void> {
  for (;;) {
    const { feeds, asOf, progress } = await api('/collection');
    const done = feeds.filter((feed: { state: string }) => feed.state === 'ok').length;
    if (done === 5 && asOf !== null && progress === null) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function api(path: string) {
  const headers = { Authorization: `Bearer ${product.token}` };
  return (await fetch(`${product.origin}/api/v1${path}`, { headers })).json();
}

/** The page of the alert at the top of the list. */
async function anAlertPath(): Promise<string> {
  const { alerts } = await api('/alerts?limit=1');
  return `/security/alerts/${alerts[0].id}`;
}

interface Look {
  scheme?: 'light' | 'dark';
  width?: number;
}

async function signedIn({ scheme = 'light', width = 1280 }: Look = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    locale: 'en-US',
    bypassCSP: false,
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(product.origin)) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(product.address);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  return page;
}

async function shown(page: Page, path: string): Promise<void> {
  await page.goto(product.origin + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}

describe('the sample dashboard in a real browser', () => {
  test('opens by the printed link, and takes the token out of the address', async () => {
    const page = await signedIn();

    expect(page.url()).not.toContain(product.token);
    expect(await page.getByText('Sample data').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  test('shows the coverage that the API answers, with its whole', async () => {
    const page = await signedIn();
    const { history } = await api('/collection');
    const { days } = await api(`/registration/coverage?first=${history.last}&last=${history.last}`);
    const { capable, population } = days[0].counts;
    const number = new Intl.NumberFormat('en-US');

    await page
      .getByText(`${number.format(capable)} of ${number.format(population)} people`)
      .first()
      .waitFor();
    await page.context().close();
  });

  test('keeps a changed period in the address, so that a link shows the same picture', async () => {
    const page = await signedIn();
    await page.locator('.picker summary').click();
    await page.getByLabel(/Last 4 weeks/).click();
    await page.waitForURL(/period=4w/);
    const picked = await page.locator('.picker summary').innerText();

    const other = await signedIn();
    await other.goto(page.url());
    await other.locator('.picker summary').waitFor();

    expect(await other.locator('.picker summary').innerText()).toBe(picked);
    await page.context().close();
    await other.context().close();
  });

  test('leads from the overview to the list of people who are not covered', async () => {
    const page = await signedIn();
    const { total } = await api('/people?reason=nothing_registered');

    await page.locator('main a[href*="/people"]').first().click();
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    await shown(page, '/people?reason=nothing_registered');

    await page.getByText(new Intl.NumberFormat('en-US').format(total)).first().waitFor();
    await page.locator('tbody a').first().click();
    await page.waitForURL(/\/people\/.+/);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.context().close();
  });

  test('leads from a figure of security to the failed verifications behind it', async () => {
    const page = await signedIn();
    await shown(page, '/security');
    const bySms = page.getByRole('link', { name: /failed verifications: Mobile SMS$/ });
    const figure = await bySms.innerText();
    await bySms.click();
    await page.getByRole('heading', { level: 1, name: 'Security: failed verifications' }).waitFor();
    await page.getByText(`of ${figure}, newest first`).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText(/^51–/).waitFor();
    await page.context().close();
  });

  test('leads from a figure of the resets to the incidents behind it, and to the story of one', async () => {
    const page = await signedIn({ width: 390 });
    await shown(page, '/resets');
    const fellBack = page.getByRole('link', { name: /incidents: Fell back to the desk$/ });
    const figure = await fellBack.innerText();
    await fellBack.click();
    await page.getByRole('heading', { level: 1, name: 'Resets: incidents' }).waitFor();
    await page.getByText(`of ${figure}, newest first`).waitFor();
    await page.locator('tbody th a').first().click();
    await page.getByRole('heading', { level: 1, name: /^Incident of / }).waitFor();
    await page.getByText('Try 1').waitFor();

    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    'is clean by axe on every page, %s at %i px, and never scrolls sideways',
    async (scheme, width) => {
      const page = await signedIn({ scheme, width });
      const found: string[] = [];
      for (const path of [...PAGES, await anAlertPath()]) {
        await shown(page, path);
        found.push(...(await violations(page)).map((violation) => `${path} ${violation}`));
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        if (overflow > 0) found.push(`${path} is ${overflow} px too wide`);
      }

      expect(found).toEqual([]);
      await page.context().close();
    },
  );

  test('is clean by axe with a dialog open', async () => {
    const page = await signedIn();
    await page.locator('.tile .def').first().click();
    await page.getByRole('dialog').waitFor();

    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test('works through the list by keyboard: excludes somebody with a reason, and ends it again', async () => {
    const page = await signedIn({ scheme: 'dark', width: 390 });
    await shown(page, '/people?capable=false&sort=priority');
    const { total } = await api('/people?capable=false');
    await page.locator('.worklist tbody input').first().press('Space');
    const exclude = page.getByRole('button', { name: 'Exclude with reason…' });
    await exclude.press('Enter');
    await page.keyboard.press('Escape');
    const isBack = await exclude.evaluate((button) => button === document.activeElement);
    await exclude.press('Enter');
    await page.keyboard.type('On leave');
    await page.getByLabel('Your name').fill('Ines');
    const withDialog = await violations(page);
    await page.getByLabel('Your name').press('Enter');
    await page.getByRole('link', { name: 'See the exclusions' }).click();
    await page.getByRole('heading', { level: 1, name: 'Exclusions' }).waitFor();
    await page.getByText('On leave').waitFor();

    expect({ isBack, withDialog }).toEqual({ isBack: true, withDialog: [] });
    expect((await api('/people?capable=false')).total).toBe(total - 1);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /^End exclusion/ }).press('Enter');
    await page.getByRole('button', { name: 'End it' }).press('Enter');
    await page.getByText(/^Ended: /).waitFor();
    expect((await api('/people?capable=false')).total).toBe(total);
    await page.context().close();
  });

  test('freezes a month by keyboard, shows it in the list at once, and works it out again', async () => {
    const page = await signedIn({ scheme: 'dark', width: 390 });
    await shown(page, '/deflection/statements');
    const { statements, months } = await api('/statements');
    const open = months.find(
      ({ freezable, statement }: { freezable: boolean; statement: string | null }) =>
        freezable && statement === null,
    );
    await page
      .getByRole('button', { name: /^Freeze / })
      .and(page.locator(':enabled'))
      .first()
      .press('Enter');
    await page.getByLabel('Your name').fill('Ines');
    const withDialog = await violations(page);
    await page.getByLabel('Your name').press('Enter');
    await page.getByText(/^Frozen: /).waitFor();
    await page
      .getByRole('link', { name: /^PDF of/ })
      .first()
      .waitFor();

    const after = await api('/statements');
    expect(withDialog).toEqual([]);
    expect(after.statements.length).toBe(statements.length + 1);
    expect(after.statements.map(({ month }: { month: string }) => month)).toContain(open.month);
    await shown(page, `/deflection/statements/${after.statements[0].id}`);
    await page.getByText('the same to the last digit').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test('left no error in any console and asked nobody else', () => {
    expect(complaints).toEqual([]);
  });
});

interface AxeWindow {
  axe: {
    run(options: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
  };
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE); // by the debugger, which the page's policy does not bind
  const results = await page.evaluate(() =>
    (window as unknown as AxeWindow).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    }),
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`);
}
