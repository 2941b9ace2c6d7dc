// SPDX-License-Identifier: Apache-2.0
import type { GitCommit } from '../../git/readCommits';
import type { ForgeRepository } from '../../forge/ForgeRepositories';
import { Html, html } from './html';

/** The heading of every page of a repository. */
export function repositoryTitle(repository: ForgeRepository): Html {
  const { owner, name, description } = repository.record.value;
  return html`<h1>
      <a href="/${owner}">${owner}</a> / <a href="/${owner}/${name}">${name}</a>
    </h1>
    <p class="quiet">${description ?? ''}</p>`;
}

/** The path of a file or folder, each part a link. */
export function pathLinks(options: {
  repository: ForgeRepository;
  ref: string;
  path: string;
}): Html {
  const { repository, ref, path } = options;
  const { owner, name } = repository.record.value;
  const parts = path.split('/').filter(Boolean);
  const links = parts.map((part, index) => {
    const upTo = parts.slice(0, index + 1).join('/');
    return html` / <a href="/${owner}/${name}/tree/${ref}/${upTo}">${part}</a>`;
  });
  return html`<p>
    <a href="/${owner}/${name}/tree/${ref}">${ref}</a>${links}
  </p>`;
}

/** A table of commits, newest first. */
export function commitRows(
  repository: ForgeRepository,
  commits: GitCommit[],
): Html {
  const { owner, name } = repository.record.value;
  return html`<table>
    ${commits.map(
      ({ sha, message, author }) =>
        html`<tr>
          <td>
            <a href="/${owner}/${name}/commit/${sha}"
              ><code>${sha.slice(0, 7)}</code></a
            >
          </td>
          <td>${message.split('\n')[0]}</td>
          <td class="quiet">${author.name}, ${author.date}</td>
        </tr>`,
    )}
  </table>`;
}
