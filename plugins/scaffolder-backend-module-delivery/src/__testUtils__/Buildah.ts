// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findTool } from './toolbox';

/** What stands in, in a base made here, for what the real one brings along. */
const STAND_INS = ['usr/local/bin/node', 'usr/local/bin/micro-gw'];

/** Builds images for real, without an engine and without downloads. */
export class Buildah {
  readonly #folder: string;
  readonly #program: string;

  private constructor(program: string, folder: string) {
    this.#program = program;
    this.#folder = folder;
  }

  /** A Buildah with storage of its own, or the reason why there is none. */
  static open(): Buildah | { reason: string } {
    const program = findTool('buildah');
    if (!program) {
      return { reason: 'Buildah is not installed' };
    }
    const buildah = new Buildah(
      program,
      mkdtempSync(join(tmpdir(), 'buildah-')),
    );
    try {
      buildah.makeBase('localhost/base:1', 'one');
      return buildah;
    } catch (error) {
      buildah.close();
      return { reason: `Buildah does not work here: ${error}` };
    }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Builds a folder; returns the id of the image. */
  build(
    folder: string,
    options: { tag: string; arguments?: Record<string, string> },
  ): string {
    const named = Object.entries(options.arguments ?? {}).flatMap(
      ([name, value]) => ['--build-arg', `${name}=${value}`],
    );
    const output = this.#run([
      ...['bud', '--isolation', 'chroot', '--format', 'docker'],
      ...['--pull-never', '--tag', options.tag, ...named, folder],
    ]);
    return output.trim().split('\n').at(-1) ?? '';
  }

  /** What the image says of itself, as Docker keeps it. */
  inspect(image: string): unknown {
    return JSON.parse(this.#run(['inspect', '--type', 'image', image]));
  }

  /** A base of a shell and stand-ins, whose bytes differ by its content. */
  makeBase(tag: string, content: string): void {
    const folder = join(this.#folder, 'base');
    rmSync(folder, { recursive: true, force: true });
    const programs = ['/bin/sh', '/bin/mkdir'];
    for (const file of [...programs, ...programs.flatMap(librariesOf)]) {
      const copy = join(folder, 'root', file);
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(file, copy);
      chmodSync(copy, 0o755);
    }
    for (const name of STAND_INS) {
      const path = join(folder, 'root', name);
      mkdirSync(dirname(path), { recursive: true });
      // micro-gw leaves what it compiled beside the project's sources
      writeFileSync(
        path,
        '#!/bin/sh\n[ ! -d service ] || { mkdir -p service/target && : > service/target/service.jar; }\n',
      );
      chmodSync(path, 0o755);
    }
    writeFileSync(join(folder, 'root', 'content'), content);
    writeFileSync(
      join(folder, 'Dockerfile'),
      'FROM scratch\nCOPY root /\nENV WSO2_SERVER_HOME=/home/wso2carbon/wso2mi\n',
    );
    this.build(folder, { tag });
  }

  push(image: string): void {
    this.#run(['push', '--tls-verify=false', image, `docker://${image}`]);
  }

  /**
   * A `docker` that builds, pulls and pushes for real; only containers are played, because
   * there is no engine to run them.
   */
  dockerScript(): string {
    return `#!/bin/sh
set -eu
echo "docker $*" >> "$TOOLBOX/calls"
for last; do :; done
buildah() {
  env PATH=/usr/sbin:/usr/bin:/sbin:/bin ${
    this.#program
  } ${this.#storage().join(' ')} "$@"
}
case "$1 \${2:-}" in
  "buildx imagetools")
    host=\${last%%/*}; rest=\${last#*/}
    case $rest in *@*) name=\${rest%%@*} tag=\${rest#*@} ;; *) name=\${rest%:*} tag=\${rest##*:} ;; esac
    status=$(curl --silent --output "$TOOLBOX/manifest" --dump-header "$TOOLBOX/headers" --write-out '%{http_code}' \\
      --header 'Accept: application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json' \\
      "http://$host/v2/$name/manifests/$tag") || { echo "ERROR: connection refused" >&2; exit 1; }
    case $status in
      200) sed -n 's/^[Dd]ocker-[Cc]ontent-[Dd]igest: *\\(sha256:[0-9a-f]*\\).*/{"digest": "\\1"}/p' "$TOOLBOX/headers" ;;
      404) echo "ERROR: $last: not found" >&2; exit 1 ;;
      *) echo "ERROR: $last: unexpected status $status" >&2; exit 1 ;;
    esac ;;
  build\\ *) shift; buildah bud --isolation chroot --format docker --tls-verify=false "$@" ;;
  push\\ *) buildah push --tls-verify=false "$last" "docker://$last" ;;
  pull\\ *) buildah pull --tls-verify=false "$last" ;;
  compose\\ *)
    case "$*" in
      *" up "*)
        buildah inspect --type image "$(sed -n 's/^IMAGE=//p' build/compose.env)" > /dev/null
        echo running > "$TOOLBOX/composed" ;;
      *" ps "*) echo container ;;
      *" down "*) rm -f "$TOOLBOX/composed" ;;
    esac ;;
  inspect\\ *) cat "$TOOLBOX/health" ;;
  login\\ *) cat > "$TOOLBOX/login" ;;
  *) echo "docker: '$1' is not a docker command" >&2; exit 1 ;;
esac
`;
  }

  #storage(): string[] {
    return [
      ...['--root', join(this.#folder, 'storage')],
      ...['--runroot', join(this.#folder, 'run')],
      ...['--storage-driver', 'vfs'],
    ];
  }

  #run(args: string[]): string {
    return execFileSync(this.#program, [...this.#storage(), ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

function librariesOf(program: string): string[] {
  return [
    ...execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(
      /(?:=> |^\s*)(\/[^ ]+)/gm,
    ),
  ]
    .map(([, path]) => path)
    .filter(existsSync);
}
