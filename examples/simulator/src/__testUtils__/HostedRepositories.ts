// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { GitRepository } from './GitRepository';
import { PROJECT, SECRET, SUBGROUP } from './sourceHostSettings';
import type { TestPortal } from './usePortal';

const branch = z.object({ ref: z.string() });
const githubPulls = z.array(
  z.object({
    state: z.string(),
    head: branch,
    base: branch,
    body: z.string(),
    html_url: z.string(),
  }),
);
const gitlabRequests = z.array(
  z.object({
    state: z.string(),
    source_branch: z.string(),
    target_branch: z.string(),
    description: z.string(),
    web_url: z.string(),
  }),
);
const githubStatuses = z.array(
  z.object({ context: z.string(), state: z.string() }),
);
const giteaStatuses = z.array(
  z.object({ context: z.string(), status: z.string() }),
);
const gitlabStatuses = z.array(
  z.object({ name: z.string(), status: z.string() }),
);
const bitbucketServerRef = z.object({ displayId: z.string() });
const bitbucketServerPulls = z.object({
  values: z.array(
    z.object({
      id: z.number(),
      version: z.number(),
      open: z.boolean(),
      fromRef: bitbucketServerRef,
      toRef: bitbucketServerRef,
      description: z.string(),
      links: z.object({ self: z.array(z.object({ href: z.string() })) }),
    }),
  ),
});
const bitbucketServerBranches = z.object({
  values: z.array(bitbucketServerRef.extend({ latestCommit: z.string() })),
});
const bitbucketServerBuilds = z.object({
  values: z.array(z.object({ key: z.string(), state: z.string() })),
});
const azurePulls = z.object({
  value: z.array(
    z.object({
      pullRequestId: z.number(),
      status: z.string(),
      sourceRefName: z.string(),
      targetRefName: z.string(),
      description: z.string(),
    }),
  ),
});
const azureStatuses = z.object({
  value: z.array(
    z.object({ context: z.object({ name: z.string() }), state: z.string() }),
  ),
});
const bitbucketCloudSide = z.object({ branch: z.object({ name: z.string() }) });
const bitbucketCloudPulls = z.object({
  values: z.array(
    z.object({
      state: z.string(),
      source: bitbucketCloudSide,
      destination: bitbucketCloudSide,
      description: z.string(),
      links: z.object({ html: z.object({ href: z.string() }) }),
    }),
  ),
});
const bitbucketCloudStatuses = z.object({
  values: z.array(z.object({ name: z.string(), state: z.string() })),
});
const group = z.object({ id: z.number() });
const file = z.object({
  content: z.string().optional(),
  sha: z.string().optional(),
});

/** Where the simulated hosts are. */
type World = Pick<TestPortal, 'simulator'>;

/** A pull or merge request, as a test sees it. */
export interface SeenPull {
  state: string;
  head: string;
  base: string;
  body: string;
  url: string;
}

/** A commit status, as a test sees it. */
export type SeenStatus = { name: string; status: string };

/** What a test does with repositories, whichever host they are on. */
export interface HostedRepositories {
  /** What the form calls the host. */
  sourceHost: string;
  organisation: string;
  /** Where a file of the branch `main` is, or all of them, for the catalog. */
  contents(repository: string, path?: string): string;
  /** Makes a repository, which is empty when it gets no files. */
  make(repository: string, files: Record<string, string>): Promise<void>;
  read(
    repository: string,
    path: string,
    ref: string,
  ): Promise<string | undefined>;
  gitUrl(repository: string): string;
  /** Where people look at a commit. */
  commit(repository: string, id: string): string;
  /** The repository as somebody with a checkout sees it. */
  checkout(repository: string): GitRepository;
  pulls(repository: string): Promise<SeenPull[]>;
  /** What the builds said of the newest commit of a branch. */
  statuses(repository: string, branch: string): Promise<SeenStatus[]>;
  /** Adds a file to a branch, as a person would. */
  add(repository: string, path: string, branch: string): Promise<void>;
  /** Changes a file on a branch, as a person would. */
  change(
    repository: string,
    path: string,
    branch: string,
    edit: (text: string) => string,
  ): Promise<void>;
  /** Merges the pull request of that number. */
  merge(repository: string, number: number): Promise<void>;
}

/** The simulated hosts. */
export const HOSTS = [
  'GitHub',
  'GitLab',
  'Gitea',
  'Azure DevOps',
  'Bitbucket Data Center',
  'Bitbucket Cloud',
] as const;

