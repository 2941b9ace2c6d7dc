// SPDX-License-Identifier: Apache-2.0
import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { z } from 'zod';
import { parseInput } from './parseInput';

/**
 * What a route answers with; without a body it answers 204. Lines are sent as
 * JSON Lines while they are made.
 */
export type Answer<Body> =
  | { status: 200 | 201 | 202; body: Body }
  | { lines: AsyncIterable<unknown> }
  | undefined;

/** Who may knock at all; what a person may then is asked of the permission policy. */
type Callers = 'anybody' | 'principals' | 'users' | 'services';

type CredentialsOf<C extends Callers> = C extends 'users'
  ? BackstageCredentials<BackstageUserPrincipal>
  : C extends 'anybody'
  ? undefined
  : BackstageCredentials;

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

type Definition<C extends Callers, P, Q, B, A> = {
  method: 'get' | 'post';
  /** As express writes it: `/v1/promotions/:id`. */
  path: string;
  /** What it is for, in one line. */
  summary: string;
  callers: C;
  params?: P;
  query?: Q;
  body?: B;
  answer?: A;
  /** One line of the answer, when it is answered in lines. */
  line?: z.ZodType;
  handle(input: {
    credentials: CredentialsOf<C>;
    params: Parsed<P>;
    query: Parsed<Q>;
    body: Parsed<B>;
    request: Request;
  }): Promise<Answer<Parsed<A>>>;
};

/** One route of the API, with everything that OpenAPI says of it. */
export type Route = {
  method: 'get' | 'post';
  path: string;
  summary: string;
  callers: Callers;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  answer?: z.ZodType;
  line?: z.ZodType;
  run(request: Request, httpAuth: HttpAuthService): Promise<Answer<unknown>>;
};

/** How a route is named in the table of accesses: `GET /v1/services`. */
export function routeKey(route: Pick<Route, 'method' | 'path'>): string {
  return `${route.method.toUpperCase()} ${route.path}`;
}

/**
 * A route in four moves: credentials, parse, one call, respond.
 *
 * @param credentials - takes the credentials that its callers have.
 */
function routeFor<C extends Callers>(
  callers: C,
  credentialsOf: (
    request: Request,
    httpAuth: HttpAuthService,
  ) => Promise<CredentialsOf<C>>,
) {
  return function define<
    P extends z.ZodType | undefined = undefined,
    Q extends z.ZodType | undefined = undefined,
    B extends z.ZodType | undefined = undefined,
    A extends z.ZodType | undefined = undefined,
  >(definition: Omit<Definition<C, P, Q, B, A>, 'callers'>): Route {
    const { answer, body, handle, line, method, params } = definition;
    const { path, query, summary } = definition;
    return {
      method,
      path,
      summary,
      callers,
      params,
      query,
      body,
      answer,
      line,
      async run(request, httpAuth) {
        return handle({
          credentials: await credentialsOf(request, httpAuth),
          params: parsed(params, request.params, 'path'),
          query: parsed(query, request.query, 'query'),
          body: parsed(body, request.body, 'body'),
          request,
        });
      },
    };
  };
}

function parsed<T extends z.ZodType | undefined>(
  schema: T | undefined,
  input: unknown,
  where: 'body' | 'query' | 'path',
): Parsed<T>;
function parsed(
  schema: z.ZodType | undefined,
  input: unknown,
  where: 'body' | 'query' | 'path',
): unknown {
  return schema && parseInput(schema, input, where);
}

/** A route that needs no credentials at all. */
export const publicRoute = routeFor('anybody', async () => undefined);

/** A route for people and services. */
export const readRoute = routeFor('principals', (request, httpAuth) =>
  httpAuth.credentials(request, { allow: ['user', 'service'] }),
);

/** A route on which only people act. */
export const userRoute = routeFor('users', (request, httpAuth) =>
  httpAuth.credentials(request, { allow: ['user'] }),
);

/** A route for service principals alone. */
export const serviceRoute = routeFor('services', (request, httpAuth) =>
  httpAuth.credentials(request, { allow: ['service'] }),
);
