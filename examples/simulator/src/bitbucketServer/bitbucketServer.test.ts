// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AdjustableClock } from '../clock';
import type { RunningForge } from '../forge/startForge';
import { commitFiles } from '../git/commitFiles';
import { startBitbucketServer } from './startBitbucketServer';

const TOKEN = 'secret-of-this-test';
const REPOSITORY = '/projects/NORTH/repos/orders';

const pullSchema = z.object({
  version: z.number(),
  reviewers: z.array(z.object({ user: z.object({ name: z.string() }) })),
});

/** What its documentation says, and a client could get wrong. */
describe('the simulated Bitbucket Data Center', () => {
  const stop = new AbortController();
  let directory: string;
  let forge: RunningForge;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'simulator-bitbucket-'));
    forge = await startBitbucketServer({
      port: 0,
      dataDir: directory,
      clock: new AdjustableClock(),
      accounts: [{ login: 'portal', token: TOKEN }],
      organisations: ['NORTH'],
      signal: stop.signal,
      log: () => {},
    });
    await call('POST', '/projects/NORTH/repos', { name: 'orders' });
  });

  afterAll(async () => {
    stop.abort();
    await forge.closed;
    await rm(directory, { recursive: true, force: true });
  });

  async function call(method: string, path: string, body?: object) {
    const response = await fetch(`${forge.url}/rest/api/1.0${path}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type': 'application/json',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, answer: text && JSON.parse(text) };
  }

  async function commit(branch: string) {
    await commitFiles(forge.repositories.get('NORTH', 'orders').git, {
      branch,
      startBranch: 'main',
      message: 'By hand',
      author: {
        name: 'anna',
        email: 'anna@example.com',
        date: '2026-11-21T08:00:00Z',
      },
      files: { [`${branch}.md`]: 'By hand\n' },
    });
  }

  it('has no default branch until something is pushed', async () => {
    expect(await call('GET', `${REPOSITORY}/default-branch`)).toEqual({
      status: 204,
      answer: '',
    });
    await commit('main');
    const { answer } = await call('GET', `${REPOSITORY}/default-branch`);
    expect(answer).toMatchObject({ displayId: 'main' });
  });

  it('gives lists page by page, with a branch of exactly that name first when asked', async () => {
    await commit('a-main');
    const { answer } = await call(
      'GET',
      `${REPOSITORY}/branches?filterText=main&limit=1`,
    );
    expect(answer).toMatchObject({
      isLastPage: false,
      nextPageStart: 1,
      values: [{ displayId: 'a-main' }],
    });
    const boosted = await call(
      'GET',
      `${REPOSITORY}/branches?filterText=main&limit=1&boostMatches=true`,
    );
    expect(boosted.answer.values).toMatchObject([{ displayId: 'main' }]);
  });

  it('changes a pull request of the version that was seen, and drops reviewers who are not named', async () => {
    await commit('feature');
    const ref = (branch: string) => ({
      id: `refs/heads/${branch}`,
      repository: { slug: 'orders', project: { key: 'NORTH' } },
    });
    const made = await call('POST', `${REPOSITORY}/pull-requests`, {
      title: 'More',
      fromRef: ref('feature'),
      toRef: ref('main'),
      reviewers: [{ user: { name: 'anna' } }],
    });
    expect(made.status).toBe(201);
    expect(pullSchema.parse(made.answer)).toEqual({
      version: 0,
      reviewers: [{ user: { name: 'anna' } }],
    });

    const pull = `${REPOSITORY}/pull-requests/1`;
    const changed = await call('PUT', pull, { version: 0, title: 'Better' });
    expect(pullSchema.parse(changed.answer)).toEqual({
      version: 1,
      reviewers: [],
    });
    const late = await call('PUT', pull, { version: 0, title: 'Late' });
    expect(late.status).toBe(409);
    expect(late.answer.errors[0].exceptionName).toMatch(/OutOfDateException$/);
  });

  it('finds projects by their keys in small letters, too, and knows no others', async () => {
    expect((await call('GET', '/projects/north/repos/orders')).status).toBe(
      200,
    );
    const { status, answer } = await call('GET', '/projects/SOUTH');
    expect(status).toBe(404);
    expect(answer.errors[0].exceptionName).toMatch(/NoSuchProjectException$/);
  });
});
