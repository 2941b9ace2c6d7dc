// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { readEnvironments } from '../config/readEnvironments';
import { parseAnswers } from '../plan/parseAnswers';
import { planService } from '../plan/planService';
import { readRuntimeFacts } from '../plan/runtimeFacts';
import { renderEnvironmentFiles } from '../values/renderEnvironmentFiles';
import { renderServiceWiring } from '../wiring/renderServiceWiring';
import { DELIVERY_CONFIG } from './scaffoldService';

const TEMPLATE = resolve(__dirname, '../../../../templates/service');
const valuesSchema = z.record(z.string(), z.json()).default({});

const config = new ConfigReader({ delivery: DELIVERY_CONFIG });

/** What the plan makes of answers, without asking any vendor. */
export function planAnswers(sent: JsonObject, runtime: string) {
  const answers = parseAnswers(sent);
  const environments = readEnvironments(config, {
    service: answers.name,
    path: answers.path,
  });
  return {
    answers,
    environments,
    plan: planService({
      answers,
      runtime: readRuntimeFacts(
        readFileSync(
          join(TEMPLATE, 'runtimes', runtime, 'runtime.yaml'),
          'utf8',
        ),
      ),
      environments,
      buildEnvironment: {},
    }),
  };
}

/**
 * The files that depend on the answers, by their path: rendered by the scaffolder's own
 * action, in the order of the template.
 */
export async function renderSkeletons(
  planned: ReturnType<typeof planAnswers>,
  runtime: string,
): Promise<Map<string, string>> {
  const { answers, environments, plan } = planned;
  const root = await mkdtemp(join(tmpdir(), 'skeletons-'));
  const workspacePath = join(root, 'workspace');
  try {
    const action = createFetchTemplateAction({
      reader: mockServices.urlReader.mock(),
      integrations: ScmIntegrations.fromConfig(config),
    });
    for (const [url, targetPath, verbatim] of [
      ['./artifact', 'artifact', 'ci/**'],
      [`./runtimes/${runtime}/artifact`, 'artifact', 'ci/**'],
      ['./chart', 'chart', 'ci/**'],
      [`./charts/${plan.chart}`, 'chart', 'templates/**'],
    ]) {
      await action.handler({
        ...createMockActionContext({
          workspacePath,
          input: {
            url,
            targetPath,
            replace: true,
            copyWithoutTemplating: [verbatim],
            values: plan.values,
          },
          templateInfo: {
            entityRef: 'template:default/service',
            baseUrl: pathToFileURL(join(TEMPLATE, 'template.yaml')).href,
          },
        }),
        logger: mockServices.logger.mock(),
        createTemporaryDirectory: () => mkdtemp(join(root, 'template-')),
      });
    }
    const files = new Map(
      readdirSync(workspacePath, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
        .filter(path => !/\/ci\/|\/chart\/templates\//.test(path))
        .map(path => [
          relative(workspacePath, path),
          readFileSync(path, 'utf8'),
        ]),
    );
    for (const environment of environments) {
      for (const { name, content } of renderEnvironmentFiles({
        service: answers.name,
        environment,
        values: {
          ...valuesSchema.parse(plan.tiers[environment.tier]),
          ...valuesSchema.parse(plan.environments[environment.name]),
        },
        defaults: plan.defaults,
        renderer: answers.renderer,
      })) {
        files.set(`chart/${name}`, content);
      }
    }
    for (const file of renderServiceWiring({
      config,
      application: answers.name,
      entityRef: `component:default/${answers.name}`,
      renderer: answers.renderer,
      jenkins: {
        folder: answers.name,
        baseImageSchedule: plan.baseImageSchedule,
      },
    })) {
      files.set(`chart/${file.path}`, file.content);
    }
    return files;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
