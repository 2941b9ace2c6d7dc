// SPDX-License-Identifier: Apache-2.0
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { runAction } from '../__testUtils__/runAction';
import { DELIVERY_CONFIG } from '../__testUtils__/scaffoldService';
import { createChartValuesAction } from './createChartValuesAction';
import { chartValuesExamples } from './createChartValuesAction.examples';

describe('delivery:chart:values', () => {
  const directory = createMockDirectory();
  const action = createChartValuesAction({
    config: new ConfigReader({ delivery: DELIVERY_CONFIG }),
  });
  const run = (input: JsonObject) =>
    runAction(
      action,
      { service: 'orders', ...input },
      { workspace: directory.path },
    );
  const written = (file: string) =>
    parse(readFileSync(directory.resolve(file), 'utf8'));
  beforeEach(() => directory.clear());

  it('writes only what differs', async () => {
    const { output } = await run({
      targetPath: 'chart',
      defaults: { replicas: 1, env: { A: 'a', B: 'b' }, list: [1, 2] },
      tiers: {
        development: { replicas: 1 },
        staging: { replicas: 2, list: [1, 2], env: { A: 'a' } },
        production: { replicas: 3, list: [1], env: { A: 'z', B: 'b' } },
      },
      environments: { staging: { replicas: 4 } },
    });
    expect(output.files).toEqual([
      'values-dev.yaml',
      'values-staging.yaml',
      'values-prod.yaml',
    ]);
    expect(written('chart/values-dev.yaml')).toEqual({ environment: 'dev' });
    expect(written('chart/values-staging.yaml')).toEqual({
      environment: 'staging',
      replicas: 4,
    });
    expect(written('chart/values-prod.yaml')).toEqual({
      environment: 'prod',
      replicas: 3,
      env: { A: 'z' },
      list: [1],
    });
  });

  it('tells which environments there are, and which need nobody to ask', async () => {
    const { output } = await run({});
    expect(output.environments).toEqual([
      {
        name: 'dev',
        tier: 'development',
        namespace: 'orders-dev',
        automatic: true,
      },
      {
        name: 'staging',
        tier: 'staging',
        namespace: 'orders-staging',
        automatic: false,
      },
      {
        name: 'prod',
        tier: 'production',
        namespace: 'orders-prod',
        automatic: false,
      },
    ]);
    expect(output.automatic).toEqual(['dev']);
  });

  it('carries hostile values as they are', async () => {
    const hostile = '"; \'\n- {{ x }} ${y} #{z} \\ : # &a *b !c';
    await run({ tiers: { production: { env: { A: hostile } } } });
    expect(written('values-prod.yaml').env).toEqual({ A: hostile });
  });

  it.each([
    { input: { service: 'Orders' }, says: /service 'Orders' must be/ },
    {
      input: { tiers: { production: { image: { tag: 'x' } } } },
      says: /may not set 'image': the image is named by image.yaml/,
    },
    { input: { targetPath: '../..' }, says: /not allowed to refer to/ },
    { input: { path: 'moon' }, says: /no promotion path 'moon'/ },
  ])('refuses $input', async ({ input, says }) => {
    await expect(run(input)).rejects.toThrow(says);
    expect(readdirSync(directory.path)).toEqual([]);
  });

  it('refuses a namespace that Kubernetes could not have', async () => {
    const long = createChartValuesAction({
      config: new ConfigReader({
        delivery: {
          environments: [
            {
              name: 'dev',
              tier: 'development',
              account: 'a',
              namespace: `{service}-${'x'.repeat(60)}`,
            },
          ],
        },
      }),
    });
    await expect(
      runAction(long, { service: 'orders' }, { workspace: directory.path }),
    ).rejects.toThrow(/delivery.environments\[0\].namespace/);
  });

  it('has examples that can be parsed and name it', () => {
    for (const { example } of chartValuesExamples) {
      expect(parse(example).steps[0].action).toBe(action.id);
    }
  });
});
