// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { ApiClient } from '../contract/ApiClient';

const MODULE = dirname(
  require.resolve(
    'backstage-plugin-delivery-backend-module-kubernetes/package.json',
  ),
);

const roleSchema = z.object({
  apiVersion: z.string(),
  kind: z.literal('ClusterRole'),
  metadata: z.object({ name: z.string() }),
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      verbs: z.array(z.string()),
    }),
  ),
});

/** The role files that the module ships. */
export type RoleFile =
  | 'rbac.yaml'
  | 'rbac-logs.yaml'
  | 'rbac-helm-releases.yaml';

/** The role in a file that the module ships, and nothing beyond it. */
export function shippedRole(file: RoleFile): z.infer<typeof roleSchema> {
  const roles = parseAllDocuments(
    readFileSync(join(MODULE, file), 'utf8'),
  ).flatMap(document => {
    const role = roleSchema.safeParse(document.toJS());
    return role.success ? [role.data] : [];
  });
  if (roles.length !== 1) {
    throw new Error(`${file} has ${roles.length} roles`);
  }
  return roles[0];
}

/** Makes the role of a file on an API server, and gives it to users. */
export async function grantShippedRole(
  admin: ApiClient,
  file: RoleFile,
  users: readonly string[],
): Promise<void> {
  const role = shippedRole(file);
  const path = '/apis/rbac.authorization.k8s.io/v1';
  await admin.ok({ method: 'POST', path: `${path}/clusterroles`, body: role });
  const apiGroup = 'rbac.authorization.k8s.io';
  await admin.ok({
    method: 'POST',
    path: `${path}/clusterrolebindings`,
    body: {
      apiVersion: role.apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: role.metadata,
      roleRef: { apiGroup, kind: 'ClusterRole', name: role.metadata.name },
      subjects: users.map(name => ({ apiGroup, kind: 'User', name })),
    },
  });
}
