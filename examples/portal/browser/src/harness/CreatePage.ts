// SPDX-License-Identifier: Apache-2.0
import type { Locator, Page } from 'playwright-core';
import { Keyboard } from './Keyboard';
import type { Visitor } from './Visitor';

const PAGES = 4;

/** The form of the Service template, used with the keyboard alone. */
export class CreatePage {
  readonly keyboard: Keyboard;
  readonly #visitor: Visitor;

  private constructor(visitor: Visitor) {
    this.#visitor = visitor;
    this.keyboard = new Keyboard(visitor.page);
  }

  /** Opens the form, with answers already in it when some are given. */
  static async open(visitor: Visitor, answers?: object): Promise<CreatePage> {
    const page = new CreatePage(visitor);
    const filled = answers
      ? `?formData=${encodeURIComponent(JSON.stringify(answers))}`
      : '';
    await visitor.goTo(`/create/templates/default/service${filled}`);
    await page.field('name').waitFor();
    return page;
  }

  /** A field of the page of the form that is shown. */
  field(name: string): Locator {
    return this.#visitor.page.locator(`#root_${name}`);
  }

  /** The page with the form. */
  get page(): Page {
    return this.#visitor.page;
  }

  /** Goes on to the page of the form that has a field. */
  async next(field: string): Promise<void> {
    await this.keyboard.press('Next');
    await this.field(field).waitFor();
  }

  /** Goes through the rest of the form, however much is left, and presses Create. */
  async create(): Promise<void> {
    const { page } = this.#visitor;
    const review = page.getByRole('button', { name: 'Review', exact: true });
    const next = page.getByRole('button', { name: 'Next', exact: true });
    for (let turned = 0; turned < PAGES; turned++) {
      await next.or(review).waitFor();
      if (await review.isVisible()) {
        break;
      }
      const step = page.locator('.MuiStepLabel-completed');
      const done = await step.count();
      await this.keyboard.press('Next');
      await step.nth(done).waitFor();
    }
    await this.keyboard.press('Review');
    await this.keyboard.press('Create');
    await page.waitForURL(/\/create\/tasks\//);
  }
}
