// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ApiError } from '../model/ApiError';
import {
  isJsonObject,
  type KubernetesObject,
  type ObjectManifest,
} from '../model/KubernetesObject';
import type { ResourceKind } from '../model/ResourceKind';
import {
  daemonSetSpecSchema,
  deploymentSpecSchema,
  jobSpecSchema,
  podSpecSchema,
  replicaSetSpecSchema,
  statefulSetSpecSchema,
} from '../model/workloads';
import { matchesLabels } from '../selectors/matchesLabels';

const SPECS: { [kind: string]: z.ZodType } = {
  Pod: podSpecSchema,
  Deployment: deploymentSpecSchema,
  ReplicaSet: replicaSetSpecSchema,
  StatefulSet: statefulSetSpecSchema,
  DaemonSet: daemonSetSpecSchema,
  Job: jobSpecSchema,
};

const IMMUTABLE: { [kind: string]: string[] } = {
  Deployment: ['selector'],
  ReplicaSet: ['selector'],
  DaemonSet: ['selector'],
  StatefulSet: ['selector', 'serviceName', 'podManagementPolicy'],
  Job: ['selector', 'template', 'completions'],
};

const SUBDOMAIN = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/**
 * Checks a manifest as the API server would before it stores it.
 *
 * @throws ApiError 400 for a value of the wrong type, 422 for one that is not allowed.
 */
export function validateObject(
  kind: ResourceKind,
  manifest: ObjectManifest,
): void {
  const name = manifest.metadata.name ?? '';
  validateName(kind, name);
  const schema = SPECS[kind.kind];
  if (!schema) {
    return;
  }
  const parsed = schema.safeParse(manifest.spec);
  if (!parsed.success) {
    throw schemaError(kind, name, parsed.error);
  }
  validateSelector(kind, name, manifest);
}

/**
 * Checks that a change leaves alone what may never change.
 *
 * @throws ApiError 422 naming the field.
 */
export function validateChange(
  kind: ResourceKind,
  current: KubernetesObject,
  next: ObjectManifest,
): void {
  const before = isJsonObject(current.spec) ? current.spec : {};
  const after = isJsonObject(next.spec) ? next.spec : {};
  const causes = (IMMUTABLE[kind.kind] ?? [])
    .filter(field => !isDeepStrictEqual(before[field], after[field]))
    .map(field => ({
      field: `spec.${field}`,
      message: `Invalid value: ${JSON.stringify(
        after[field] ?? null,
      )}: field is immutable`,
    }));
  if (causes.length > 0) {
    throw ApiError.invalid(kind, current.metadata.name, causes);
  }
}

function validateName(kind: ResourceKind, name: string): void {
  const strict = kind.kind === 'Namespace' || kind.kind === 'Service';
  const pattern = strict ? LABEL : SUBDOMAIN;
  const anyPath = kind.group === 'rbac.authorization.k8s.io';
  if (anyPath || (pattern.test(name) && name.length <= (strict ? 63 : 253))) {
    return;
  }
  throw ApiError.invalid(kind, name, [
    {
      field: 'metadata.name',
      message: strict
        ? `Invalid value: "${name}": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character`
        : `Invalid value: "${name}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`,
    },
  ]);
}

const withSelector = z.object({
  selector: deploymentSpecSchema.shape.selector,
  template: z.object({
    metadata: z
      .object({ labels: z.record(z.string(), z.string()).optional() })
      .optional(),
  }),
});

function validateSelector(
  kind: ResourceKind,
  name: string,
  manifest: ObjectManifest,
): void {
  const parsed = withSelector.safeParse(manifest.spec);
  if (!parsed.success) {
    return;
  }
  const { selector, template } = parsed.data;
  const empty =
    !selector.matchExpressions?.length &&
    Object.keys(selector.matchLabels ?? {}).length === 0;
  if (empty) {
    throw ApiError.invalid(kind, name, [
      {
        field: 'spec.selector',
        message: 'Invalid value: {}: empty selector is invalid for workloads',
      },
    ]);
  }
  const labels = template.metadata?.labels ?? {};
  if (!matchesLabels(selector, labels)) {
    throw ApiError.invalid(kind, name, [
      {
        field: 'spec.template.metadata.labels',
        message: `Invalid value: ${JSON.stringify(
          labels,
        )}: \`selector\` does not match template \`labels\``,
      },
    ]);
  }
}

function schemaError(
  kind: ResourceKind,
  name: string,
  error: z.ZodError,
): ApiError {
  const wrongType = error.issues.find(
    issue =>
      issue.code === 'invalid_type' && !issue.message.endsWith('undefined'),
  );
  if (wrongType) {
    return ApiError.badRequest(
      `${kind.kind} in version "${kind.version}" cannot be handled as a ${
        kind.kind
      }: json: cannot unmarshal into Go struct field of spec.${wrongType.path.join(
        '.',
      )}`,
    );
  }
  return ApiError.invalid(
    kind,
    name,
    error.issues.map(issue => {
      const missing = issue.message.endsWith('undefined');
      return {
        field: `spec.${formatPath(issue.path)}`,
        message: missing ? 'Required value' : `Invalid value: ${issue.message}`,
        reason: missing ? 'FieldValueRequired' : 'FieldValueInvalid',
      };
    }),
  );
}

function formatPath(path: PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') {
      return `${text}[${key}]`;
    }
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}
