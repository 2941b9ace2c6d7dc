// SPDX-License-Identifier: Apache-2.0
import type { FetchRouter } from '../../http/FetchRouter';
import { readCommits } from '../../git/readCommits';
import { runGit } from '../../git/runGit';
import type { GithubContext } from '../GithubContext';
import type { ForgeRepository } from '../../forge/ForgeRepositories';
import { combineStatuses } from '../presentCommit';
import { commitRows, pathLinks, repositoryTitle } from './fragments';
import { Html, html } from './html';
import { pageResponse } from './pageResponse';

/**
 * Adds the pages that links in the portal lead to.
 *
 * @remarks
 * They only read, and show private repositories to everybody on this machine, as a browser
 * that is signed in would see them.
 */
export function addPages(router: FetchRouter, context: GithubContext): void {
  const { repositories } = context;
  const list = (owner?: string) => {
    const shown = repositories
      .list()
      .map(({ record }) => record.value)
      .filter(record => !owner || record.owner === owner);
    return pageResponse(
      owner ?? 'Repositories',
      html`<h1>${owner ?? 'Repositories'}</h1>
        <table>
          ${shown.map(
            ({ owner: of, name, description }) =>
              html`<tr>
                <td><a href="/${of}/${name}">${of}/${name}</a></td>
                <td>${description ?? ''}</td>
              </tr>`,
          )}
        </table>`,
    );
  };

  router
    .on('GET', '/', async () => list())
    .on('GET', '/:owner', async (_, { params }) => list(params.owner));

  const page = (
    pattern: string,
    show: (options: ShowOptions) => Promise<Html | undefined>,
  ) =>
    router.on('GET', `/:owner/:repo${pattern}`, async (_, { params }) => {
      const { owner, repo, ref, rest = '' } = params;
      const repository = repositories.find(owner, repo);
      const shown =
        repository &&
        (await show({
          repository,
          ref: ref ?? repository.record.value.defaultBranch,
          path: rest.replace(/\/+$/, ''),
        }));
      return shown
        ? pageResponse(`${owner}/${repo}`, shown)
        : pageResponse('Not found', html`<h1>Not found</h1>`, 404);
    });

  page('', showTree);
  page('/tree/:ref', showTree);
  page('/tree/:ref/*', showTree);
  page('/blob/:ref/*', showBlob);
  page('/commits', showCommits);
  page('/commits/:ref', showCommits);
  page('/commit/:ref', showCommit);
  page('/compare/*', showComparison);
  page('/pull/:ref', showPull);
}

interface ShowOptions {
  repository: ForgeRepository;
  ref: string;
  path: string;
}

async function showTree(options: ShowOptions): Promise<Html | undefined> {
  const { repository, ref, path } = options;
  const title = repositoryTitle(repository);
  const commit = await repository.git.resolve(ref);
  if (!commit) {
    const empty = (await repository.git.branches()).size === 0;
    return empty
      ? html`${title}
          <p class="quiet">This repository is empty.</p>`
      : undefined;
  }
  const tree = await repository.git.entry(commit, path);
  if (tree?.type !== 'tree') {
    return undefined;
  }
  const entries = await repository.git.entries(tree.sha);
  const commits = await readCommits(repository.git, {
    range: commit,
    limit: 5,
  });
  const { owner, name } = repository.record.value;
  const below = path === '' ? '' : `${path}/`;
  return html`${title} ${pathLinks({ repository, ref, path })}
    <table>
      ${entries.map(entry => {
        const kind = entry.type === 'tree' ? 'tree' : 'blob';
        const target = `/${owner}/${name}/${kind}/${ref}/${below}${entry.path}`;
        const mark = entry.type === 'tree' ? '/' : '';
        return html`<tr>
          <td><a href="${target}">${entry.path}${mark}</a></td>
        </tr>`;
      })}
    </table>
    <h2><a href="/${owner}/${name}/commits/${ref}">Latest commits</a></h2>
    ${commitRows(repository, commits)}`;
}

async function showBlob(options: ShowOptions): Promise<Html | undefined> {
  const { repository, ref, path } = options;
  const commit = await repository.git.resolve(ref);
  const text = commit && (await repository.git.text(commit, path));
  return text === undefined
    ? undefined
    : html`${repositoryTitle(repository)}
        ${pathLinks({ repository, ref, path })}
        <pre><code>${text}</code></pre>`;
}

async function showCommits(options: ShowOptions): Promise<Html | undefined> {
  const { repository, ref } = options;
  const commit = await repository.git.resolve(ref);
  if (!commit) {
    return undefined;
  }
  const commits = await readCommits(repository.git, {
    range: commit,
    limit: 50,
  });
  return html`${repositoryTitle(repository)}
    <h2>Commits on ${ref}</h2>
    ${commitRows(repository, commits)}`;
}

async function showCommit(options: ShowOptions): Promise<Html | undefined> {
  const { repository, ref } = options;
  const sha = await repository.git.resolve(ref);
  if (!sha) {
    return undefined;
  }
  const [commit] = await readCommits(repository.git, { range: sha, limit: 1 });
  const { latest } = combineStatuses(
    repository.record.value.statuses[sha] ?? [],
  );
  const diff = await runGit({
    directory: repository.git.directory,
    args: ['show', '--format=', '--root', sha],
  });
  return html`${repositoryTitle(repository)}
    <h2><code>${sha}</code></h2>
    <pre>${commit.message}</pre>
    <p class="quiet">${commit.author.name}, ${commit.author.date}</p>
    ${latest.map(
      ({ state, context, description, targetUrl }) =>
        html`<p>
          <b>${state}</b> <a href="${targetUrl ?? ''}">${context}</a>
          ${description ?? ''}
        </p>`,
    )}
    <pre><code>${diff.toString('utf8')}</code></pre>`;
}

async function showComparison(options: ShowOptions): Promise<Html | undefined> {
  const { repository, path } = options;
  const [from, to = ''] = path.split('...');
  const base = await repository.git.resolve(from);
  const head = await repository.git.resolve(to);
  if (!base || !head) {
    return undefined;
  }
  const commits = await readCommits(repository.git, {
    range: `${base}..${head}`,
    limit: 100,
  });
  const diff = await runGit({
    directory: repository.git.directory,
    args: ['diff', `${base}...${head}`],
  });
  return html`${repositoryTitle(repository)}
    <h2>${from} … ${to}</h2>
    ${commitRows(repository, commits)}
    <pre><code>${diff.toString('utf8')}</code></pre>`;
}

async function showPull(options: ShowOptions): Promise<Html | undefined> {
  const { repository, ref } = options;
  const pull = repository.record.value.pulls.find(
    ({ number }) => String(number) === ref,
  );
  return (
    pull &&
    html`${repositoryTitle(repository)}
      <h2>${pull.title} <span class="quiet">#${pull.number}</span></h2>
      <p>${pull.state}: ${pull.head} into ${pull.base}, by ${pull.author}</p>
      <pre>${pull.body}</pre>`
  );
}
