// SPDX-License-Identifier: Apache-2.0
import type { Locator } from 'playwright-core';
import type { Visitor } from './Visitor';

/** The Deploy tab of a service, as a visitor sees it. */
export class DeployPage {
  readonly #visitor: Visitor;
  readonly #service: string;

  constructor(visitor: Visitor, service: string) {
    this.#visitor = visitor;
    this.#service = service;
  }

  /** Opens the tab and waits for the path. */
  static async open(visitor: Visitor, service: string): Promise<DeployPage> {
    const page = new DeployPage(visitor, service);
    await page.open();
    return page;
  }

  /** Opens the tab (again). */
  async open(): Promise<void> {
    await this.#visitor.goTo(
      `/catalog/default/component/${this.#service}/deploy`,
    );
    await this.path.waitFor({ timeout: 60_000 });
  }

  /** The promotion path. */
  get path(): Locator {
    return this.#visitor.page.getByRole('list', { name: 'Promotion path' });
  }

  /** What matters now. */
  get now(): Locator {
    return this.#visitor.page.getByRole('region', { name: 'Now' });
  }

  /** The tile of one Environment. */
  tile(environment: string): Locator {
    return this.path.locator(`[data-environment="${environment}"]`);
  }

  /** The one main button that leads into an Environment, whatever it says now. */
  promoteButton(environment: string): Locator {
    return this.path.getByRole('button', {
      name: new RegExp(`^(Promote to|Promoting to|Already in) ${environment}$`),
    });
  }

  /** The sentence that explains a button to everybody. */
  async explanation(button: Locator): Promise<string> {
    const id = await button.getAttribute('aria-describedby');
    return (
      (await this.#visitor.page.locator(`[id="${id}"]`).textContent()) ?? ''
    );
  }

  /** Waits until a tile says something. */
  async untilTileSays(environment: string, text: string | RegExp) {
    await this.tile(environment)
      .getByText(text)
      .first()
      .waitFor({ timeout: 120_000 });
  }

  /** Fills the review and presses its button. */
  async promote(options: {
    to: string;
    reason: string;
    act: string | RegExp;
  }): Promise<void> {
    await this.promoteButton(options.to).click();
    const dialog = this.#visitor.page.getByRole('dialog');
    await dialog.getByLabel(/^Reason/).fill(options.reason);
    await dialog.getByRole('button', { name: options.act }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** Opens one of the parts below the path. */
  async choosePart(name: 'Path' | 'Releases' | 'History' | 'Builds') {
    await this.#visitor.page
      .getByRole('tab', { name: new RegExp(`^${name}`) })
      .click();
  }
}
