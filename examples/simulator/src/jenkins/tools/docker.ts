// SPDX-License-Identifier: Apache-2.0
import { JenkinsCredential } from '../credentials';
import { ImageRegistry, StoredImage } from '../registry/ImageRegistry';
import { imageReference } from '../registry/imageReference';
import { dockerBuild } from './dockerBuild';
import { dockerCompose } from './dockerCompose';
import { readOptions } from './readOptions';
import { done, failed, Tool, ToolCall, ToolResult } from './Tool';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const RUN_OPTIONS = {
  flags: ['--detach', '-d', '--rm', '--init', '--read-only'],
  values: [
    '--name',
    '--env',
    '-e',
    '--publish',
    '-p',
    '--network',
    '--volume',
    '-v',
    '--user',
    '--tmpfs',
  ],
};

/**
 * The `docker` command of the simulated agent: it builds, pushes, resolves and "runs"
 * images of {@link ImageRegistry}.
 */
export function createDocker(options: {
  registry: ImageRegistry;
  /** Who may log in to the registry; everybody when absent. */
  account?: JenkinsCredential;
}): Tool {
  const { registry, account } = options;
  const commands: Record<string, (call: ToolCall) => ToolResult> = {
    build: call => dockerBuild(call, registry),
    'buildx build': call => dockerBuild(call, registry),
    compose: call => dockerCompose(call, registry),
    'buildx imagetools inspect': call => inspectRemote(call, registry),
    'image inspect': call => inspectImage(call, registry),
    info: () => done('Server: simulated\n'),
    inspect: call => inspectContainer(call, registry),
    login: call => logIn(call, account),
    logout: () => done('Removing login credentials\n'),
    logs: () => done('The simulated container says nothing\n'),
    'manifest inspect': call => inspectManifest(call, registry),
    pull: call => pull(call, registry),
    push: call => push(call, registry),
    rm: call => remove(call, registry),
    rmi: () => done(''),
    run: call => run(call, registry),
    stop: call => done(`${call.args.join('\n')}\n`),
    tag: call => tag(call, registry),
    version: () => done('Simulated docker\n'),
    '--version': () => done('Docker version 0.0.0, build simulated\n'),
  };
  return call => {
    for (const words of [3, 2, 1]) {
      const command = commands[call.args.slice(0, words).join(' ')];
      if (command) {
        try {
          return command({ ...call, args: call.args.slice(words) });
        } catch (error) {
          return failed(error instanceof Error ? error.message : String(error));
        }
      }
    }
    return failed(
      `docker: '${call.args
        .slice(0, 2)
        .join(' ')}' is not a command of the simulated docker`,
    );
  };
}

function inspectRemote(call: ToolCall, registry: ImageRegistry): ToolResult {
  const { options, rest } = readOptions(call.args, {
    flags: ['--raw'],
    values: ['--format', '--builder'],
  });
  const [reference] = rest;
  const image = registry.find(reference);
  if (!image) {
    return failed(`ERROR: ${reference}: not found`);
  }
  const manifest = {
    schemaVersion: 2,
    mediaType: INDEX,
    digest: image.digest,
    size: 1609,
  };
  const format = options.get('--format')?.[0];
  if (format?.includes('json .Manifest')) {
    return done(`${JSON.stringify(manifest)}\n`);
  }
  if (format?.includes('.Manifest.Digest')) {
    return done(`${image.digest}\n`);
  }
  if (options.has('--raw')) {
    return done(`${JSON.stringify(rawManifest(image))}\n`);
  }
  const { name, tag: label } = imageReference(reference);
  return done(
    `Name:      ${name}:${label}\nMediaType: ${INDEX}\nDigest:    ${image.digest}\n`,
  );
}

function inspectManifest(call: ToolCall, registry: ImageRegistry): ToolResult {
  const { options, rest } = readOptions(call.args, {
    flags: ['--verbose', '-v', '--insecure'],
    values: [],
  });
  const [reference] = rest;
  const image = registry.find(reference);
  if (!image) {
    return failed(`no such manifest: ${reference}`);
  }
  const raw = rawManifest(image);
  return done(
    `${JSON.stringify(
      options.has('-v') || options.has('--verbose')
        ? {
            Ref: reference,
            Descriptor: { mediaType: INDEX, digest: image.digest, size: 1609 },
            SchemaV2Manifest: raw,
          }
        : raw,
      undefined,
      3,
    )}\n`,
  );
}

