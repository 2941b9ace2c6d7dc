// SPDX-License-Identifier: Apache-2.0
import type { Locator, Page } from 'playwright-core';
import { until } from './until';

const MOST_STEPS = 80;

/** Somebody who uses a page with the keyboard alone. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /**
   * Goes on with the Tab key until an element has the focus.
   *
   * @throws Error when the Tab key does not get there.
   */
  async tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    for (let step = 0; step < MOST_STEPS; step++) {
      if (await hasFocus(target)) {
        return;
      }
      await this.#page.keyboard.press('Tab');
    }
    throw new Error(`The Tab key does not get to ${target}`);
  }

  /** Goes to a field and writes a text in the place of what it holds. */
  async fill(field: Locator, text: string): Promise<void> {
    await this.tabTo(field);
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.type(text);
  }

  /** Goes to a field, writes, and takes the one suggestion that has the text. */
  async pick(field: Locator, text: string): Promise<void> {
    await this.fill(field, text);
    const suggestion = this.#page.getByRole('option', { name: text });
    await suggestion.first().waitFor();
    await this.#page.keyboard.press('ArrowDown');
    await this.#page.keyboard.press('Enter');
    await until(async () => !(await suggestion.first().isVisible()), {
      what: 'the suggestion to be taken',
    });
  }

  /** Goes to a list of choices, opens it and takes the one of that name. */
  async choose(list: Locator, name: string): Promise<void> {
    await this.tabTo(list);
    await this.#page.keyboard.press('Enter');
    const choice = this.#page.getByRole('option', { name });
    await choice.waitFor();
    await this.#page.keyboard.press('Home');
    for (let step = 0; !(await hasFocus(choice)); step++) {
      if (step > MOST_STEPS) {
        throw new Error(`The arrow keys do not get to ${name}`);
      }
      await this.#page.keyboard.press('ArrowDown');
    }
    await this.#page.keyboard.press('Enter');
    await choice.waitFor({ state: 'hidden' });
  }

  /** Goes to a button and presses it. */
  async press(name: string): Promise<void> {
    await this.tabTo(this.#page.getByRole('button', { name, exact: true }));
    await this.#page.keyboard.press('Enter');
  }
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate(element => element === document.activeElement);
}
