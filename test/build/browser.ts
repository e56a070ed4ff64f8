import { atEnd } from './at-end.ts';

// Without system libraries (libnss3) the package unpacks its own, if it is told so before it is loaded.
process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
const { default: chromium } = await import('@sparticuz/chromium');
const { chromium: playwright } = await import('playwright-core');

/** Of the package's flags, those that make one page's end the browser's end, or get in playwright's way. */
const UNWANTED =
  /^--(single-process|no-zygote|headless|disable-site-isolation|disable-features=.*Isolat)/;

/** A real Chromium from npm, ended after the last test of the file. Connects to loopback only. */
export async function startBrowser() {
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    args: [
      ...chromium.args.filter((arg) => !UNWANTED.test(arg)),
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  atEnd(() => browser.close());
  return browser;
}
