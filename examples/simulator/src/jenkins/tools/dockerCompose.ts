// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ImageRegistry } from '../registry/ImageRegistry';
import { readOptions } from './readOptions';
import { done, failed, ToolCall, ToolResult } from './Tool';

const composeSchema = z.looseObject({
  services: z.record(z.string(), z.looseObject({ image: z.string() })),
});

/** `docker compose`: starts, lists and removes the services of a compose file. */
export function dockerCompose(
  call: ToolCall,
  registry: ImageRegistry,
): ToolResult {
  const { options, rest } = readOptions(call.args, {
    flags: [
      ...['--detach', '-d', '--no-build', '--wait', '--all', '-a'],
      ...['--quiet', '-q', '--volumes', '-v', '--remove-orphans'],
    ],
    values: [
      ...['--env-file', '--project-name', '-p', '--file', '-f'],
      ...['--timeout', '-t', '--wait-timeout'],
    ],
  });
  const value = (...names: string[]) =>
    names.flatMap(name => options.get(name) ?? [])[0];
  const project = value('--project-name', '-p') ?? 'default';
  const [command, ...wanted] = rest;
  const containers = servicesOf({
    file: resolve(call.cwd, value('--file', '-f') ?? 'compose.yaml'),
    environmentFile: value('--env-file')
      ? resolve(call.cwd, value('--env-file'))
      : undefined,
  })
    .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
    .map(({ name, image }) => ({ name: `${project}-${name}-1`, image }));
  switch (command) {
    case 'up': {
      for (const { name, image } of containers) {
        const found = registry.findLocal(image) ?? registry.find(image);
        if (!found) {
          return failed(`Error response from daemon: No such image: ${image}`);
        }
        registry.run(name, found);
      }
      return done(
        '',
        containers.map(({ name }) => `${name}  Started\n`).join(''),
      );
    }
    case 'ps':
      return done(
        containers
          .filter(({ name }) => registry.container(name))
          .map(({ name }) => `${name}\n`)
          .join(''),
      );
    case 'logs':
      return done('The simulated containers say nothing\n');
    case 'down':
      containers.forEach(({ name }) => registry.remove(name));
      return done('');
    default:
      return failed(
        `docker: 'compose ${command}' is not a command of the simulated docker`,
      );
  }
}

function servicesOf(options: {
  file: string;
  environmentFile: string | undefined;
}): { name: string; image: string }[] {
  const { file, environmentFile } = options;
  const environment = new Map(
    (environmentFile ? readFileSync(environmentFile, 'utf8') : '')
      .split('\n')
      .flatMap(line => {
        const [, name, text] = /^(\w+)=(.*)$/.exec(line) ?? [];
        return name === undefined ? [] : [[name, text] as const];
      }),
  );
  const { services } = composeSchema.parse(parse(readFileSync(file, 'utf8')));
  return Object.entries(services).map(([name, { image }]) => ({
    name,
    image: image.replace(
      /\$\{(\w+)(?::-([^}]*))?\}/g,
      (_, variable: string, fallback = '') =>
        environment.get(variable) || fallback,
    ),
  }));
}
