// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/core-app-api';
import { configApiRef } from '@backstage/core-plugin-api';
import {
  ScmIntegrationsApi,
  scmIntegrationsApiRef,
} from '@backstage/integration-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SOURCE_HOSTS } from 'backstage-plugin-delivery-common';
import { SourceHostPicker } from './SourceHostPicker';
import { validateSourceHost } from './validateSourceHost';

const GITHUB = { host: 'git.example.com', apiBaseUrl: 'https://git/api/v3' };
const GITLAB = {
  host: 'gitlab.example.com',
  baseUrl: 'https://gitlab.example.com',
  apiBaseUrl: 'https://gitlab.example.com/api/v4',
};
const GITEA = { host: 'gitea.example.com' };
const BITBUCKET = { host: 'bitbucket.example.com' };
const GERRIT = {
  host: 'gerrit.example.com',
  gitilesBaseUrl: 'https://gerrit.example.com/plugins/gitiles',
};

/** The scaffolder's own form with one step that has the field. */
async function show(integrations: object, given: Record<string, string> = {}) {
  const config = new ConfigReader({ integrations });
  const created = jest.fn();
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [configApiRef, config],
        [scmIntegrationsApiRef, ScmIntegrationsApi.fromConfig(config)],
      ]}
    >
      <Stepper
        manifest={{
          title: 'Service',
          steps: [
            {
              title: 'Service',
              schema: {
                type: 'object',
                properties: {
                  sourceHost: {
                    title: 'Source host',
                    type: 'string',
                    description: 'Where the repositories are made',
                    'ui:field': 'SourceHostPicker',
                  },
                },
              },
            },
          ],
        }}
        extensions={[
          {
            name: 'SourceHostPicker',
            component: SourceHostPicker,
            validation: validateSourceHost,
          },
        ]}
        onCreate={created}
        initialState={given}
      />
    </TestApiProvider>,
  );
  return {
    field: () => screen.getByRole('button', { name: /Source host/ }),
    finish: async () => {
      await userEvent.click(screen.getByRole('button', { name: 'Review' }));
      await userEvent.click(
        await screen.findByRole('button', { name: 'Create' }),
      );
      return created.mock.calls[0][0];
    },
  };
}

describe('SourceHostPicker', () => {
  it('has the only host chosen, says what it is for, and sends it', async () => {
    const { field, finish } = await show({ gitlab: [GITLAB] });
    expect(field()).toHaveTextContent('gitlab.example.com (GitLab)');
    expect(
      screen.getByText('Where the repositories are made'),
    ).toBeInTheDocument();
    expect(await finish()).toEqual({ sourceHost: 'gitlab.example.com' });
  });

  it('offers the configured hosts on which repositories can be made, by keyboard', async () => {
    const { field, finish } = await show({
      github: [GITHUB],
      gitlab: [GITLAB],
      gitea: [GITEA],
      azure: [{}],
      bitbucketServer: [BITBUCKET],
      bitbucketCloud: [{ host: 'bitbucket.org' }],
      gerrit: [GERRIT],
    });
    expect(field()).toHaveTextContent('git.example.com (GitHub)');
    field().focus();
    await userEvent.keyboard('{Enter}');
    expect(
      within(screen.getByRole('listbox'))
        .getAllByRole('option')
        .map(one => one.textContent),
    ).toEqual([
      'git.example.com (GitHub)',
      'gitlab.example.com (GitLab)',
      'gitea.example.com (Gitea)',
      'dev.azure.com (Azure DevOps)',
      'bitbucket.example.com (Bitbucket Data Center)',
      'bitbucket.org (Bitbucket Cloud)',
    ]);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(await finish()).toEqual({ sourceHost: 'gitea.example.com' });
  });

  it.each([
    [
      { github: [GITHUB], gerrit: [GERRIT] },
      "must be one of git.example.com; repositories cannot be made on 'gerrit.example.com'",
    ],
    [
      { gerrit: [GERRIT] },
      `cannot be chosen: no host is configured; add one to integrations of the portal, below one of ${Object.keys(
        SOURCE_HOSTS,
      ).join(', ')}`,
    ],
  ])('refuses another host at the field: %j', async (integrations, says) => {
    await show(integrations, { sourceHost: 'gerrit.example.com' });
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(await screen.findByText(says)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });
});
