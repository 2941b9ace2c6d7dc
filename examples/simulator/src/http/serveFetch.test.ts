// SPDX-License-Identifier: Apache-2.0
import { ConnectionLostError, serveFetch } from './serveFetch';

describe('serveFetch', () => {
  let stop: AbortController;
  beforeEach(() => {
    stop = new AbortController();
  });
  afterEach(() => stop.abort());

  it('hands method, path, headers and body on, and answers', async () => {
    const { url } = await serveFetch({
      port: 0,
      signal: stop.signal,
      handle: async request =>
        Response.json(
          {
            method: request.method,
            path: new URL(request.url).pathname,
            sent: request.headers.get('x-sent'),
            body: await request.text(),
          },
          { status: 202, headers: { 'x-back': 'yes' } },
        ),
    });
    const response = await fetch(`${url}/a/b%20c?d=e`, {
      method: 'POST',
      headers: { 'x-sent': 'hello' },
      body: 'text',
    });
    expect(response.status).toBe(202);
    expect(response.headers.get('x-back')).toBe('yes');
    await expect(response.json()).resolves.toEqual({
      method: 'POST',
      path: '/a/b%20c',
      sent: 'hello',
      body: 'text',
    });
  });

  it('streams an answer and tells the handler when the caller leaves', async () => {
    let cancelled: () => void = () => {};
    const left = new Promise<void>(resolve => {
      cancelled = resolve;
    });
    const { url } = await serveFetch({
      port: 0,
      signal: stop.signal,
      handle: async request => {
        request.signal.addEventListener('abort', cancelled);
        return new Response(
          new ReadableStream({
            start: controller =>
              controller.enqueue(new TextEncoder().encode('first\n')),
          }),
        );
      },
    });
    const caller = new AbortController();
    const response = await fetch(url, { signal: caller.signal });
    const first = await response.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toBe('first\n');
    caller.abort();
    await left;
  });

  it('resets the connection when the handler says so', async () => {
    const { url } = await serveFetch({
      port: 0,
      signal: stop.signal,
      handle: async () => {
        throw new ConnectionLostError('lost on purpose');
      },
    });
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('answers 500 with the reason when the handler fails', async () => {
    const { url } = await serveFetch({
      port: 0,
      signal: stop.signal,
      handle: async () => {
        throw new Error('broken');
      },
    });
    const response = await fetch(url);
    expect(response.status).toBe(500);
    await expect(response.text()).resolves.toContain('broken');
  });

  it('refuses everything but loopback, and says when a port is taken', async () => {
    const handle = async () => new Response('ok');
    await expect(
      serveFetch({ port: 0, host: '0.0.0.0', signal: stop.signal, handle }),
    ).rejects.toThrow(/loopback only/);

    const { port } = await serveFetch({ port: 0, signal: stop.signal, handle });
    await expect(
      serveFetch({ port, signal: stop.signal, handle }),
    ).rejects.toThrow(`Port ${port} on localhost is in use`);
  });

  it('frees the port when it is stopped', async () => {
    const handle = async () => new Response('ok');
    const first = await serveFetch({ port: 0, signal: stop.signal, handle });
    stop.abort();
    await first.closed;
    const again = new AbortController();
    const second = await serveFetch({
      port: first.port,
      signal: again.signal,
      handle,
    });
    expect(second.port).toBe(first.port);
    again.abort();
    await second.closed;
  });
});
