// SPDX-License-Identifier: Apache-2.0

/** What mends a part of the wiring that is missing or differs. */
export const APPLY_AGAIN = 'apply the wiring of the service again';

/** What was found of one thing that a service needs. */
export type Check = {
  /** What was looked at, such as `The Jenkins job 'orders/image'`. */
  what: string;
  /** `unknown` means that it could not be asked, which is neither good nor bad. */
  state: 'found' | 'missing' | 'unknown';
  /** What was found, or what is wrong and what mends it. */
  detail: string;
};

/** Asks one thing; a system that does not answer makes it unknown. */
export async function ask(
  what: string,
  question: () => Promise<Omit<Check, 'what'>>,
): Promise<Check> {
  try {
    return { what, ...(await question()) };
  } catch (error) {
    return {
      what,
      state: 'unknown',
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}
