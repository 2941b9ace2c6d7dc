// SPDX-License-Identifier: Apache-2.0
import { http, HttpResponse, passthrough, type HttpHandler } from 'msw';

/** A GitHub, a GitLab, a Jenkins and a Gate that have nothing yet, for dry runs; this machine is let through. */
export function emptyVendors(): HttpHandler[] {
  return [
    http.all(/^http:\/\/(localhost|127\.0\.0\.1):/, () => passthrough()),
    http.get(/^http:\/\/gate\.test\/.*\/pipelineConfigs/, () =>
      HttpResponse.json([]),
    ),
    http.get('http://git.test/api/v3/users/northwind', () =>
      HttpResponse.json({ login: 'northwind', type: 'Organization' }),
    ),
    http.get('http://gitlab.test/api/v4/namespaces/northwind%2Fpayments', () =>
      HttpResponse.json({ id: 7, kind: 'group' }),
    ),
    http.get(
      /^http:\/\/(gate|jenkins|git|gitlab)\.test\//,
      () => new HttpResponse('', { status: 404 }),
    ),
  ];
}