/** The repositories of each simulated host. */
export const HOSTED: Record<
  (typeof HOSTS)[number],
  (world: World) => HostedRepositories
> = {
  GitHub: onGithub,
  GitLab: onGitlab,
  Gitea: onGitea,
  'Azure DevOps': onAzure,
  'Bitbucket Data Center': onBitbucketServer,
  'Bitbucket Cloud': onBitbucketCloud,
};

function onGithub({ simulator }: World): HostedRepositories {
  const url = simulator.urls.github ?? '';
  const organisation = 'northwind';
  const call = caller(`${url}/api/v3`);
  const at = (repository: string) => `/repos/${organisation}/${repository}`;
  return {
    sourceHost: new URL(url).host,
    organisation,
    contents: (name, path = '') =>
      `${url}/${organisation}/${name}/blob/main${path}`,
    gitUrl: name => `${url}/${organisation}/${name}.git`,
    commit: (name, id) => `${url}/${organisation}/${name}/commit/${id}`,
    checkout: name => checkoutOf(`${url}/${organisation}/${name}.git`),
    make: async (name, files) => {
      await call(`/orgs/${organisation}/repos`, 'POST', {
        name,
        private: true,
      });
      for (const [path, content] of Object.entries(files)) {
        await call(`${at(name)}/contents/${path}`, 'PUT', {
          message: `Add ${path}`,
          content: Buffer.from(content).toString('base64'),
        });
      }
    },
    read: async (name, path, ref) =>
      textOf(await call(`${at(name)}/contents/${path}?ref=${ref}`)),
    pulls: async name =>
      githubPulls
        .parse(await call(`${at(name)}/pulls?state=all`))
        .map(({ state, head, base, body, html_url }) => ({
          state,
          head: head.ref,
          base: base.ref,
          body,
          url: html_url,
        })),
    statuses: async (name, of) =>
      githubStatuses
        .parse(await call(`${at(name)}/commits/${of}/statuses`))
        .map(({ context, state }) => ({ name: context, status: state })),
    add: async (name, path, to) => {
      await call(`${at(name)}/contents/${path}`, 'PUT', {
        message: `Add ${path}`,
        content: Buffer.from('By hand\n').toString('base64'),
        branch: to,
      });
    },
    change: async (name, path, on, edit) => {
      const there = await call(`${at(name)}/contents/${path}?ref=${on}`);
      await call(`${at(name)}/contents/${path}`, 'PUT', {
        message: `Change ${path}`,
        content: Buffer.from(edit(textOf(there) ?? '')).toString('base64'),
        branch: on,
        sha: file.parse(there).sha,
      });
    },
    merge: async (name, number) => {
      await call(`${at(name)}/pulls/${number}/merge`, 'PUT');
    },
  };
}

function onGitlab({ simulator }: World): HostedRepositories {
  const url = simulator.urls.gitlab ?? '';
  const call = caller(`${url}/api/v4`);
  const at = (repository: string) =>
    `/projects/${encodeURIComponent(`${SUBGROUP}/${repository}`)}`;
  return {
    sourceHost: new URL(url).host,
    organisation: SUBGROUP,
    contents: (name, path = '') =>
      `${url}/${SUBGROUP}/${name}/-/blob/main${path}`,
    gitUrl: name => `${url}/${SUBGROUP}/${name}.git`,
    commit: (name, id) => `${url}/${SUBGROUP}/${name}/-/commit/${id}`,
    checkout: name => checkoutOf(`${url}/${SUBGROUP}/${name}.git`),
    make: async (name, files) => {
      const { id } = group.parse(
        await call(`/namespaces/${encodeURIComponent(SUBGROUP)}`),
      );
      await call('/projects', 'POST', { name, namespace_id: id });
      for (const [path, content] of Object.entries(files)) {
        await call(`${at(name)}/repository/commits`, 'POST', {
          branch: 'main',
          commit_message: `Add ${path}`,
          actions: [{ action: 'create', file_path: path, content }],
        });
      }
    },
    read: async (name, path, ref) =>
      textOf(
        await call(
          `${at(name)}/repository/files/${encodeURIComponent(
            path,
          )}?ref=${encodeURIComponent(ref)}`,
        ),
      ),
    pulls: async name =>
      gitlabRequests
        .parse(await call(`${at(name)}/merge_requests`))
        .map(request => ({
          state: request.state === 'opened' ? 'open' : 'closed',
          head: request.source_branch,
          base: request.target_branch,
          body: request.description,
          url: request.web_url,
        })),
    statuses: async (name, of) =>
      gitlabStatuses.parse(
        await call(`${at(name)}/repository/commits/${of}/statuses`),
      ),
    add: async (name, path, to) => {
      await call(`${at(name)}/repository/commits`, 'POST', {
        branch: to,
        commit_message: `Add ${path}`,
        actions: [{ action: 'create', file_path: path, content: 'By hand\n' }],
      });
    },
    change: async (name, path, on, edit) => {
      const there = await call(
        `${at(name)}/repository/files/${encodeURIComponent(
          path,
        )}?ref=${encodeURIComponent(on)}`,
      );
      await call(`${at(name)}/repository/commits`, 'POST', {
        branch: on,
        commit_message: `Change ${path}`,
        actions: [
          {
            action: 'update',
            file_path: path,
            content: edit(textOf(there) ?? ''),
          },
        ],
      });
    },
    merge: async (name, number) => {
      await call(`${at(name)}/merge_requests/${number}/merge`, 'PUT');
    },
  };
}

