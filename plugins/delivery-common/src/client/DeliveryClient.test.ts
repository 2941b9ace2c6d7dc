// SPDX-License-Identifier: Apache-2.0
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { DeliveryClient } from './DeliveryClient';

const BASE = 'http://delivery.example/api/delivery';
const server = setupServer();
const client = new DeliveryClient({
  discoveryApi: { getBaseUrl: async () => BASE },
});

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const promotion = {
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  number: 1,
  service: 'component:default/orders',
  environment: 'staging',
  releaseId: 'component:default/orders@1',
  releaseNumber: 1,
  kind: 'forward',
  reason: 'It is time',
  phase: 'waiting',
  subject: `sha256:${'a'.repeat(64)}`,
  attempt: 0,
  version: 0,
  createdAt: '2026-11-16T09:00:00.000Z',
  updatedAt: '2026-11-16T09:00:00.000Z',
  expiresAt: '2026-11-17T09:00:00.000Z',
};

describe('DeliveryClient', () => {
  it('asks with the key in a header and the token as bearer', async () => {
    const seen: (string | null)[] = [];
    server.use(
      http.post(`${BASE}/v1/promotions`, async ({ request }) => {
        seen.push(
          request.headers.get('Idempotency-Key'),
          request.headers.get('Authorization'),
          JSON.stringify(await request.json()),
        );
        return HttpResponse.json(promotion, { status: 201 });
      }),
    );
    await expect(
      client.createPromotion(
        {
          service: promotion.service,
          environment: 'staging',
          releaseId: promotion.releaseId,
          reason: 'It is time',
          idempotencyKey: 'key-1',
        },
        { token: 't' },
      ),
    ).resolves.toEqual(promotion);
    expect(seen.slice(0, 2)).toEqual(['key-1', 'Bearer t']);
    expect(seen[2]).not.toContain('key-1');
  });

  it('puts every part of a service into its own segment of the address', async () => {
    server.use(
      http.get(`${BASE}/v1/services/component/default/a%20b/releases`, () =>
        HttpResponse.json({ items: [] }),
      ),
    );
    await expect(
      client.listReleases('component:default/a b', { limit: 5 }),
    ).resolves.toEqual({ items: [] });
    expect(() => client.getService('orders')).toThrow(
      'not a full entity reference',
    );
  });

  it('keeps the kind of error that the server told', async () => {
    server.use(
      http.get(`${BASE}/v1/promotions/x`, () =>
        HttpResponse.json(
          {
            error: {
              name: 'NotFoundError',
              message: 'There is no promotion x',
            },
            request: { method: 'GET', url: '/v1/promotions/x' },
            response: { statusCode: 404 },
          },
          { status: 404 },
        ),
      ),
    );
    await expect(client.getPromotion('x')).rejects.toMatchObject({
      cause: { name: 'NotFoundError', message: 'There is no promotion x' },
    });
  });

  it('refuses an answer that it does not understand', async () => {
    server.use(
      http.get(`${BASE}/v1/approvals`, () =>
        HttpResponse.json({ items: [{ id: 'x' }] }),
      ),
    );
    await expect(client.listApprovals({ view: 'waiting' })).rejects.toThrow(
      'items',
    );
  });
});
