// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { gitEnvironment } from './runGit';

/** Options of {@link serveSmartHttp}. */
export interface ServeSmartHttpOptions {
  request: Request;
  /** The folder that holds the repositories. */
  projectRoot: string;
  /** The repository and what is wanted of it, below the root: `/northwind/orders.git/info/refs`. */
  path: string;
  /** Who calls; nobody may only read. */
  user?: string;
}

/**
 * Answers one request of git's smart HTTP protocol through `git http-backend`.
 *
 * @remarks
 * Whatever git writes after the headers is streamed on. The process ends with the request.
 */
export async function serveSmartHttp(
  options: ServeSmartHttpOptions,
): Promise<Response> {
  const { request, projectRoot, path, user } = options;
  const body = new Uint8Array(await request.arrayBuffer());
  const { headers } = request;
  const child = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    signal: request.signal,
    env: {
      ...gitEnvironment(),
      GIT_PROJECT_ROOT: projectRoot,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: new URL(request.url).search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: headers.get('content-type') ?? '',
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: headers.get('content-encoding') ?? '',
      GIT_PROTOCOL: headers.get('git-protocol') ?? '',
      REMOTE_ADDR: '127.0.0.1',
      ...(user ? { REMOTE_USER: user } : {}),
    },
  });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  // Once the answer has begun nobody listens here any more, and a caller who leaves is no fault.
  failed.catch(() => {});
  child.stdin.on('error', () => {});
  child.stdin.end(body);

  const chunks: AsyncIterator<Buffer> = child.stdout[Symbol.asyncIterator]();
  const head = await Promise.race([readHead(chunks), failed]);
  return new Response(streamFrom(head.first, chunks), {
    status: head.status,
    headers: head.headers,
  });
}

interface Head {
  status: number;
  headers: Headers;
  /** What followed the headers in the same chunk. */
  first: Uint8Array;
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<Head> {
  let seen = Buffer.alloc(0);
  for (;;) {
    const end = seen.indexOf('\r\n\r\n');
    if (end >= 0) {
      const lines = seen.subarray(0, end).toString('latin1').split('\r\n');
      return { ...parseHead(lines), first: seen.subarray(end + 4) };
    }
    const chunk = await chunks.next();
    if (chunk.done) {
      throw new Error('git http-backend ended before its answer began');
    }
    seen = Buffer.concat([seen, chunk.value]);
  }
}

function parseHead(lines: string[]): Omit<Head, 'first'> {
  const headers = new Headers();
  let status = 200;
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') {
      status = Number.parseInt(value, 10);
    } else {
      headers.append(name, value);
    }
  }
  return { status, headers };
}

function streamFrom(
  first: Uint8Array,
  chunks: AsyncIterator<Buffer>,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (first.length > 0) {
        controller.enqueue(first);
      }
    },
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(new Uint8Array(value));
      }
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