function onGitea({ simulator }: World): HostedRepositories {
  const url = simulator.urls.gitea ?? '';
  const organisation = 'northwind';
  const call = caller(`${url}/api/v1`);
  const at = (repository: string) => `/repos/${organisation}/${repository}`;
  return {
    sourceHost: new URL(url).host,
    organisation,
    contents: (name, path = '') =>
      `${url}/${organisation}/${name}/src/branch/main${path}`,
    commit: (name, id) => `${url}/${organisation}/${name}/commit/${id}`,
    ...throughGit(name => `${url}/${organisation}/${name}.git`, {
      create: name =>
        call(`/orgs/${organisation}/repos`, 'POST', { name, private: true }),
    }),
    pulls: async name =>
      githubPulls
        .parse(await call(`${at(name)}/pulls?state=all`))
        .map(({ state, head, base, body, html_url }) => ({
          state,
          head: head.ref,
          base: base.ref,
          body,
          url: html_url,
        })),
    statuses: async (name, of) =>
      giteaStatuses
        .parse(await call(`${at(name)}/commits/${of}/statuses`))
        .map(({ context, status }) => ({ name: context, status })),
    merge: async (name, number) => {
      await call(`${at(name)}/pulls/${number}/merge`, 'POST', { Do: 'merge' });
    },
  };
}

function onBitbucketServer({ simulator }: World): HostedRepositories {
  const url = simulator.urls.bitbucketServer ?? '';
  const call = caller(`${url}/rest`);
  const at = (repository: string) =>
    `/api/1.0/projects/${PROJECT}/repos/${repository}`;
  const pulls = async (name: string) =>
    bitbucketServerPulls.parse(
      await call(`${at(name)}/pull-requests?state=ALL`),
    ).values;
  return {
    sourceHost: new URL(url).host,
    organisation: PROJECT,
    contents: (name, path = '') =>
      `${url}/projects/${PROJECT}/repos/${name}/browse${path}?at=main`,
    commit: (name, id) =>
      `${url}/projects/${PROJECT}/repos/${name}/commits/${id}`,
    ...throughGit(name => `${url}/scm/${PROJECT.toLowerCase()}/${name}.git`, {
      create: name =>
        call(`/api/1.0/projects/${PROJECT}/repos`, 'POST', { name }),
    }),
    pulls: async name =>
      (await pulls(name)).map(
        ({ open, fromRef, toRef, description, links }) => ({
          state: open ? 'open' : 'closed',
          head: fromRef.displayId,
          base: toRef.displayId,
          body: description,
          url: links.self[0].href,
        }),
      ),
    statuses: async (name, of) => {
      const found = bitbucketServerBranches
        .parse(await call(`${at(name)}/branches?filterText=${of}`))
        .values.find(({ displayId }) => displayId === of);
      return bitbucketServerBuilds
        .parse(await call(`/build-status/1.0/commits/${found?.latestCommit}`))
        .values.map(({ key, state }) => ({
          name: key,
          status: state === 'SUCCESSFUL' ? 'success' : state,
        }));
    },
    merge: async (name, number) => {
      const pull = (await pulls(name)).find(({ id }) => id === number);
      await call(
        `${at(name)}/pull-requests/${number}/merge?version=${pull?.version}`,
        'POST',
        {},
      );
    },
  };
}

