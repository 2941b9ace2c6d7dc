// SPDX-License-Identifier: Apache-2.0
import { answerBuild } from './answerBuild';
import { answerItem, createItem } from './answerItem';
import { answerRoot } from './answerRoot';
import { authorize } from './authorize';
import { FakeCall, FakeSurroundings, notFound } from './FakeCall';

/** Answers one request as a Jenkins controller does. */
export async function answerRequest(
  request: Request,
  surroundings: FakeSurroundings,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const prefix = new URL(surroundings.url).pathname.replace(/\/$/, '');
  const segments = pathname
    .slice(prefix.length)
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);

  // GitHub signs its events instead of signing in.
  if (segments[0] === 'github-webhook') {
    return receiveWebhook(request, surroundings);
  }
  // The Git plugin lets everybody ask for a look at a repository, where its token is off.
  if (segments.join('/') === 'git/notifyCommit') {
    return receiveNotice(searchParams.get('url'), surroundings);
  }
  const caller = authorize(request, surroundings);
  if (caller instanceof Response) {
    return caller;
  }
  const call: FakeCall = {
    ...surroundings,
    request,
    method: request.method,
    query: searchParams,
    userId: caller.userId,
  };
  return route(call, segments);
}

async function route(call: FakeCall, segments: string[]): Promise<Response> {
  const { controller, method } = call;
  const names: string[] = [];
  let rest = segments;
  while (rest[0] === 'job' && rest.length > 1) {
    names.push(rest[1]);
    rest = rest.slice(2);
  }
  const fullName = names.join('/');
  const [head, ...tail] = rest;

  if (head === 'createItem' && method === 'POST') {
    return createItem(call, fullName);
  }
  if (names.length === 0) {
    return answerRoot(call, rest);
  }
  const item = controller.findItem(fullName);
  if (!item) {
    return notFound();
  }
  const builds = controller.buildsOf(fullName);
  const build = /^\d+$/.test(head ?? '')
    ? builds.find(one => one.number === Number(head))
    : permalink(builds, head);
  if (build) {
    return answerBuild(call, build, tail);
  }
  return answerItem(call, item, rest);
}

function permalink<T extends { result?: string }>(
  builds: T[],
  name: string | undefined,
): T | undefined {
  switch (name) {
    case 'lastBuild':
      return builds[0];
    case 'lastCompletedBuild':
      return builds.find(build => build.result);
    case 'lastSuccessfulBuild':
      return builds.find(build => /SUCCESS|UNSTABLE/.test(build.result ?? ''));
    case 'lastFailedBuild':
      return builds.find(build => build.result === 'FAILURE');
    default:
      return undefined;
  }
}

async function receiveNotice(
  repository: string | null,
  { onCommitNotice }: FakeSurroundings,
): Promise<Response> {
  if (!repository) {
    return new Response('Query parameter url is required', { status: 400 });
  }
  const jobs = await onCommitNotice(repository);
  return new Response(
    jobs.length > 0
      ? jobs.map(job => `Scheduled polling of ${job}\n`).join('')
      : `No git jobs using repository: ${repository}\n`,
  );
}

async function receiveWebhook(
  request: Request,
  surroundings: FakeSurroundings,
): Promise<Response> {
  if (request.method !== 'POST') {
    return new Response('Method POST required', { status: 405 });
  }
  const event = request.headers.get('x-github-event');
  if (!event) {
    return new Response('X-GitHub-Event header is missing', { status: 400 });
  }
  const text = await request.text();
  const form = request.headers
    .get('content-type')
    ?.startsWith('application/x-www-form-urlencoded');
  let payload: unknown;
  try {
    payload = JSON.parse(
      form ? new URLSearchParams(text).get('payload') ?? '' : text,
    );
  } catch {
    return new Response('The payload is no JSON', { status: 400 });
  }
  if (event === 'push') {
    await surroundings.onPush(payload);
  }
  return new Response(null, { status: 200 });
}
