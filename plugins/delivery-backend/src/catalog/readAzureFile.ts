// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import {
  DefaultAzureDevOpsCredentialsProvider,
  getAzureFileFetchUrl,
  type ScmIntegrationRegistry,
} from '@backstage/integration';

/**
 * Reads a file of a repository on Azure DevOps at a commit; Backstage's own reader knows
 * branches only there.
 *
 * @throws NotFoundError when there is no such file, or no such commit.
 */
export async function readAzureFile(options: {
  /** Its web address, as `repositoryOfLocation` gives it. */
  repository: string;
  commit: string;
  path: string;
  integrations: ScmIntegrationRegistry;
  signal?: AbortSignal;
}): Promise<AsyncIterable<Uint8Array>> {
  const { repository, commit, path, integrations, signal } = options;
  const url = new URL(getAzureFileFetchUrl(`${repository}?path=/${path}`));
  url.searchParams.set('versionDescriptor.versionType', 'commit');
  url.searchParams.set('versionDescriptor.version', commit);
  const credentials =
    await DefaultAzureDevOpsCredentialsProvider.fromIntegrations(
      integrations,
    ).getCredentials({ url: repository });
  const response = await fetch(url, {
    headers: { ...credentials?.headers, accept: 'text/plain' },
    signal,
  });
  if (response.status === 404) {
    throw new NotFoundError(`There is no ${path} at ${commit}`);
  }
  // Somebody without an account is led to a page to sign in, with 203.
  if (response.status !== 200 || !response.body) {
    throw new Error(`${url.host} answered ${response.status}`);
  }
  return response.body;
}