function onAzure({ simulator }: World): HostedRepositories {
  const url = simulator.urls.azure ?? '';
  const call = caller(url);
  const base = `/${SUBGROUP}/_apis/git/repositories`;
  const page = (name: string) => `${url}/${SUBGROUP}/_git/${name}`;
  return {
    sourceHost: new URL(url).host,
    organisation: SUBGROUP,
    contents: (name, path = '/') => `${page(name)}?path=${path}&version=GBmain`,
    commit: (name, id) => `${page(name)}/commit/${id}`,
    ...throughGit(page, { create: name => call(base, 'POST', { name }) }),
    pulls: async name =>
      azurePulls
        .parse(
          await call(
            `${base}/${name}/pullrequests?searchCriteria.status=all&api-version=7.1`,
          ),
        )
        .value.map(pull => ({
          state: pull.status === 'active' ? 'open' : 'closed',
          head: pull.sourceRefName.replace('refs/heads/', ''),
          base: pull.targetRefName.replace('refs/heads/', ''),
          body: pull.description,
          url: `${page(name)}/pullrequest/${pull.pullRequestId}`,
        })),
    statuses: async (name, of) =>
      azureStatuses
        .parse(
          await call(
            `${base}/${name}/commits/${await checkoutOf(page(name)).head(
              of,
            )}/statuses`,
          ),
        )
        .value.map(({ context, state }) => ({
          name: context.name,
          status: state,
        })),
    merge: async (name, number) => {
      await call(`${base}/${name}/pullrequests/${number}`, 'PATCH', {
        status: 'completed',
      });
    },
  };
}

function onBitbucketCloud({ simulator }: World): HostedRepositories {
  const url = simulator.urls.bitbucketCloud ?? '';
  const web = 'https://bitbucket.org/northwind';
  const call = caller(`${url}/2.0/repositories/northwind`);
  return {
    sourceHost: 'bitbucket.org',
    organisation: `northwind/${PROJECT}`,
    contents: (name, path = '') => `${web}/${name}/src/main${path}`,
    commit: (name, id) => `${web}/${name}/commits/${id}`,
    ...throughGit(name => `${url}/northwind/${name}.git`, {
      create: name => call(`/${name}`, 'POST', { is_private: true }),
    }),
    gitUrl: name => `${web}/${name}.git`,
    pulls: async name =>
      bitbucketCloudPulls
        .parse(
          await call(
            `/${name}/pullrequests?state=OPEN&state=MERGED&pagelen=50`,
          ),
        )
        .values.map(({ state, source, destination, description, links }) => ({
          state: state === 'OPEN' ? 'open' : 'closed',
          head: source.branch.name,
          base: destination.branch.name,
          body: description,
          url: links.html.href,
        })),
    statuses: async (name, of) =>
      bitbucketCloudStatuses
        .parse(await call(`/${name}/commit/${of}/statuses?pagelen=100`))
        .values.map(status => ({
          name: status.name,
          status: status.state === 'SUCCESSFUL' ? 'success' : status.state,
        })),
    merge: async (name, number) => {
      await call(`/${name}/pullrequests/${number}/merge`, 'POST', {});
    },
  };
}

/** What is done with files, by somebody with a checkout. */
function throughGit(
  gitUrl: (repository: string) => string,
  host: { create(repository: string): Promise<unknown> },
): Pick<
  HostedRepositories,
  'gitUrl' | 'checkout' | 'make' | 'read' | 'add' | 'change'
> {
  const checkout = (name: string) => checkoutOf(gitUrl(name));
  return {
    gitUrl,
    checkout,
    make: async (name, files) => {
      await host.create(name);
      if (Object.keys(files).length > 0) {
        await checkout(name).fill(files);
      }
    },
    read: (name, path, ref) => checkout(name).read(path, ref),
    add: (name, path, to) => checkout(name).write(path, to, () => 'By hand\n'),
    change: (name, path, on, edit) => checkout(name).write(path, on, edit),
  };
}

function checkoutOf(gitUrl: string): GitRepository {
  const url = new URL(gitUrl);
  Object.assign(url, { username: 'portal', password: SECRET });
  return new GitRepository(url.href);
}

function caller(base: string) {
  return async (
    path: string,
    method = 'GET',
    body?: object,
  ): Promise<unknown> => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${SECRET}`,
        'content-type': 'application/json',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const answer: unknown = text && JSON.parse(text);
    if (!response.ok && response.status !== 404) {
      throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    }
    return answer;
  };
}

function textOf(answer: unknown): string | undefined {
  const { content } = file.parse(answer);
  return content === undefined
    ? undefined
    : Buffer.from(content, 'base64').toString('utf8');
}
