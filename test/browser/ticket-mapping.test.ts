import { expect, test } from 'vitest';
import { startBrowser } from '../build/browser.ts';
import { startProduct } from '../build/product.ts';

const LONG = 'x'.repeat(100);
const FILES = {
  'headings of 100 characters that are known': `Number,Opened,Category,${LONG}\n1,2026-03-02,a,b\n`,
  'headings of 100 characters that are not': `${LONG},${LONG}y,${LONG} z\na,b,c\n`,
  'no text at all': Buffer.from([...'PK\x03\x04', ...LONG].map((one) => one.charCodeAt(0) ^ 0xff)),
};

test('a file of tickets never widens the page, whatever its headings', {
  timeout: 180_000,
}, async () => {
  const [product, browser] = await Promise.all([startProduct(), startBrowser()]);
  const found: Record<string, number> = {};
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, locale: 'en-US' });
    page.setDefaultTimeout(15_000);
    await page.goto(product.address);
    // Not before the sample tenant is collected.
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor({ timeout: 120_000 });
    for (const [name, content] of Object.entries(FILES)) {
      await page.goto(`${product.origin}/deflection/tickets`);
      const files = { name: 'tickets.csv', mimeType: 'text/csv', buffer: Buffer.from(content) };
      await page.locator('input[type="file"]').setInputFiles(files);
      const summary = page.getByText('Name the columns, words or days by hand');
      await summary.or(page.getByRole('alert')).first().waitFor();
      if (await summary.isVisible()) await summary.click();
      expect(await page.locator('select[name="date"]').isVisible()).toBe(name !== 'no text at all');
      found[`${name} at ${width} px`] = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
    }
    await page.close();
  }

  expect(Object.entries(found).filter(([, overflow]) => overflow > 0)).toEqual([]);
});
