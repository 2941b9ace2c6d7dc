// SPDX-License-Identifier: Apache-2.0
import { isStopping } from './run.mjs';

/** Something the person at the keyboard can put right, said in one sentence. */
export class Problem extends Error {
  name = 'Problem';
}

/** Runs a command's main function; a problem becomes one line and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (isStopping()) {
      return;
    }
    console.error(
      error instanceof Problem ? `\n${error.message}\n` : error?.stack ?? error,
    );
    process.exitCode = 1;
  }
}
