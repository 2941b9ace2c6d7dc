// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { cronSchedule } from './cronSchedule';
import { FakeController } from './FakeController';
import { FakeCause } from './fakeJenkinsState';
import { FakeGit } from './readItemConfig';

/**
 * Asks a repository for the newest commit of a branch; undefined when it cannot be told.
 *
 * @public
 */
export type ReadFakeHead = (
  git: FakeGit,
) => Promise<string | undefined> | string | undefined;

const MINUTE = 60_000;
/** After a longer pause only this many minutes are made up for. */
const MAX_MINUTES = 2 * 24 * 60;

/**
 * Fires the schedules of all minutes since the last tick; each job at most once.
 *
 * @remarks
 * A poll asks the repository and builds only when its head was not built yet.
 */
export async function tickTriggers(
  controller: FakeController,
  readHead: ReadFakeHead,
): Promise<void> {
  const now = controller.now();
  const first = Math.max(
    Math.floor(controller.lastTick / MINUTE) + 1,
    Math.floor(now / MINUTE) - MAX_MINUTES,
  );
  const minutes: Date[] = [];
  for (let minute = first; minute * MINUTE <= now; minute++) {
    minutes.push(new Date(minute * MINUTE));
  }
  controller.lastTick = Math.max(controller.lastTick, now);
  if (minutes.length === 0) {
    return;
  }
  for (const { fullName } of controller.items()) {
    const config = controller.configOf(fullName);
    if (config?.kind !== 'job' || config.disabled) {
      continue;
    }
    const { cron, poll } = config.triggers;
    if (cron && minutes.some(cronSchedule(cron, fullName))) {
      controller.enqueue(fullName, {
        cause: { kind: 'cron', shortDescription: 'Started by timer' },
      });
    }
    if (poll && minutes.some(cronSchedule(poll, fullName))) {
      await buildWhenChanged(controller, readHead, {
        job: fullName,
        cause: { kind: 'poll', shortDescription: 'Started by an SCM change' },
      });
    }
  }
}

const pushSchema = z.object({
  ref: z.string(),
  after: z.string().optional(),
  repository: z.object({
    clone_url: z.string().optional(),
    html_url: z.string().optional(),
    url: z.string().optional(),
  }),
  pusher: z.object({ name: z.string() }).optional(),
});

/**
 * Handles GitHub's push event: jobs with the GitHub trigger and that repository look for
 * changes. An event that is not understood is ignored, as Jenkins does.
 */
export async function receivePush(
  controller: FakeController,
  readHead: ReadFakeHead | undefined,
  payload: unknown,
): Promise<void> {
  const push = pushSchema.safeParse(payload);
  if (!push.success) {
    return;
  }
  const { ref, after, repository, pusher } = push.data;
  const urls = new Set(
    [repository.clone_url, repository.html_url, repository.url]
      .filter(url => url !== undefined)
      .map(normalizedUrl),
  );
  for (const { fullName } of controller.items()) {
    const config = controller.configOf(fullName);
    if (
      config?.kind === 'job' &&
      !config.disabled &&
      config.git &&
      config.triggers.githubPush &&
      urls.has(normalizedUrl(config.git.url))
    ) {
      const isBranch = ref === `refs/heads/${config.git.branch}`;
      await buildWhenChanged(
        controller,
        readHead ?? (() => (isBranch ? after : undefined)),
        {
          job: fullName,
          cause: {
            kind: 'push',
            shortDescription: `Started by GitHub push by ${
              pusher?.name ?? 'unknown'
            }`,
          },
        },
      );
    }
  }
}

/**
 * Handles `git/notifyCommit` of the Git plugin: jobs that poll that repository look for changes
 * at once. Says which, as Jenkins does.
 */
export async function receiveCommitNotice(
  controller: FakeController,
  readHead: ReadFakeHead,
  url: string,
): Promise<string[]> {
  const polled = controller.items().flatMap(({ fullName }) => {
    const config = controller.configOf(fullName);
    return config?.kind === 'job' &&
      !config.disabled &&
      config.git &&
      config.triggers.poll &&
      normalizedUrl(config.git.url) === normalizedUrl(url)
      ? [fullName]
      : [];
  });
  for (const job of polled) {
    await buildWhenChanged(controller, readHead, {
      job,
      cause: { kind: 'poll', shortDescription: 'Started by an SCM change' },
    });
  }
  return polled;
}

async function buildWhenChanged(
  controller: FakeController,
  readHead: ReadFakeHead,
  request: { job: string; cause: FakeCause },
): Promise<void> {
  const { job, cause } = request;
  const config = controller.configOf(job);
  const git = config?.kind === 'job' ? config.git : undefined;
  const head = git && (await readHead(git));
  if (head && head !== controller.newestCommit(job)) {
    controller.enqueue(job, { cause, expectedCommit: head });
  }
}

function normalizedUrl(url: string): string {
  return url
    .toLowerCase()
    .replace(/^[a-z]+:\/\/([^@/]*@)?/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}
