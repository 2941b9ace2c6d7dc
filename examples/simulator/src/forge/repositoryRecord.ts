// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const commitStatus = z.object({
  id: z.number(),
  state: z.enum(['error', 'failure', 'pending', 'success']),
  context: z.string(),
  description: z.string().optional(),
  targetUrl: z.string().optional(),
  creator: z.string(),
  createdAt: z.string(),
});

const hook = z.object({
  id: z.number(),
  url: z.string(),
  events: z.array(z.string()),
  active: z.boolean(),
  secret: z.string().optional(),
});

const pullRequest = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string(),
  head: z.string(),
  base: z.string(),
  author: z.string(),
  reviewers: z.array(z.string()).default([]),
  state: z.enum(['open', 'closed']),
  /** How often it was changed. */
  version: z.number().default(0),
  mergedAt: z.string().optional(),
  mergeCommit: z.string().optional(),
  createdAt: z.string(),
});

/** What its host knows of a repository beside its git objects. */
export const repositoryRecordSchema = z.object({
  id: z.number(),
  owner: z.string(),
  name: z.string(),
  description: z.string().optional(),
  homepage: z.string().optional(),
  private: z.boolean(),
  defaultBranch: z.string(),
  topics: z.array(z.string()),
  createdAt: z.string(),
  pushedAt: z.string().optional(),
  /** Newest last, by commit. */
  statuses: z.record(z.string(), z.array(commitStatus)),
  hooks: z.array(hook),
  pulls: z.array(pullRequest),
});

/** What its host knows of a repository beside its git objects. */
export type RepositoryRecord = z.infer<typeof repositoryRecordSchema>;
/** One commit status, in the simulator's words. */
export type CommitStatus = z.infer<typeof commitStatus>;
/** One webhook of a repository. */
export type RepositoryHook = z.infer<typeof hook>;
/** One pull request. */
export type PullRequest = z.infer<typeof pullRequest>;
