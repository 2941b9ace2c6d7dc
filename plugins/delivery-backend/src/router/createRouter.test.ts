// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { z } from 'zod';
import { createRouter } from './createRouter';
import { publicRoute, readRoute, type Route } from './Route';
import type { RouteAccess } from './ROUTE_ACCESS';

const ok = async () => ({ status: 200 as const, body: 'fine' });

const listing = readRoute({
  method: 'get',
  path: '/v1/things',
  summary: 'Things',
  answer: z.string(),
  handle: ok,
});

const described: Record<string, RouteAccess> = {
  'GET /openapi.json': { only: 'public', because: 'it says nothing' },
};

function create(routes: Route[], access: Record<string, RouteAccess>) {
  return createRouter({
    routes,
    httpAuth: mockServices.httpAuth(),
    access: { ...described, ...access },
  });
}

describe('createRouter', () => {
  it('takes routes that say what opens them', () => {
    expect(() =>
      create([listing], {
        'GET /v1/things': { permission: { name: 'delivery.service.read' } },
      }),
    ).not.toThrow();
  });

  it('refuses a route that nobody said anything about', () => {
    expect(() => create([listing], {})).toThrow(
      'The route GET /v1/things names no permission and is not listed as public',
    );
  });

  it('refuses a route that lets more in than the table says', () => {
    const open = publicRoute({
      method: 'get',
      path: '/v1/things',
      summary: 'Things',
      answer: z.string(),
      handle: ok,
    });
    expect(() =>
      create([open], {
        'GET /v1/things': { permission: { name: 'delivery.service.read' } },
      }),
    ).toThrow('is for anybody, which the table of accesses does not say');
    expect(() =>
      create([listing], { 'GET /v1/things': { only: 'services' } }),
    ).toThrow('is for principals, which the table of accesses does not say');
  });

  it('refuses a line without a route', () => {
    expect(() =>
      create([], { 'GET /v1/things': { only: 'services' } }),
    ).toThrow('The table of accesses has GET /v1/things, which is no route');
  });
});
