// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
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

  const head = readHead(child.stdout);
  const {
    status,
    headers: answered,
    first,
  } = await Promise.race([head, failed]);
  return new Response(streamFrom(first, child.stdout), {
    status,
    headers: answered,
  });
}

interface Head {
  status: number;
  headers: Headers;
  /** What followed the headers in the same chunk. */
  first: Uint8Array;
}

async function readHead(stdout: Readable): Promise<Head> {
  let seen = Buffer.alloc(0);
  for (;;) {
    const end = seen.indexOf('\r\n\r\n');
    if (end >= 0) {
      const lines = seen.subarray(0, end).toString('latin1').split('\r\n');
      return { ...parseHead(lines), first: seen.subarray(end + 4) };
    }
    const chunk = await nextChunk(stdout);
    if (!chunk) {
      throw new Error('git http-backend ended before its answer began');
    }
    seen = Buffer.concat([seen, chunk]);
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

function nextChunk(stdout: Readable): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (chunk: Buffer | undefined) => {
      stdout.off('readable', look);
      stdout.off('end', ended);
      stdout.off('error', reject);
      resolve(chunk);
    };
    const look = () => {
      const chunk: Buffer | null = stdout.read();
      if (chunk) {
        settle(chunk);
      }
    };
    const ended = () => settle(undefined);
    stdout.on('readable', look);
    stdout.once('end', ended);
    stdout.once('error', reject);
    look();
  });
}

function streamFrom(
  first: Uint8Array,
  stdout: Readable,
): ReadableStream<Uint8Array> {
  async function* chunks() {
    if (first.length > 0) {
      yield first;
    }
    for await (const chunk of stdout) {
      yield new Uint8Array(chunk);
    }
  }
  const source = chunks();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(value);
      }
    },
    async cancel() {
      stdout.destroy();
    },
  });
}
