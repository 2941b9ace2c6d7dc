// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { z } from 'zod';
import { renderOverlay } from './renderOverlay';

const overlaySchema = z.looseObject({
  components: z.array(z.string()).optional(),
  patches: z.array(z.looseObject({ patch: z.string() })),
});

function overlay(values: JsonObject) {
  const { patches, ...rest } = overlaySchema.parse(
    parse(
      renderOverlay({
        service: 'orders',
        environment: {
          name: 'prod',
          tier: 'production',
          namespace: 'orders-prod',
          account: 'local-prod',
          automatic: false,
        },
        values,
        defaults: {
          replicas: 1,
          resources: { requests: { cpu: '50m', memory: '64Mi' } },
        },
      }),
    ),
  );
  return { ...rest, patches: patches.map(({ patch }) => parse(patch)) };
}

const container = (more: JsonObject = {}) => ({
  name: 'orders',
  env: [{ name: 'ENVIRONMENT', value: 'prod' }],
  ...more,
});

describe('renderOverlay', () => {
  it('says the name of the environment and nothing else where nothing differs', () => {
    expect(overlay({ replicas: 1 })).toEqual({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['../../base'],
      patches: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'orders' },
          spec: { template: { spec: { containers: [container()] } } },
        },
      ],
    });
  });

  it('holds what differs, and takes the components that are needed for it', () => {
    const { components, patches } = overlay({
      replicas: 3,
      resources: { requests: { cpu: '50m', memory: '1Gi' } },
      autoscaling: { enabled: true, min: 3, max: 9 },
      ingress: { enabled: true, host: '{service}.{environment}.test' },
    });
    expect(components).toEqual([
      '../../components/autoscaling',
      '../../components/ingress',
    ]);
    expect(patches).toMatchObject([
      {
        spec: {
          template: {
            spec: {
              containers: [
                container({ resources: { requests: { memory: '1Gi' } } }),
              ],
            },
          },
        },
      },
      { spec: { minReplicas: 3, maxReplicas: 9 } },
      [
        {
          op: 'replace',
          path: '/spec/rules/0/host',
          value: 'orders.prod.test',
        },
      ],
    ]);
    // the autoscaler's business
    expect(patches[0].spec).not.toHaveProperty('replicas');
  });

  it('refuses what an overlay knows nothing of', () => {
    expect(() => overlay({ strategy: 'blue-green' })).toThrow(
      /^The values of prod cannot be made an overlay of Kustomize: .*strategy/,
    );
  });
});
