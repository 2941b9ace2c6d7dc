// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from './repository.mjs';
import { run } from './run.mjs';

const VERSION = { major: '1', minor: '35', patch: '0' };
const FOLDER = inRepository(
  '.tools',
  `kubernetes-${VERSION.major}.${VERSION.minor}.${VERSION.patch}`,
);
const PROGRAMS = [
  ['etcd', 'go.etcd.io/etcd/server/v3'],
  ['kube-apiserver', 'k8s.io/kubernetes/cmd/kube-apiserver'],
  ['kube-controller-manager', 'k8s.io/kubernetes/cmd/kube-controller-manager'],
];

/**
 * Names a folder with a real Kubernetes API server in `KUBEBUILDER_ASSETS`: the
 * one that is named already, or one built with Go into `.tools/`, once. Without
 * either the contract is shown on the simulated API alone, and that is said.
 */
export async function ensureKubernetes(env) {
  if (env.KUBEBUILDER_ASSETS) {
    return { KUBEBUILDER_ASSETS: env.KUBEBUILDER_ASSETS };
  }
  const missing = PROGRAMS.filter(([name]) => !existsSync(join(FOLDER, name)));
  if (missing.length === 0) {
    return { KUBEBUILDER_ASSETS: FOLDER };
  }
  if ((await run('go', ['version'], { env })).code !== 0) {
    return without('there is no Go to build it with');
  }
  console.log('Building a Kubernetes API server with Go (once) …');
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, module] of missing) {
    const made = join(FOLDER, `${name}.new`);
    const { code, output } = await run(
      'nice',
      ['go', 'build', '-ldflags', flags(), '-o', made, module],
      {
        cwd: inRepository('.scripts', 'kubernetes'),
        env: { ...env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' },
      },
    );
    if (code !== 0) {
      return without(`${name} could not be built: ${output.slice(-1500)}`);
    }
    renameSync(made, join(FOLDER, name));
  }
  return { KUBEBUILDER_ASSETS: FOLDER };
}

function without(reason) {
  console.log(
    `NOT SHOWN ON A REAL KUBERNETES API SERVER: ${reason}. Set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver, or install Go.`,
  );
  return {};
}

/** The version that the programs say they are; without it they refuse to start. */
function flags() {
  const { major, minor, patch } = VERSION;
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version']
    .flatMap(place => [
      `-X ${place}.gitVersion=v${major}.${minor}.${patch}`,
      `-X ${place}.gitMajor=${major}`,
      `-X ${place}.gitMinor=${minor}`,
    ])
    .concat('-s -w')
    .join(' ');
}
