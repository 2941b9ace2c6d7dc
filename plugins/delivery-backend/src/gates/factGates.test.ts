// SPDX-License-Identifier: Apache-2.0
import type { Fact } from 'backstage-plugin-delivery-node';
import { describeGate } from 'backstage-plugin-delivery-node/testUtils';
import { gateContext, NOW } from '../__testUtils__/gateContext';
import { digestLike } from '../__testUtils__/digestLike';
import { HttpGate } from './HttpGate';
import { MetricGate } from './MetricGate';

function answered(body: unknown) {
  const fact: Fact = {
    state: 'known',
    body,
    at: NOW.toISOString(),
    digest: digestLike('a'),
  };
  return gateContext({ facts: new Map([['answer', fact]]) });
}

const silent = gateContext({
  facts: new Map([
    [
      'answer',
      { state: 'unknown', reason: 'It is silent.', at: NOW.toISOString() },
    ],
  ]),
});

const subject = {
  service: 'component:default/orders',
  environment: 'prod',
  release: gateContext().release,
};

const BOARD = {
  type: 'http',
  url: 'https://board.example/{environment}?service={service}&release={release}',
  pass: { path: 'result.allowed', equals: true },
  reason: 'result.message',
};

describeGate('HttpGate', {
  gate: HttpGate,
  config: BOARD,
  invalid: [
    { ...BOARD, url: 'file:///etc/passwd' },
    { ...BOARD, pass: undefined },
    { ...BOARD, pass: { path: '$.a[0]', equals: true } },
    { ...BOARD, method: 'POST' },
    { ...BOARD, timeout: '5' },
  ],
  passing: answered({ result: { allowed: true } }),
  notPassing: answered({ result: { allowed: false } }),
});

describe('HttpGate', () => {
  const config = HttpGate.configSchema.parse(BOARD);

  it('asks with names filled in', () => {
    expect(HttpGate.facts?.(config, subject)).toEqual([
      {
        id: 'answer',
        url: 'https://board.example/prod?service=orders&release=7',
        timeout: 5_000,
      },
    ]);
  });

  it.each([
    [{ result: { allowed: 'true' } }, 'wait'],
    [{}, 'wait'],
    [{ result: null }, 'wait'],
    ['text', 'wait'],
  ])('does not pass on %j', (body, status) => {
    expect(HttpGate.evaluate(config, answered(body)).status).toBe(status);
  });

  it('does not look behind an object’s own fields', () => {
    const inherited = HttpGate.configSchema.parse({
      ...BOARD,
      pass: { path: 'constructor.name', equals: 'Object' },
    });
    expect(HttpGate.evaluate(inherited, answered({})).status).toBe('wait');
  });

  it('gives the other side’s reason, and is unknown without an answer', () => {
    expect(
      HttpGate.evaluate(
        config,
        answered({ result: { allowed: false, message: 'Too risky' } }),
      ).reason,
    ).toBe('Too risky');
    expect(HttpGate.evaluate(config, silent)).toEqual({
      status: 'unknown',
      reason: 'It is silent.',
    });
    expect(HttpGate.evaluate(config, gateContext()).status).toBe('unknown');
  });
});

const vector = (...values: string[]) => ({
  status: 'success',
  data: {
    resultType: 'vector',
    result: values.map(value => ({ metric: {}, value: [1, value] })),
  },
});

const RATE = {
  type: 'metric',
  title: 'Error rate',
  prometheus: 'https://prometheus.example',
  query: 'rate(errors{service="{service}"}[5m])',
  max: 0.005,
};

describeGate('MetricGate', {
  gate: MetricGate,
  config: RATE,
  invalid: [
    { ...RATE, max: undefined },
    { ...RATE, query: '' },
    { ...RATE, prometheus: 'prometheus' },
    { ...RATE, above: 1 },
  ],
  passing: answered(vector('0.005')),
  notPassing: answered(vector('0.0051')),
});

describe('MetricGate', () => {
  const config = MetricGate.configSchema.parse({ ...RATE, min: 0.001 });

  it('asks Prometheus with the query encoded', () => {
    expect(MetricGate.facts?.(config, subject)[0].url).toBe(
      'https://prometheus.example/api/v1/query?query=rate%28errors%7Bservice%3D%22orders%22%7D%5B5m%5D%29',
    );
  });

  it.each([
    [vector('0.002'), 'pass'],
    [vector('0.002', '0.2'), 'wait'],
    [vector('0.0001'), 'wait'],
    [vector('NaN'), 'unknown'],
    [vector(), 'unknown'],
    [
      {
        status: 'success',
        data: { resultType: 'scalar', result: [1, '0.002'] },
      },
      'pass',
    ],
    [{ status: 'error', error: 'bad query' }, 'unknown'],
    [
      { status: 'success', data: { resultType: 'matrix', result: [] } },
      'unknown',
    ],
  ])('of %j says %s', (body, status) => {
    expect(MetricGate.evaluate(config, answered(body)).status).toBe(status);
  });

  it('is unknown without an answer', () => {
    expect(MetricGate.evaluate(config, silent).status).toBe('unknown');
  });
});
