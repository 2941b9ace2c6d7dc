// SPDX-License-Identifier: Apache-2.0
import { createHmac, randomUUID } from 'node:crypto';
import { readCommits } from '../git/readCommits';
import type { GithubUrls } from './GithubUrls';
import type { Push } from '../forge/ForgeRepositories';
import type { WebhookCall } from '../forge/tellWebhooks';
import { presentRepository } from './presentRepository';

const NO_COMMIT = '0'.repeat(40);

/** What the webhooks of a repository are told when a branch moved, and which they are. */
export async function announceGithubPush(
  push: Push,
  options: {
    /** Addresses that hear of every repository, like an organisation's webhooks. */
    webhooks: readonly string[];
    urls: GithubUrls;
  },
): Promise<{ body: string; calls: WebhookCall[] }> {
  const { webhooks, urls } = options;
  const hooks = push.repository.record.value.hooks.filter(
    hook =>
      hook.active &&
      hook.events.some(event => event === 'push' || event === '*'),
  );
  const body = JSON.stringify(await pushPayload(push, urls));
  const targets: { url: string; secret?: string }[] = [
    ...webhooks.map(url => ({ url })),
    ...hooks,
  ];
  return {
    body,
    calls: targets.map(({ url, secret }) => ({
      url,
      headers: headersOf(body, secret),
    })),
  };
}

function headersOf(body: string, secret?: string): Record<string, string> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/simulator',
    'x-github-event': 'push',
    'x-github-delivery': randomUUID(),
  };
  if (!secret) {
    return headers;
  }
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return { ...headers, 'x-hub-signature-256': `sha256=${digest}` };
}

async function pushPayload(
  push: Push,
  urls: GithubUrls,
): Promise<Record<string, unknown>> {
  const { repository, branch, before, after, pusher } = push;
  const { owner, name } = repository.record.value;
  const commits = after
    ? await readCommits(repository.git, {
        range: before ? `${before}..${after}` : after,
        limit: 20,
      })
    : [];
  const present = commits.map(commit => ({
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    url: urls.page(owner, name, 'commit', commit.sha),
    author: commit.author,
    committer: commit.committer,
  }));
  return {
    ref: `refs/heads/${branch}`,
    before: before ?? NO_COMMIT,
    after: after ?? NO_COMMIT,
    created: before === undefined,
    deleted: after === undefined,
    forced: false,
    compare: urls.page(
      owner,
      name,
      'compare',
      `${before ?? NO_COMMIT}...${after ?? NO_COMMIT}`,
    ),
    commits: [...present].reverse(),
    head_commit: present[0] ?? null,
    repository: presentRepository(repository, urls),
    pusher: { name: pusher },
    sender: { login: pusher },
  };
}
