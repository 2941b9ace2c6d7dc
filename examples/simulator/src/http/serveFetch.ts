// SPDX-License-Identifier: Apache-2.0
import { createServer, IncomingMessage, ServerResponse } from 'node:http';

/** Options of {@link serveFetch}. */
export interface ServeFetchOptions {
  /** The port to listen on; 0 lets the operating system choose. */
  port: number;
  /** A loopback name or address; `localhost` when absent. */
  host?: string;
  /**
   * Answers one request. `request.signal` aborts when the caller goes away. Throw a
   * {@link ConnectionLostError} to close the connection without an answer.
   */
  handle(request: Request): Promise<Response>;
  /** Stops the server and cuts its open connections. */
  signal: AbortSignal;
}

/** Where a server listens, and how to know that it has stopped. */
export interface ServedAddress {
  /** Without a trailing slash, for example `http://localhost:7083`. */
  url: string;
  port: number;
  /** Resolves once the port is free again, after the signal was aborted. */
  closed: Promise<void>;
}

/**
 * Thrown by a handler that wants the caller to see a connection reset.
 *
 * @remarks
 * Recognised by its name, so a fake that lives in another package can throw an error of
 * the same name without importing this file.
 */
export class ConnectionLostError extends Error {
  readonly name = 'ConnectionLostError';
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Serves a fetch-style handler over HTTP on a loopback address.
 *
 * @remarks
 * Refuses any other address, because what it serves has no protection of its own. Rejects
 * with one sentence when the port is taken. Answers may stream: a body is written as it
 * comes, and its reader is cancelled when the caller goes away.
 */
export async function serveFetch(
  options: ServeFetchOptions,
): Promise<ServedAddress> {
  const { port, host = 'localhost', handle, signal } = options;
  if (!LOOPBACK.has(host)) {
    throw new Error(
      `The simulator listens on loopback only, and '${host}' is not a loopback address; use 'localhost'`,
    );
  }
  signal.throwIfAborted();

  const server = createServer((incoming, outgoing) => {
    answer({ incoming, outgoing, handle }).catch(() => outgoing.destroy());
  });
  const closed = new Promise<void>(resolve => server.once('close', resolve));

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} on ${host} is in use; stop the other program or choose another port`,
            )
          : error,
      );
    });
    server.listen({ port, host }, resolve);
  });

  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) {
    stop();
  }

  const address = server.address();
  const actualPort =
    typeof address === 'object' && address ? address.port : port;
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${actualPort}`, port: actualPort, closed };
}

async function answer(options: {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  handle(request: Request): Promise<Response>;
}): Promise<void> {
  const { incoming, outgoing, handle } = options;
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());

  try {
    const request = await toRequest(incoming, gone.signal);
    const response = await handle(request);
    await send(response, outgoing);
  } catch (error) {
    const reset =
      error instanceof Error && error.name === 'ConnectionLostError';
    if (reset || outgoing.headersSent || gone.signal.aborted) {
      outgoing.destroy();
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    outgoing.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
    outgoing.end(`The simulator failed: ${message}\n`);
  }
}

async function toRequest(
  incoming: IncomingMessage,
  signal: AbortSignal,
): Promise<Request> {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    for (const one of value ?? []) {
      headers.append(name, one);
    }
  }
  const url = `http://${incoming.headers.host ?? 'localhost'}${incoming.url}`;
  if (method === 'GET' || method === 'HEAD') {
    return new Request(url, { method, headers, signal });
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return new Request(url, {
    method,
    headers,
    signal,
    body: body.length > 0 ? new Uint8Array(body) : undefined,
  });
}

async function send(
  response: Response,
  outgoing: ServerResponse,
): Promise<void> {
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') {
      outgoing.setHeader(name, value);
    }
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) {
    outgoing.setHeader('set-cookie', cookies);
  }
  outgoing.writeHead(response.status);
  if (!response.body) {
    outgoing.end();
    return;
  }
  // A watch may say nothing for minutes: the caller must see its headers at once.
  outgoing.flushHeaders();
  const reader = response.body.getReader();
  outgoing.once('close', () => {
    reader.cancel().catch(() => {});
  });
  for (;;) {
    const { done, value } = await reader.read();
    if (done || outgoing.destroyed) {
      break;
    }
    if (!outgoing.write(value)) {
      await new Promise<void>(resolve => {
        outgoing.once('drain', resolve);
        outgoing.once('close', resolve);
      });
    }
  }
  outgoing.end();
}
