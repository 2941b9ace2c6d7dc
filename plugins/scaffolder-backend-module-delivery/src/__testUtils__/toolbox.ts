// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** All that the build scripts may expect of an agent, besides docker, trivy and helm. */
const AGENT_TOOLS = [
  ...['git', 'node', 'sh', 'curl', 'awk', 'sed', 'grep', 'gzip', 'base64'],
  ...['sha256sum', 'tr', 'cut', 'head', 'tail', 'sort', 'cat', 'cp', 'rm'],
  ...['mkdir', 'chmod', 'date', 'cmp', 'sleep', 'env', 'wc'],
];

// Speaks as docker does where the scripts listen. Registry, local images and the answers
// of a health check are files under $TOOLBOX.
const DOCKER = `#!/bin/sh
set -eu
echo "docker $*" >> "$TOOLBOX/calls"
file() { printf '%s' "$1" | tr '/:@' '___'; }
for last; do :; done
case "$1 \${2:-}" in
  "buildx imagetools")
    if [ -f "$TOOLBOX/registry-down" ]; then
      echo "ERROR: failed to do request: connection refused" >&2; exit 1
    fi
    if [ -f "$TOOLBOX/registry/$(file "$last")" ]; then
      printf '{\\n  "mediaType": "application/vnd.oci.image.index.v1+json",\\n  "digest": "%s",\\n  "manifests": [{"digest": "sha256:%064d"}]\\n}\\n' "$(cat "$TOOLBOX/registry/$(file "$last")")" 0
    else
      echo "ERROR: $last: not found" >&2; exit 1
    fi ;;
  build\\ *)
    tag=; while [ $# -gt 0 ]; do [ "$1" = --tag ] && tag=$2; shift; done
    { date +%s%N; cat /proc/sys/kernel/random/uuid 2> /dev/null || true; } | sha256sum | cut -d ' ' -f 1 > "$TOOLBOX/local/$(file "$tag")" ;;
  push\\ *) printf 'sha256:%s' "$(cat "$TOOLBOX/local/$(file "$last")")" > "$TOOLBOX/registry/$(file "$last")" ;;
  pull\\ *) cp "$TOOLBOX/registry/$(file "$last")" "$TOOLBOX/local/$(file "$last")" ;;
  compose\\ *)
    case "$*" in
      *" up "*)
        image=$(sed -n 's/^IMAGE=//p' build/compose.env)
        [ -f "$TOOLBOX/local/$(file "$image")" ] || { echo "no such image: $image" >&2; exit 1; }
        echo running > "$TOOLBOX/composed" ;;
      *" ps "*) echo container ;;
      *" logs") echo "output of the container" ;;
      *" down "*) rm -f "$TOOLBOX/composed" ;;
    esac ;;
  inspect\\ *) cat "$TOOLBOX/health" ;;
  login\\ *) cat > "$TOOLBOX/login" ;;
  *) echo "docker: '$1' is not a docker command" >&2; exit 1 ;;
esac
`;

const TRIVY = `#!/bin/sh
set -eu
echo "trivy $*" >> "$TOOLBOX/calls"
while [ $# -gt 0 ]; do [ "$1" = --output ] && cp "$TOOLBOX/findings.json" "$2"; shift; done
`;

/** Folders on whose PATH there is an agent's bare minimum. */
export type Toolbox = {
  folder: string;
  path: string;
  /** The arguments of every call of docker and trivy so far. */
  calls(): string;
  setBaseImage(reference: string, digest: string): void;
  setHealth(health: 'healthy' | 'unhealthy'): void;
  setFindings(severities: string[]): void;
  setRegistryDown(): void;
  /** Whether containers of an image test are still there. */
  isComposed(): boolean;
};

/** Makes a toolbox in a folder, or takes over the one that was copied there. */
export function makeToolbox(
  folder: string,
  options: { helm: boolean },
): Toolbox {
  const bin = join(folder, 'bin');
  for (const sub of ['bin', 'registry', 'local']) {
    mkdirSync(join(folder, sub), { recursive: true });
  }
  const tools = options.helm ? [...AGENT_TOOLS, 'helm'] : [...AGENT_TOOLS];
  if (findTool('kustomize')) {
    tools.push('kustomize');
  }
  for (const tool of tools) {
    rmSync(join(bin, tool), { force: true });
    symlinkSync(whereIs(tool), join(bin, tool));
  }
  for (const [name, script] of [
    ['docker', DOCKER],
    ['trivy', TRIVY],
  ]) {
    writeFileSync(join(bin, name), script);
    chmodSync(join(bin, name), 0o755);
  }
  const write = (name: string, text: string) =>
    writeFileSync(join(folder, name), text);
  const toolbox: Toolbox = {
    folder,
    path: bin,
    calls: () =>
      execFileSync('cat', [join(folder, 'calls')], { encoding: 'utf8' }),
    setBaseImage: (reference, digest) =>
      write(join('registry', reference.replace(/[/:@]/g, '_')), digest),
    setHealth: health => write('health', `${health}\n`),
    setFindings: severities =>
      write(
        'findings.json',
        JSON.stringify(
          {
            Results: [
              {
                Vulnerabilities: severities.map(Severity => ({
                  VendorSeverity: { nvd: 3 },
                  Severity,
                })),
              },
            ],
          },
          undefined,
          2,
        ),
      ),
    setRegistryDown: () => write('registry-down', ''),
    isComposed: () => existsSync(join(folder, 'composed')),
  };
  if (existsSync(join(folder, 'calls'))) {
    return toolbox;
  }
  write('calls', '');
  toolbox.setHealth('healthy');
  toolbox.setFindings(['HIGH', 'LOW', 'LOW']);
  for (const image of [
    'node:22-alpine',
    'wso2/wso2mi:4.4.0',
    'wso2/wso2micro-gw:3.2.0',
  ]) {
    toolbox.setBaseImage(image, `sha256:${'ab'.repeat(32)}`);
  }
  return toolbox;
}

/** Where a command is installed, or undefined. */
export function findTool(tool: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', `command -v ${tool}`], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined;
  }
}

function whereIs(tool: string): string {
  const found = tool === 'node' ? process.execPath : findTool(tool);
  if (!found) {
    throw new Error(`The build scripts need '${tool}', which is not installed`);
  }
  return found;
}
