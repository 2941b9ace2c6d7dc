// SPDX-License-Identifier: Apache-2.0
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { buildOpenApi } from './buildOpenApi';
import { WrittenAnswers, type WrittenAnswer } from './WrittenAnswers';
import { sendLines } from './sendLines';
import type { RequestMeter } from './RequestMeter';
import { publicRoute, routeKey, type Route } from './Route';
import { ROUTE_ACCESS, type RouteAccess } from './ROUTE_ACCESS';

const MOST_BODY = '100kb';

const bodyErrorSchema = z.object({
  type: z.enum(['entity.parse.failed', 'entity.too.large']),
});

const CALLERS: Record<
  'permission' | 'services' | 'public',
  readonly Route['callers'][]
> = {
  permission: ['principals', 'users'],
  services: ['services'],
  public: ['anybody'],
};

/** Anybody's JSON can be broken; say so as we say everything else. */
const explainBody: express.ErrorRequestHandler = (error, _req, _res, next) => {
  const known = bodyErrorSchema.safeParse(error);
  if (!known.success) {
    next(error);
    return;
  }
  next(
    new InputError(
      known.data.type === 'entity.too.large'
        ? `the body: must be at most ${MOST_BODY}`
        : 'the body: must be JSON',
    ),
  );
};

/**
 * The router of the API.
 *
 * @throws Error when a route is not in the table of accesses, or says something
 * else than the table, or the table has a line without a route.
 */
export function createRouter(options: {
  routes: readonly Route[];
  httpAuth: HttpAuthService;
  access?: Readonly<Record<string, RouteAccess>>;
  /** Measures each request. */
  meter?: RequestMeter;
}): express.Router {
  const { access = ROUTE_ACCESS, httpAuth, meter } = options;
  const routes: Route[] = [
    ...options.routes,
    describingRoute(() => routes, access),
  ];
  requireAccess(routes, access);
  const written = new WrittenAnswers();
  const router = Router();
  if (meter) {
    router.use(meter.handler());
  }
  router.use(express.json({ limit: MOST_BODY }));
  router.use(explainBody);
  for (const route of routes) {
    router[route.method](route.path, async (req, res) => {
      const answer = await route.run(req, httpAuth);
      if (!answer) {
        res.status(204).end();
        return;
      }
      if ('lines' in answer) {
        await sendLines(res, answer.lines);
        return;
      }
      if (route.method === 'get') {
        sendWritten(req, res, written.of(answer.body));
        return;
      }
      res.status(answer.status).json(answer.body);
    });
  }
  return router;
}

/** Sends it as the browser takes it; the same bytes for everybody, compressed once. */
function sendWritten(
  req: express.Request,
  res: express.Response,
  answer: WrittenAnswer,
): void {
  res.set('Cache-Control', 'private, no-cache');
  res.set('ETag', answer.tag);
  res.append('Access-Control-Expose-Headers', 'Date');
  res.type('json');
  if (req.fresh) {
    // The browser keeps the one that came with what it has; it is half of this answer.
    res.removeHeader('Content-Security-Policy');
    res.status(304).end();
    return;
  }
  const zipped = req.acceptsEncodings('gzip') ? answer.zipped : undefined;
  res.vary('Accept-Encoding');
  if (zipped) {
    res.set('Content-Encoding', 'gzip');
  }
  res.status(200).send(zipped ?? answer.bytes);
}

function describingRoute(
  routes: () => readonly Route[],
  access: Readonly<Record<string, RouteAccess>>,
): Route {
  return publicRoute({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    answer: z.looseObject({}),
    async handle() {
      return { status: 200, body: buildOpenApi(routes(), access) };
    },
  });
}

function requireAccess(
  routes: readonly Route[],
  access: Readonly<Record<string, RouteAccess>>,
): void {
  const keys = new Set(routes.map(routeKey));
  for (const route of routes) {
    const key = routeKey(route);
    const line = access[key];
    if (!line) {
      throw new Error(
        `The route ${key} names no permission and is not listed as public`,
      );
    }
    if (!CALLERS[accessKind(line)].includes(route.callers)) {
      throw new Error(
        `The route ${key} is for ${route.callers}, which the table of accesses does not say`,
      );
    }
  }
  for (const key of Object.keys(access)) {
    if (!keys.has(key)) {
      throw new Error(`The table of accesses has ${key}, which is no route`);
    }
  }
}

function accessKind(access: RouteAccess): keyof typeof CALLERS {
  return 'permission' in access ? 'permission' : access.only;
}
