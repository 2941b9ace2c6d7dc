// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { routeKey, type Route } from './Route';
import type { RouteAccess } from './ROUTE_ACCESS';

type JsonSchema = Record<string, unknown>;

const objectSchema = z.looseObject({
  properties: z.record(z.string(), z.looseObject({})).default({}),
  required: z.array(z.string()).default([]),
});

const ERRORS = {
  400: 'Something in the request is wrong; the message names its path',
  401: 'No credentials, or none that are known',
  403: 'The permission policy does not allow it',
  404: 'There is no such thing',
  409: 'What was seen is no longer so; `error.currentSubject` is the present fingerprint where there is one',
};

const ERROR_SCHEMA = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: {
        name: { type: 'string' },
        message: { type: 'string' },
        currentSubject: { type: 'string' },
      },
    },
  },
};

/** The description of the API in OpenAPI 3.1, from the schemas that also check it. */
export function buildOpenApi(
  routes: readonly Route[],
  access: Readonly<Record<string, RouteAccess>>,
): JsonSchema {
  const paths: Record<string, JsonSchema> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [route.method]: operation(route, access[routeKey(route)]),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Delivery',
      version: 'v1',
      description: 'Where services are, and how releases are promoted.',
    },
    servers: [{ url: '/api/delivery' }],
    paths,
    components: {
      securitySchemes: { backstage: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: ERROR_SCHEMA },
    },
  };
}

function operation(route: Route, access: RouteAccess): JsonSchema {
  const isPublic = 'only' in access && access.only === 'public';
  return {
    summary: route.summary,
    ...('permission' in access
      ? { 'x-permission': access.permission.name }
      : {}),
    security: isPublic ? [] : [{ backstage: [] }],
    parameters: [
      ...pathParameters(route.path),
      ...queryParameters(route.query),
    ],
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: toInput(route.body) } },
          },
        }
      : {}),
    responses: {
      ...success(route),
      ...(isPublic ? {} : errorResponses()),
    },
  };
}

function success({ answer, line }: Route): JsonSchema {
  if (line) {
    return {
      200: {
        description: 'One JSON document for each line',
        content: { 'application/x-ndjson': { schema: toOutput(line) } },
      },
    };
  }
  return answer
    ? {
        '2XX': {
          description: 'Done',
          content: { 'application/json': { schema: toOutput(answer) } },
        },
      }
    : { 204: { description: 'Done' } };
}

function pathParameters(path: string): JsonSchema[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodType | undefined): JsonSchema[] {
  if (!query) {
    return [];
  }
  const { properties, required } = objectSchema.parse(toInput(query));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function errorResponses(): JsonSchema {
  return Object.fromEntries(
    Object.entries(ERRORS).map(([status, description]) => [
      status,
      {
        description,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    ]),
  );
}

function toInput(schema: z.ZodType): JsonSchema {
  return withoutDialect(
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  );
}

function toOutput(schema: z.ZodType): JsonSchema {
  return withoutDialect(
    z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }),
  );
}

/** OpenAPI 3.1 names the dialect once for the whole document. */
function withoutDialect(schema: object): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => key !== '$schema'),
  );
}
