// SPDX-License-Identifier: Apache-2.0
import { createServer, type Server, type ServerResponse } from 'node:http';
import { FakeClock } from 'backstage-plugin-delivery-node/testUtils';
import { Outbound } from './Outbound';

let server: Server;
let host: string;
let asked: number;
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    answer(response);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  host = `127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise(resolve => {
    server.close(resolve);
  });
});

function ask(url = `http://${host}/changes`, timeout = 2_000) {
  const outbound = new Outbound({ hosts: [host], clock: new FakeClock() });
  return outbound.ask({ id: 'answer', url, timeout }, { fresh: true });
}

describe('Outbound', () => {
  it('gives the JSON with its age and digest', async () => {
    answer = response => response.end('{"allowed":true}');
    await expect(ask()).resolves.toEqual({
      state: 'known',
      body: { allowed: true },
      digest: expect.stringMatching(/^sha256:/),
      at: '2026-11-16T09:00:00.000Z',
    });
  });

  it.each([
    'http://169.254.169.254/latest',
    'http://127.0.0.1/changes',
    'http://board.example/changes',
  ])('does not ask %s, which is not allowed', async url => {
    await expect(ask(url)).resolves.toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('delivery.outbound.hosts'),
    });
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    [
      'a redirect',
      response => response.writeHead(302, { Location: '/other' }).end(),
      'could not be reached',
    ],
    ['a refusal', response => response.writeHead(403).end(), 'answered 403'],
    ['no JSON', response => response.end('<html>'), 'did not answer with JSON'],
    [
      'too much',
      response => response.end('x'.repeat(300_000)),
      'more than 256 KB',
    ],
    ['a broken line', response => response.destroy(), 'could not be reached'],
  ])('does not know anything after %s', async (_, given, reason) => {
    answer = given;
    await expect(ask()).resolves.toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining(reason),
    });
    expect(asked).toBe(1);
  });

  it('does not wait longer than it may', async () => {
    answer = () => {};
    await expect(ask(undefined, 50)).resolves.toMatchObject({
      state: 'unknown',
      reason: `${host} did not answer in time.`,
    });
  });

  it('remembers an answer for reads for a few seconds, and asks anew for writes', async () => {
    answer = response => response.end('{}');
    const clock = new FakeClock();
    const outbound = new Outbound({ hosts: [host], clock });
    const request = { id: 'answer', url: `http://${host}/`, timeout: 2_000 };
    await outbound.ask(request, { fresh: false });
    await outbound.ask(request, { fresh: false });
    expect(asked).toBe(1);
    await outbound.ask(request, { fresh: true });
    expect(asked).toBe(2);
    clock.advance({ seconds: 6 });
    await outbound.ask(request, { fresh: false });
    expect(asked).toBe(3);
  });
});
