// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The template that new services are made with. */
export const SERVICE_TEMPLATE = join(
  __dirname,
  '../../../../templates/service',
);

/** Fills in one folder of the service template as the scaffolder does, into a workspace. */
export async function scaffoldFolder(options: {
  /** Such as `charts/own`. */
  folder: string;
  workspace: string;
  values: JsonObject;
  copyWithoutTemplating?: string[];
}): Promise<void> {
  const { folder, workspace, values, copyWithoutTemplating } = options;
  const action = createFetchTemplateAction({
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    reader: mockServices.urlReader.mock(),
  });
  await action.handler({
    ...createMockActionContext({
      workspacePath: workspace,
      templateInfo: {
        entityRef: 'template:default/service',
        baseUrl: pathToFileURL(
          join(SERVICE_TEMPLATE, 'template.yaml'),
        ).toString(),
      },
    }),
    input: {
      url: `./${folder}`,
      targetPath: folder,
      copyWithoutTemplating: copyWithoutTemplating ?? ['ci/**'],
      values,
    },
  });
}
