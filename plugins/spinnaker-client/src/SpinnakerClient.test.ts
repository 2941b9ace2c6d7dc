// SPDX-License-Identifier: Apache-2.0
import { SpinnakerClient, type SpinnakerClientOptions } from '.';

function clientAnswering(
  answer: () => Promise<Response>,
  options: Partial<SpinnakerClientOptions> = {},
) {
  const urls: string[] = [];
  const client = SpinnakerClient.create({
    baseUrl: 'https://gate.example.com/gate/',
    token: 'top-secret',
    fetch: async input => {
      urls.push(String(input));
      return answer();
    },
    ...options,
  });
  return { client, urls };
}

const json =
  (body: unknown, status = 200) =>
  async () =>
    Response.json(body, { status });

const START = {
  application: 'orders',
  pipeline: 'Deploy to prod',
  correlationId: 'dlv-1-1',
  parameters: {},
};

describe('SpinnakerClient', () => {
  it('encodes names, and refuses those that lead elsewhere', async () => {
    const { client, urls } = clientAnswering(json([]));
    await client.getPipelines('a b/c');
    expect(urls).toEqual([
      'https://gate.example.com/gate/applications/a%20b%2Fc/pipelineConfigs',
    ]);
    await expect(client.getPipelines('..')).rejects.toThrow(
      "'..' cannot be part of a Spinnaker path",
    );
    await expect(client.getExecution('')).rejects.toThrow(/give a name/);
    expect(urls).toHaveLength(1);
  });

  it.each([
    [401, 'AuthenticationError', /did not accept the credentials/],
    [403, 'NotAllowedError', /does not allow listing applications/],
    [413, 'InputError', /takes no request of this size/],
    [429, 'ServiceUnavailableError', /limiting requests/],
    [
      500,
      'ServiceUnavailableError',
      /check that Gate, Orca and Front50 are up/,
    ],
    [400, 'InputError', /with 400: no such thing/],
  ])('names host and remedy for a %i', async (status, name, message) => {
    const { client } = clientAnswering(
      json({ message: 'no such thing' }, status),
    );
    const failure = await client.getApplications().catch(error => error);
    expect(failure.name).toBe(name);
    expect(failure.message).toMatch(message);
    expect(failure.message).toContain('gate.example.com');
    expect(
      JSON.stringify(failure, Object.getOwnPropertyNames(failure)),
    ).not.toContain('top-secret');
  });

  it('does not repeat addresses inside the cluster', async () => {
    const { client } = clientAnswering(
      json(
        {
          message: 'Status: 500, URL: http://orca.internal:8083/x, Message: no',
        },
        500,
      ),
    );
    await expect(client.getApplications()).rejects.toThrow(
      /\(internal address\), Message: no/,
    );
  });

  it('says where an answer has another form than expected', async () => {
    const { client } = clientAnswering(json([{ nam: 'orders' }]));
    await expect(client.getApplications()).rejects.toThrow(
      /unexpected form while listing applications \(0\.name\)/,
    );
    const { client: deck } = clientAnswering(
      async () => new Response('<html>', { status: 200 }),
    );
    await expect(deck.getApplications()).rejects.toThrow(/not JSON/);
  });

  it.each<[string, () => Promise<Response>, object]>([
    [
      'accepted',
      json({ ref: '/pipelines/01JD' }, 202),
      { kind: 'accepted', executionId: '01JD' },
    ],
    [
      'a 404',
      json({ message: 'no' }, 404),
      { kind: 'refused', status: 404, permanent: true },
    ],
    [
      'a redirect to the login',
      async () => new Response(null, { status: 302 }),
      { kind: 'refused', status: 302, permanent: true },
    ],
    ['a 429', json({}, 429), { kind: 'refused', permanent: false }],
    ['a 503', json({}, 503), { kind: 'unknown' }],
    ['a 408 of something between', json({}, 408), { kind: 'unknown' }],
    ['an answer without an execution', json({}, 202), { kind: 'unknown' }],
    [
      'a broken connection',
      async () => {
        throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
      },
      { kind: 'unknown' },
    ],
    [
      'nobody there',
      async () => {
        throw new TypeError('fetch failed', {
          cause: { code: 'ECONNREFUSED' },
        });
      },
      { kind: 'refused', permanent: false },
    ],
  ])('tells what is known after %s', async (_, answer, outcome) => {
    const { client } = clientAnswering(answer);
    await expect(client.startPipeline(START)).resolves.toMatchObject(outcome);
  });

  it('does not know the outcome of a start that was given up', async () => {
    const giveUp = new AbortController();
    const client = SpinnakerClient.create({
      baseUrl: 'https://gate.example.com',
      fetch: (_, init) =>
        new Promise((__, reject) => {
          init?.signal?.addEventListener('abort', () =>
            reject(init.signal?.reason),
          );
          giveUp.abort();
        }),
    });
    await expect(
      client.startPipeline({ ...START, signal: giveUp.signal }),
    ).resolves.toMatchObject({ kind: 'unknown' });
    await expect(
      client.startPipeline({ ...START, signal: giveUp.signal }),
    ).rejects.toThrow(/abort/i);
  });

  it('sends no correlationId that Spinnaker would read as a pattern', async () => {
    const { client, urls } = clientAnswering(json([]));
    await expect(
      client.startPipeline({ ...START, correlationId: '.*' }),
    ).rejects.toThrow(/reads it as a pattern/);
    await expect(
      client.searchExecutions({ application: 'orders', correlationId: 'a|b' }),
    ).rejects.toThrow(/reads it as a pattern/);
    expect(urls).toEqual([]);
  });

  it.each<[Partial<SpinnakerClientOptions>, RegExp]>([
    [{ baseUrl: 'gate' }, /not a URL/],
    [{ baseUrl: 'https://user:pass@gate.example.com' }, /carry no credentials/],
    [{ token: 'a', username: 'b', password: 'c' }, /not both/],
    [{ username: 'b' }, /together/],
  ])('refuses options that contradict each other (%#)', (options, message) => {
    expect(() =>
      SpinnakerClient.create({
        baseUrl: 'https://gate.example.com',
        ...options,
      }),
    ).toThrow(message);
  });
});
