// SPDX-License-Identifier: Apache-2.0
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { mockServices } from '@backstage/backend-test-utils';
import { KubernetesObserver } from 'backstage-plugin-delivery-backend-module-kubernetes';
import type { Observation } from 'backstage-plugin-delivery-common';
import { ADMIN, RealKubernetes } from './__testUtils__/RealKubernetes';
import { grantShippedRole } from './__testUtils__/shippedRole';
import { ApiClient } from './contract/ApiClient';
import { describeHelmReleases } from './__testUtils__/describeHelmReleases';

jest.setTimeout(180_000);

const run = promisify(execFile);
const assets = process.env.KUBEBUILDER_ASSETS;
const ALLOWED = { token: 'allowed-of-the-tests', user: 'allowed' };
const REFUSED = { token: 'refused-of-the-tests', user: 'refused' };

const hasHelm = (() => {
  try {
    execFileSync('helm', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** A chart whose values are a secret, in a folder. */
function writeChart(folder: string): string {
  writeFileSync(
    join(folder, 'Chart.yaml'),
    'apiVersion: v2\nname: thin\nversion: 3.8.44\n',
  );
  writeFileSync(join(folder, 'values.yaml'), 'greeting: hello\n');
  mkdirSync(join(folder, 'templates'));
  writeFileSync(
    join(folder, 'templates', 'map.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: greeting }\ndata: { greeting: "{{ .Values.greeting }}" }\n',
  );
  return folder;
}

if (assets) {
  describe('a real Kubernetes API server', () => {
    let cluster: RealKubernetes | undefined;
    const started = () => {
      if (!cluster) {
        throw new Error('The API server is not started');
      }
      return cluster;
    };
    beforeAll(async () => {
      cluster = await RealKubernetes.start({
        assets,
        principals: [ALLOWED, REFUSED],
      });
      const admin = new ApiClient({ url: cluster.url, token: ADMIN.token });
      const both = [ALLOWED.user, REFUSED.user];
      await grantShippedRole(admin, 'rbac.yaml', both);
      await grantShippedRole(admin, 'rbac-helm-releases.yaml', [ALLOWED.user]);
    });
    afterAll(() => cluster?.stop());

    describeHelmReleases('tells what Helm recorded', () => ({
      url: started().url,
      token: ADMIN.token,
      secure: { url: started().secureUrl, ca: started().ca },
      readers: { allowed: ALLOWED.token, refused: REFUSED.token },
    }));

    if (hasHelm) {
      it('holds the records of the real Helm, which are read', async () => {
        const { ca, secureUrl } = started();
        const folder = mkdtempSync(join(tmpdir(), 'delivery-helm-'));
        const stop = new AbortController();
        const observations: Observation[] = [];
        try {
          const chart = writeChart(folder);
          const authority = join(folder, 'ca.crt');
          writeFileSync(authority, ca);
          await run('helm', [
            'upgrade',
            '--install',
            'orders',
            chart,
            '--namespace=orders-prod',
            '--create-namespace',
            '--set=greeting=canary-of-the-values',
            `--kube-apiserver=${secureUrl}`,
            `--kube-ca-file=${authority}`,
            `--kube-token=${ADMIN.token}`,
          ]);
          const logger = mockServices.logger.mock();
          logger.child.mockReturnValue(logger);
          await KubernetesObserver.create({
            clusters: [
              {
                name: 'real',
                url: secureUrl,
                ca,
                serviceAccountToken: ALLOWED.token,
                skipTlsVerify: false,
                helmReleases: true,
              },
            ],
            logger,
          }).observe(
            {
              current: () => [
                {
                  service: 'component:default/orders',
                  environment: 'prod',
                  cluster: 'real',
                  namespace: 'orders-prod',
                  selector: 'backstage.io/kubernetes-id=orders',
                },
              ],
              onChange: () => {},
            },
            {
              onObservation: each => observations.push(each),
              onSource: () => {},
              signal: stop.signal,
            },
          );
          const deadline = Date.now() + 30_000;
          while (!observations.at(-1)?.helmReleases && Date.now() < deadline) {
            await delay(20);
          }
          const admin = new ApiClient({
            url: started().url,
            token: ADMIN.token,
          });
          const secret = await admin.ok({
            path: '/api/v1/namespaces/orders-prod/secrets/sh.helm.release.v1.orders.v1',
          });
          const { release } = Object(secret.data);
          const stored = Buffer.from(String(release), 'base64');
          const hash = createHash('sha256').update(stored).digest('hex');
          expect(observations.at(-1)?.helmReleases).toEqual([
            {
              name: 'orders',
              revision: 1,
              status: 'deployed',
              chart: 'thin',
              version: '3.8.44',
              digest: `sha256:${hash}`,
            },
          ]);
          expect(JSON.stringify(observations)).not.toContain('canary');
          const asked = [...started().askedBy(ALLOWED.user)];
          expect(asked.filter(each => each.includes('secrets')).sort()).toEqual(
            ['list secrets', 'watch secrets'],
          );
        } finally {
          stop.abort();
          rmSync(folder, { recursive: true, force: true });
        }
      });
    }
  });
} else {
  it('is not there to be asked', () => {
    expect(assets).toBeUndefined();
  });
}
