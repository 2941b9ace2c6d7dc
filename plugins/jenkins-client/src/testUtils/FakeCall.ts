// SPDX-License-Identifier: Apache-2.0
import { FakeController } from './FakeController';
import { treeProjection } from './treeProjection';

/** What an answer may need. */
export type FakeSurroundings = {
  controller: FakeController;
  /** The address of the controller without a trailing slash. */
  url: string;
  users: Record<string, string>;
  anonymousRead: boolean;
  onPush(payload: unknown): Promise<void>;
  /** Names the jobs that look for changes of a repository. */
  onCommitNotice(url: string): Promise<string[]>;
};

/** A request taken apart. */
export type FakeCall = FakeSurroundings & {
  request: Request;
  method: string;
  query: URLSearchParams;
  /** Who asks. */
  userId: string;
};

/** A JSON answer, reduced to what `tree=` asks for. */
export function apiJson(call: FakeCall, value: unknown): Response {
  const tree = call.query.get('tree');
  try {
    return Response.json(tree ? treeProjection(value, tree) : value);
  } catch (error) {
    return new Response(String(error), { status: 400 });
  }
}

/** What Jenkins says of an address it does not know. */
export function notFound(): Response {
  return new Response('<html><body><h2>HTTP ERROR 404 Not Found</h2></body>', {
    status: 404,
    headers: { 'content-type': 'text/html;charset=utf-8' },
  });
}

/** The address of a folder's or job's page. */
export function itemUrl(base: string, fullName: string): string {
  const path = fullName
    .split('/')
    .map(name => `/job/${encodeURIComponent(name)}`)
    .join('');
  return `${base}${path}/`;
}
