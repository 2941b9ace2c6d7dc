// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { ImageRegistry, sha256, StoredImage } from '../registry/ImageRegistry';
import { readDockerfile } from './readDockerfile';
import { readOptions } from './readOptions';
import { done, failed, ToolCall, ToolResult } from './Tool';

/**
 * `docker build`: makes no layers, but an image whose digest depends on what a real one's
 * would: the Dockerfile, the copied files, the build arguments, the labels, the base image.
 */
export function dockerBuild(
  call: ToolCall,
  registry: ImageRegistry,
): ToolResult {
  const { options, rest } = readOptions(call.args, {
    flags: ['--pull', '--no-cache', '--quiet', '-q', '--load', '--push'],
    values: [
      '--build-arg',
      '--label',
      '--tag',
      '-t',
      '--file',
      '-f',
      '--platform',
      '--progress',
      '--provenance',
      '--target',
    ],
  });
  const context = resolve(call.cwd, rest[0] ?? '.');
  const file = options.get('--file') ?? options.get('-f');
  const path = file ? resolve(call.cwd, file[0]) : join(context, 'Dockerfile');
  if (!existsSync(path)) {
    return failed(`ERROR: failed to read dockerfile: open ${path}: not found`);
  }
  const args = Object.fromEntries(
    (options.get('--build-arg') ?? []).map(pair => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  const text = readFileSync(path, 'utf8');
  const dockerfile = readDockerfile(text, args);
  const base = registry.find(dockerfile.base);
  if (!base) {
    return failed(
      `ERROR: failed to solve: ${dockerfile.base}: ${dockerfile.base}: not found`,
    );
  }
  const files: [string, string][] = [];
  for (const source of dockerfile.copied) {
    const found = hashes(context, source);
    if (!found) {
      return failed(
        `ERROR: failed to solve: failed to compute cache key: "/${source}": not found`,
      );
    }
    files.push(...found);
  }
  const image: StoredImage = {
    digest: sha256(
      JSON.stringify({
        dockerfile: text,
        args: Object.entries(args).sort(),
        labels: [...(options.get('--label') ?? [])].sort(),
        base: base.digest,
        files: files.sort(),
      }),
    ),
    baseDigest: base.digest,
    ...(dockerfile.hasHealthCheck && {
      health: dockerfile.unhealthy ? 'unhealthy' : 'healthy',
    }),
  };
  const tags = [...(options.get('--tag') ?? []), ...(options.get('-t') ?? [])];
  for (const tag of tags) {
    registry.keepLocal(tag, image);
    if (options.has('--push')) {
      registry.push(tag);
    }
  }
  return done(
    '',
    [
      `Simulated docker: built on ${dockerfile.base} (${base.digest})`,
      `${files.length} files copied; the RUN lines were not executed`,
      ...tags.map(tag => `naming to ${tag}`),
      '',
    ].join('\n'),
  );
}

/** Path, mode and content hash of all files of a source; undefined when there are none. */
function hashes(
  context: string,
  source: string,
): [string, string][] | undefined {
  const root = resolve(context, source.replace(/^\//, '').replace(/\*.*$/, ''));
  if (root !== context && !root.startsWith(`${context}${sep}`)) {
    return undefined;
  }
  return existsSync(root) ? walk(root, context) : undefined;
}

function walk(path: string, context: string): [string, string][] {
  const stat = statSync(path);
  if (stat.isDirectory()) {
    return readdirSync(path)
      .filter(name => name !== '.git' && name !== 'node_modules')
      .flatMap(name => walk(join(path, name), context));
  }
  const hash = createHash('sha256')
    .update(stat.mode & 0o111 ? 'executable' : 'plain')
    .update(readFileSync(path))
    .digest('hex');
  return [[path.slice(context.length + 1).replaceAll(sep, '/'), hash]];
}
