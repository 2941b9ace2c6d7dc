// SPDX-License-Identifier: Apache-2.0

/** What the simulated `docker build` takes from a Dockerfile. */
export type Dockerfile = {
  /** The image that the last stage stands on, and those of all stages. */
  base: string;
  /** Files and folders of the build context that are copied. */
  copied: string[];
  hasHealthCheck: boolean;
  /** `ENV SIMULATED_HEALTH=unhealthy` lets a container never get well. */
  unhealthy: boolean;
};

/**
 * Reads a Dockerfile; `args` are the build arguments that were given.
 *
 * @throws Error in docker's manner.
 */
export function readDockerfile(
  text: string,
  args: Record<string, string>,
): Dockerfile {
  const instructions = text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line && !line.startsWith('#'));
  const variables = new Map<string, string>();
  const stages = new Map<string, string>();
  const copied: string[] = [];
  let base: string | undefined;
  const substitute = (value: string) =>
    value.replace(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (_, braced?: string, bare?: string) =>
        variables.get(braced ?? bare ?? '') ?? '',
    );
  for (const instruction of instructions) {
    const [, keyword, rest] = /^(\w+)\s+(.*)$/.exec(instruction) ?? [];
    switch (keyword?.toUpperCase()) {
      case 'ARG': {
        const [name, value] = rest.split('=', 2);
        variables.set(name.trim(), args[name.trim()] ?? value ?? '');
        break;
      }
      case 'FROM': {
        const words = rest.split(/\s+/).filter(word => !word.startsWith('--'));
        const image = substitute(words[0] ?? '');
        if (!image) {
          throw new Error(`base name (${words[0]}) should not be blank`);
        }
        base = stages.get(image) ?? image;
        if (/^as$/i.test(words[1] ?? '')) {
          stages.set(words[2], base);
        }
        break;
      }
      case 'COPY':
      case 'ADD':
        if (!/--from=/.test(rest)) {
          const words = rest
            .split(/\s+/)
            .filter(word => !word.startsWith('--'))
            .map(substitute);
          copied.push(...words.slice(0, -1));
        }
        break;
      default:
    }
  }
  if (!base) {
    throw new Error('the Dockerfile cannot be empty: no FROM');
  }
  return {
    base,
    copied,
    hasHealthCheck: instructions.some(
      line =>
        /^HEALTHCHECK\s/i.test(line) && !/^HEALTHCHECK\s+NONE/i.test(line),
    ),
    unhealthy: /SIMULATED_HEALTH=unhealthy/.test(text),
  };
}
