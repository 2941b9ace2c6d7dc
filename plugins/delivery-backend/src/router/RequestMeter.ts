// SPDX-License-Identifier: Apache-2.0
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';

/** Where requests fall whose path is none of the API's. */
const NO_ROUTE = 'none';

/** A page is to take milliseconds; what waits for a cluster or a CD engine may take seconds. */
const BOUNDS_SECONDS = [
  0.001, 0.002, 0.003, 0.005, 0.01, 0.015, 0.03, 0.06, 0.1, 0.25, 0.5, 1, 2.5,
  10,
];

const matchedSchema = z.object({ path: z.string() });

/**
 * Tells OpenTelemetry how long the API takes to answer, by route and status.
 *
 * @remarks
 * The route is its template, never the path that was asked for, so that no name of a service
 * becomes a series of its own. A request that its caller gave up counts as `aborted`.
 */
export class RequestMeter {
  readonly #duration;

  constructor(metrics: MetricsService) {
    this.#duration = metrics.createHistogram('delivery.api.duration', {
      description: 'How long the API of delivery takes to answer',
      unit: 's',
      advice: { explicitBucketBoundaries: BOUNDS_SECONDS },
    });
  }

  /** Measures every request that passes. */
  handler(): RequestHandler {
    return (request, response, next) => {
      const began = performance.now();
      response.once('close', () => {
        this.#duration.record((performance.now() - began) / 1_000, {
          method: request.method,
          route: routeOf(request),
          status: response.writableFinished
            ? String(response.statusCode)
            : 'aborted',
        });
      });
      next();
    };
  }
}

function routeOf(request: Request): string {
  const matched = matchedSchema.safeParse(request.route);
  return matched.success ? matched.data.path : NO_ROUTE;
}
