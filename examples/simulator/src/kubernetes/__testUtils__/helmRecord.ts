// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import type { JsonObject } from '@backstage/types';

/** The Secret in which Helm keeps a revision of a release. */
export function helmRecord(options: {
  name: string;
  revision: number;
  status: string;
  version: string;
  /** What is in its values and its manifest, and may never be seen. */
  hidden: string;
}): JsonObject {
  const { hidden, name, revision, status, version } = options;
  const record = {
    name,
    info: { status, description: hidden, notes: hidden },
    chart: {
      metadata: { name: 'shop-chart', version, appVersion: '7' },
      templates: [{ name: 'templates/secret.yaml', data: hidden }],
      values: { password: hidden },
    },
    config: { password: hidden },
    manifest: `kind: Secret\nstringData: { password: ${hidden} }\n`,
    version: revision,
    namespace: 'default',
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: {
      name: `sh.helm.release.v1.${name}.v${revision}`,
      labels: { name, owner: 'helm', status, version: String(revision) },
    },
    data: {
      release: Buffer.from(
        gzipSync(JSON.stringify(record)).toString('base64'),
      ).toString('base64'),
    },
  };
}
