// SPDX-License-Identifier: Apache-2.0
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Page,
} from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const TITLES: Record<string, string> = {
  ben: 'Ben',
  anna: 'Anna',
  chidi: 'Chidi',
  lee: 'Lee',
  mina: 'Mina',
};

/** Starts the browser that the visitors share. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: FLAGS,
  });
}

/** A person in front of a browser window of their own, signed in to the portal. */
export class Visitor {
  readonly page: Page;
  /** What went wrong in the page so far: errors nobody caught. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;
  readonly #address: string;

  private constructor(options: {
    page: Page;
    context: BrowserContext;
    address: string;
  }) {
    this.page = options.page;
    this.#context = options.context;
    this.#address = options.address;
    this.page.on('pageerror', error => this.complaints.push(error.message));
  }

  /** Opens a window, chooses the demo user and waits for the first page. */
  static async signIn(
    browser: Browser,
    options: { address: string; user: string; width?: number; dark?: boolean },
  ): Promise<Visitor> {
    const { address, user, width = 1440, dark = false } = options;
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    const visitor = new Visitor({ page, context, address });
    await page.goto(address);
    await page
      .getByRole('button', { name: `Sign in as ${TITLES[user]}` })
      .click();
    await page.getByRole('link', { name: 'Home' }).first().waitFor();
    return visitor;
  }

  /** Goes to a path of the portal. */
  async goTo(path: string): Promise<void> {
    await this.page.goto(`${this.#address}${path}`);
  }

  /** Keeps a picture of the window for people to look at. */
  async picture(name: string): Promise<void> {
    const folder = join(
      process.env.DELIVERY_TEST_FOLDER ?? join(tmpdir(), 'delivery-browser'),
      'pictures',
    );
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({
      path: join(folder, `${name}.png`),
      fullPage: true,
    });
  }

  /** Closes the window. */
  async leave(): Promise<void> {
    await this.#context.close();
  }
}
