// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import type {
  DeleteOptions,
  DeleteOutcome,
  KubernetesApi,
} from '../api/KubernetesApi';
import { parseManifest } from '../api/parseManifest';
import { ApiError } from '../model/ApiError';
import { isJsonObject, type ObjectManifest } from '../model/KubernetesObject';
import { apiVersionOf } from '../model/ResourceKind';
import type { ObjectStore } from '../store/ObjectStore';
import { parseObjectFilter } from './parseObjectFilter';
import type { ResourcePath } from './parseResourcePath';
import { patchFunction, patchObject } from './patchObject';
import { changeScale, scaleOf } from './serveScale';

/** A request for one object, or a change of it, read. */
export interface ObjectCall {
  path: ResourcePath;
  verb: string;
  body: JsonValue | undefined;
  query: URLSearchParams;
  contentType: string;
}

interface Answer {
  status: number;
  answer: JsonObject;
}

interface Deps {
  store: ObjectStore;
  api: KubernetesApi;
}

const deleteOptionsSchema = z.object({
  gracePeriodSeconds: z.coerce.number().int().min(0).optional(),
  propagationPolicy: z.enum(['Background', 'Foreground', 'Orphan']).optional(),
  preconditions: z
    .object({
      uid: z.string().optional(),
      resourceVersion: z.string().optional(),
    })
    .optional(),
});

/** Answers get, create, update, patch, delete and deletecollection. */
export function writeObject(deps: Deps, call: ObjectCall): Answer {
  const { path, verb, query } = call;
  const dryRun = query.get('dryRun') === 'All';
  if (verb === 'create') {
    const object = deps.api.create(path.kind, {
      namespace: path.namespace,
      manifest: readManifest(call),
      dryRun,
    });
    return { status: 201, answer: object };
  }
  if (verb === 'deletecollection') {
    return deleteCollection(deps, call, dryRun);
  }
  const key = { ...path, name: path.name ?? '' };
  if (path.subresource === 'scale') {
    return answerScale(deps, call, dryRun);
  }
  const subresource = path.subresource === 'status' ? 'status' : undefined;
  switch (verb) {
    case 'get':
      return { status: 200, answer: deps.store.get(key) };
    case 'update': {
      const manifest = readManifest(call);
      const object = deps.api.change({
        key,
        change: () => manifest,
        subresource,
        dryRun,
      });
      return { status: 200, answer: object };
    }
    case 'patch': {
      const { object, created } = patchObject(deps.api, {
        key,
        contentType: call.contentType,
        body: call.body,
        fieldManager: query.get('fieldManager') ?? undefined,
        dryRun,
        subresource,
      });
      return { status: created ? 201 : 200, answer: object };
    }
    default: {
      const outcome = deps.api.delete(key, {
        ...readDeleteOptions(call),
        dryRun,
      });
      return { status: 200, answer: deletedAnswer(path, outcome) };
    }
  }
}

function answerScale(deps: Deps, call: ObjectCall, dryRun: boolean): Answer {
  const key = { ...call.path, name: call.path.name ?? '' };
  if (call.verb === 'get') {
    return { status: 200, answer: scaleOf(deps.store.get(key)) };
  }
  const body = isJsonObject(call.body) ? call.body : {};
  const change =
    call.verb === 'update'
      ? () => body
      : patchFunction(call.contentType, call.body);
  return {
    status: 200,
    answer: changeScale(deps.api, { key, dryRun, change }),
  };
}

function deleteCollection(
  deps: Deps,
  call: ObjectCall,
  dryRun: boolean,
): Answer {
  const { kind, namespace } = call.path;
  const matches = parseObjectFilter(call.query, call.path);
  const options = { ...readDeleteOptions(call), dryRun };
  const doomed = deps.store.list(kind, namespace).filter(matches);
  for (const { metadata } of doomed) {
    const { name } = metadata;
    deps.api.delete({ kind, namespace: metadata.namespace, name }, options);
  }
  return {
    status: 200,
    answer: {
      kind: `${kind.kind}List`,
      apiVersion: apiVersionOf(kind),
      metadata: { resourceVersion: String(deps.store.resourceVersion) },
      items: doomed,
    },
  };
}

function deletedAnswer(path: ResourcePath, outcome: DeleteOutcome): JsonObject {
  if (outcome.kind === 'terminating' || path.kind.kind === 'Pod') {
    return outcome.object;
  }
  const { name, uid } = outcome.object.metadata;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name,
      ...(path.kind.group ? { group: path.kind.group } : {}),
      kind: path.kind.resource,
      uid,
    },
  };
}

function readManifest({ body, path }: ObjectCall): ObjectManifest {
  if (!isJsonObject(body)) {
    throw ApiError.badRequest('the body of the request must be an object');
  }
  return parseManifest(path.kind, body);
}

function readDeleteOptions(call: ObjectCall): DeleteOptions {
  const given = {
    gracePeriodSeconds: call.query.get('gracePeriodSeconds') ?? undefined,
    propagationPolicy: call.query.get('propagationPolicy') ?? undefined,
    ...(isJsonObject(call.body) ? withoutNulls(call.body) : {}),
  };
  const parsed = deleteOptionsSchema.safeParse(given);
  if (!parsed.success) {
    throw ApiError.badRequest(
      `DeleteOptions: ${parsed.error.issues[0].path.join('.')}: ${
        parsed.error.issues[0].message
      }`,
    );
  }
  return parsed.data;
}

function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== null),
  );
}
