// SPDX-License-Identifier: Apache-2.0

/** What a route is given beside the request itself. */
export interface RouteMatch {
  /** The decoded values of the pattern's `:name` parts; `rest` holds what a final `*` took. */
  params: Record<string, string>;
  url: URL;
}

/** Answers one request that matched its pattern. */
export type RouteHandler = (
  request: Request,
  match: RouteMatch,
) => Promise<Response>;

interface Route {
  method: string;
  segments: string[];
  handler: RouteHandler;
}

/**
 * Finds the handler of a request by method and path pattern, first match first.
 *
 * @remarks
 * A pattern is literal segments, `:name` for one segment, and `*` at the end for the rest
 * of the path, which may be empty: `/repos/:owner/:repo/contents/*`.
 */
export class FetchRouter {
  readonly #routes: Route[] = [];

  /** Adds a route; a GET route also answers HEAD. */
  on(method: string, pattern: string, handler: RouteHandler): this {
    this.#routes.push({ method, segments: pattern.split('/'), handler });
    return this;
  }

  /** Answers the request, or nothing when no route fits. */
  async handle(request: Request): Promise<Response | undefined> {
    const url = new URL(request.url);
    const parts = url.pathname.split('/');
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    for (const route of this.#routes) {
      const params =
        route.method === method ? matchPath(route.segments, parts) : undefined;
      if (params) {
        return route.handler(request, { params, url });
      }
    }
    return undefined;
  }
}

function matchPath(
  segments: string[],
  parts: string[],
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    if (segment === '*') {
      const rest = decode(parts.slice(index).join('/'));
      return rest === undefined ? undefined : { ...params, rest };
    }
    const part = parts[index];
    if (part === undefined) {
      return undefined;
    }
    if (segment.startsWith(':')) {
      const value = decode(part);
      if (!value) {
        return undefined;
      }
      params[segment.slice(1)] = value;
    } else if (segment !== part) {
      return undefined;
    }
  }
  return segments.length === parts.length ? params : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
