// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import { ApiError } from '../model/ApiError';
import type { KindTable } from '../model/KindTable';
import type { AccessToken, Authorizer } from './Authorizer';

const PATH = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

const reviewSchema = z.object({
  spec: z.object({
    resourceAttributes: z.object({
      namespace: z.string().optional(),
      verb: z.string(),
      group: z.string().default(''),
      resource: z.string(),
      subresource: z.string().optional(),
      name: z.string().optional(),
    }),
  }),
});

/**
 * Answers "may I?" (`SelfSubjectAccessReview`); undefined for any other request.
 *
 * @throws ApiError 400 when the body is no review of a resource.
 */
export function reviewSelfAccess(request: {
  path: string;
  method: string;
  body: JsonValue | undefined;
  token: AccessToken;
  authorizer: Authorizer;
  kinds: KindTable;
}): JsonObject | undefined {
  if (request.path !== PATH || request.method !== 'POST') {
    return undefined;
  }
  const review = reviewSchema.safeParse(request.body);
  if (!review.success) {
    throw ApiError.badRequest('the body is no SelfSubjectAccessReview');
  }
  const { resourceAttributes: asked } = review.data.spec;
  const kind = request.kinds
    .all()
    .find(
      each => each.group === asked.group && each.resource === asked.resource,
    ) ?? {
    group: asked.group,
    version: 'v1',
    kind: asked.resource,
    resource: asked.resource,
    namespaced: true,
  };
  const allowed = request.authorizer.allows(request.token, {
    verb: asked.verb,
    kind,
    subresource: asked.subresource,
    namespace: asked.namespace || undefined,
    name: asked.name,
  });
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: { creationTimestamp: null },
    spec: { resourceAttributes: asked },
    status: { allowed },
  };
}
