// SPDX-License-Identifier: Apache-2.0

/** The options and the other arguments of a command line. */
export type ReadOptions = {
  /** By long name; a flag's value is 'true'. */
  options: Map<string, string[]>;
  rest: string[];
};

/**
 * Reads `--name value`, `--name=value`, `-x value` and flags.
 *
 * @throws Error for an option that is neither in `flags` nor in `values`.
 */
export function readOptions(
  args: readonly string[],
  known: { flags: readonly string[]; values: readonly string[] },
): ReadOptions {
  const options = new Map<string, string[]>();
  const rest: string[] = [];
  const add = (name: string, value: string) =>
    options.set(name, [...(options.get(name) ?? []), value]);
  for (let at = 0; at < args.length; at++) {
    const argument = args[at];
    const match = /^(--?[\w-]+)(?:=([\s\S]*))?$/.exec(argument);
    if (!match || argument === '-') {
      rest.push(argument);
      continue;
    }
    const [, name, value] = match;
    if (known.flags.includes(name)) {
      add(name, value ?? 'true');
    } else if (known.values.includes(name)) {
      const given = value ?? args[++at];
      if (given === undefined) {
        throw new Error(`flag needs an argument: ${name}`);
      }
      add(name, given);
    } else {
      throw new Error(`unknown flag: ${name} (of the simulated command)`);
    }
  }
  return { options, rest };
}
