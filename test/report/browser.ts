import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's; a browser that a test tool downloads for itself is not to be relied on. */
const CHROMIUM = '/usr/bin/chromium';

/** Nothing but the page: no first run, no updates, no talk in the background. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  readonly media: 'screen' | 'print';
}

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
}

export interface Opened {
  readonly page: Page;
  /** Addresses that the page asked for. */
  readonly requests: readonly string[];
}

export async function open(browser: Browser, html: string, sheet: Sheet): Promise<Opened> {
  const { width, height, scheme, media } = sheet;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    offline: true,
  });
  const page = await context.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('dialog', (dialog) => requests.push(`dialog: ${dialog.message()}`));
  await page.emulateMedia({ media, colorScheme: scheme });
  await page.setContent(html);
  return { page, requests };
}
