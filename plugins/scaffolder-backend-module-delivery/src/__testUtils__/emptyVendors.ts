// SPDX-License-Identifier: Apache-2.0
import { http, HttpResponse, passthrough, type HttpHandler } from 'msw';

/** A Jenkins and a Gate that have nothing yet, for dry runs; this machine is let through. */
export function emptyVendors(): HttpHandler[] {
  return [
    http.all(/^http:\/\/(localhost|127\.0\.0\.1):/, () => passthrough()),
    http.get(/^http:\/\/gate\.test\/.*\/pipelineConfigs/, () =>
      HttpResponse.json([]),
    ),
    http.get(
      /^http:\/\/(gate|jenkins)\.test\//,
      () => new HttpResponse('', { status: 404 }),
    ),
  ];
}