function rawManifest(image: StoredImage) {
  return {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    annotations: {
      ...(image.baseDigest && {
        'org.opencontainers.image.base.digest': image.baseDigest,
      }),
    },
  };
}

function inspectImage(call: ToolCall, registry: ImageRegistry): ToolResult {
  const { options, rest } = readOptions(call.args, {
    flags: [],
    values: ['--format', '-f'],
  });
  const image = registry.findLocal(rest[0]);
  if (!image) {
    return failed(`Error response from daemon: No such image: ${rest[0]}`);
  }
  const { name } = imageReference(rest[0]);
  return options.size > 0
    ? done(`${name}@${image.digest}\n`)
    : done(
        `${JSON.stringify([
          { Id: image.digest, RepoDigests: [`${name}@${image.digest}`] },
        ])}\n`,
      );
}

function inspectContainer(call: ToolCall, registry: ImageRegistry): ToolResult {
  const { options, rest } = readOptions(call.args, {
    flags: [],
    values: ['--format', '-f'],
  });
  const found = registry.container(rest[0]);
  if (!found) {
    return failed(`Error: No such object: ${rest[0]}`);
  }
  const format = (options.get('--format') ?? options.get('-f'))?.[0] ?? '';
  if (format.includes('.State.Health.Status')) {
    return found.health
      ? done(`${found.health}\n`)
      : failed('template parsing error: map has no entry for key "Health"');
  }
  if (format.includes('.State.Running')) {
    return done('true\n');
  }
  if (format.includes('.State.Status')) {
    return done('running\n');
  }
  return done(
    `${JSON.stringify([
      {
        Name: `/${rest[0]}`,
        State: {
          Status: 'running',
          Running: true,
          ...(found.health && { Health: { Status: found.health } }),
        },
      },
    ])}\n`,
  );
}

function logIn(
  call: ToolCall,
  account: JenkinsCredential | undefined,
): ToolResult {
  const { options } = readOptions(call.args, {
    flags: ['--password-stdin'],
    values: ['--username', '-u', '--password', '-p'],
  });
  const user = (options.get('--username') ?? options.get('-u'))?.[0];
  const password = options.has('--password-stdin')
    ? call.stdin.replace(/\r?\n$/, '')
    : (options.get('--password') ?? options.get('-p'))?.[0];
  if (
    account &&
    'password' in account &&
    (user !== account.username || password !== account.password)
  ) {
    return failed(
      'Error response from daemon: unauthorized: incorrect username or password',
    );
  }
  return done('Login Succeeded\n');
}

function pull(call: ToolCall, registry: ImageRegistry): ToolResult {
  const [reference] = call.args.filter(one => !one.startsWith('-'));
  const image = registry.find(reference);
  if (!image) {
    return failed(
      `Error response from daemon: manifest for ${reference} not found: manifest unknown`,
    );
  }
  registry.keepLocal(reference, image);
  return done(`Digest: ${image.digest}\n${reference}\n`);
}

function push(call: ToolCall, registry: ImageRegistry): ToolResult {
  const [reference] = call.args.filter(one => !one.startsWith('-'));
  const image = registry.push(reference);
  const { name, tag: label } = imageReference(reference);
  return done(
    `The push refers to repository [${name}]\n${label}: digest: ${image.digest} size: 1609\n`,
  );
}

function tag(call: ToolCall, registry: ImageRegistry): ToolResult {
  const [from, to] = call.args;
  const image = registry.findLocal(from);
  if (!image) {
    return failed(`Error response from daemon: No such image: ${from}`);
  }
  registry.keepLocal(to, image);
  return done('');
}

function run(call: ToolCall, registry: ImageRegistry): ToolResult {
  const { options, rest } = readOptions(call.args, RUN_OPTIONS);
  const [reference] = rest;
  const image = registry.findLocal(reference) ?? registry.find(reference);
  if (!image) {
    return failed(
      `docker: Error response from daemon: pull access denied for ${reference}`,
      125,
    );
  }
  const name = options.get('--name')?.[0] ?? `container-${image.digest}`;
  registry.run(name, image);
  return done(`${image.digest.slice('sha256:'.length)}\n`);
}

function remove(call: ToolCall, registry: ImageRegistry): ToolResult {
  const { rest } = readOptions(call.args, {
    flags: ['--force', '-f', '--volumes', '-v'],
    values: [],
  });
  const missing = rest.filter(name => !registry.remove(name));
  return missing.length > 0
    ? failed(`Error response from daemon: No such container: ${missing[0]}`)
    : done(`${rest.join('\n')}\n`);
}
