// SPDX-License-Identifier: Apache-2.0
import { ApiClient } from './ApiClient';
import { at, ContractNamespace } from './ContractNamespace';
import { deploymentManifest } from './deploymentManifest';
import type { KubernetesApiUnderTest } from './describeKubernetesApi';

const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const APPLY = 'application/apply-patch+yaml';

/** Objects: create, read, change, apply, delete, and the refusals. */
export function describeObjects(server: () => KubernetesApiUnderTest): void {
  describe('objects', () => {
    let space: ContractNamespace;
    beforeEach(async () => {
      space = await ContractNamespace.create(server());
    });
    afterEach(() => space.remove());

    it('says what it is and what it serves', async () => {
      const version = await space.client.ok({ path: '/version' });
      expect(version.major).toBe('1');
      expect(version.gitVersion).toMatch(/^v\d/);
      const apps = await space.client.ok({ path: '/apis/apps/v1' });
      expect(apps).toMatchObject({
        kind: 'APIResourceList',
        groupVersion: 'apps/v1',
      });
      expect(apps.resources).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            name: 'deployments',
            kind: 'Deployment',
            namespaced: true,
            verbs: expect.arrayContaining(['list', 'watch']),
          }),
        ]),
      );
    });

    it('refuses a stranger with a Status', async () => {
      const client = new ApiClient(server());
      const path = space.path('pods');
      await expect(
        client.send({ path, token: 'a-stranger' }),
      ).resolves.toMatchObject({
        status: 401,
        body: { kind: 'Status', reason: 'Unauthorized', code: 401 },
      });
    });

    it('creates an object once, and only in a namespace that is there', async () => {
      const created = await space.configMap('one', { data: { a: '1' } });
      expect(at(created, 'metadata.uid')).toMatch(/^[0-9a-f-]{36}$/);
      expect(at(created, 'metadata.resourceVersion')).toMatch(/^\d+$/);
      expect(at(created, 'metadata.creationTimestamp')).toMatch(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
      );
      const body = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'one' },
      };
      await expect(
        space.client.send({
          method: 'POST',
          path: space.path('configmaps'),
          body,
        }),
      ).resolves.toMatchObject({
        status: 409,
        body: {
          reason: 'AlreadyExists',
          message: 'configmaps "one" already exists',
        },
      });
      await expect(
        space.client.send({
          method: 'POST',
          path: '/api/v1/namespaces/no-such-namespace/configmaps',
          body,
        }),
      ).resolves.toMatchObject({
        status: 404,
        body: {
          kind: 'Status',
          status: 'Failure',
          reason: 'NotFound',
          message: 'namespaces "no-such-namespace" not found',
        },
      });
    });

    it('answers 404 with the name of what is not there', async () => {
      await expect(
        space.client.send({ path: space.path('deployments@apps/v1', 'none') }),
      ).resolves.toMatchObject({
        status: 404,
        body: {
          kind: 'Status',
          apiVersion: 'v1',
          status: 'Failure',
          message: 'deployments.apps "none" not found',
          reason: 'NotFound',
          details: { name: 'none', group: 'apps', kind: 'deployments' },
          code: 404,
        },
      });
    });

    it('replaces only the version the writer has seen', async () => {
      const first = await space.configMap('shared', { data: { a: '1' } });
      const path = space.path('configmaps', 'shared');
      const second = await space.client.ok({
        method: 'PUT',
        path,
        body: { ...first, data: { a: '2' } },
      });
      expect(second.data).toEqual({ a: '2' });
      const stale = await space.client.send({
        method: 'PUT',
        path,
        body: { ...first, data: { a: '3' } },
      });
      expect(stale).toMatchObject({
        status: 409,
        body: { reason: 'Conflict' },
      });
      const same = await space.client.ok({ method: 'PUT', path, body: second });
      expect(at(same, 'metadata.resourceVersion')).toBe(
        at(second, 'metadata.resourceVersion'),
      );
    });

    it('patches in the four ways clients use', async () => {
      const path = space.path('deployments@apps/v1', 'shop');
      await space.client.ok({
        method: 'POST',
        path: space.path('deployments@apps/v1'),
        body: deploymentManifest({
          name: 'shop',
          image: 'shop:1',
          replicas: 0,
        }),
      });
      const patch = (contentType: string, body: unknown) =>
        space.client.ok({ method: 'PATCH', path, contentType, body });

      const merged = await patch(MERGE, {
        metadata: { labels: { team: 'a', app: null } },
      });
      expect(at(merged, 'metadata.labels')).toEqual({ team: 'a' });

      const strategic = await patch(STRATEGIC, {
        spec: {
          template: {
            spec: { containers: [{ name: 'side', image: 'side:1' }] },
          },
        },
      });
      expect(
        [0, 1]
          .map(index =>
            at(strategic, `spec.template.spec.containers.${index}.name`),
          )
          .sort(),
      ).toEqual(['app', 'side']);

      const replaced = await patch(JSON_PATCH, [
        { op: 'test', path: '/spec/replicas', value: 7 },
      ]).catch(error => String(error));
      expect(replaced).toMatch(/answered 422/);

      const added = await patch(JSON_PATCH, [
        { op: 'add', path: '/metadata/annotations', value: { note: 'x' } },
      ]);
      expect(at(added, 'metadata.annotations.note')).toBe('x');

      await expect(
        space.client.send({
          method: 'PATCH',
          path,
          contentType: 'text/plain',
          body: {},
        }),
      ).resolves.toMatchObject({
        status: 415,
        body: { reason: 'UnsupportedMediaType' },
      });
    });

    it('applies: creates, merges, and takes away what is applied no more', async () => {
      const path = space.path('deployments@apps/v1', 'shop');
      const apply = (env: { name: string; value: string }[]) =>
        space.client.send({
          method: 'PATCH',
          path: `${path}?fieldManager=contract&force=true`,
          contentType: APPLY,
          body: deploymentManifest({
            name: 'shop',
            image: 'shop:1',
            replicas: 0,
            env,
          }),
        });
      const one = { name: 'ONE', value: '1' };
      const two = { name: 'TWO', value: '2' };
      expect((await apply([one, two])).status).toBe(201);
      await space.client.ok({
        method: 'PATCH',
        path,
        contentType: MERGE,
        body: { metadata: { labels: { foreign: 'kept' } } },
      });
      const again = await apply([two]);
      expect(again.status).toBe(200);
      expect(at(again.body, 'spec.template.spec.containers.0.env')).toEqual([
        two,
      ]);
      expect(at(again.body, 'metadata.labels')).toEqual({
        app: 'shop',
        foreign: 'kept',
      });
      const unnamed = await space.client.send({
        method: 'PATCH',
        path,
        contentType: APPLY,
        body: deploymentManifest({ name: 'shop', image: 'shop:1' }),
      });
      expect(unnamed.status).toBeGreaterThanOrEqual(400);
    });

    it('fills in defaults and counts generations of the spec only', async () => {
      const created = await space.client.ok({
        method: 'POST',
        path: space.path('deployments@apps/v1'),
        body: deploymentManifest({
          name: 'shop',
          image: 'shop:1',
          replicas: 0,
        }),
      });
      expect(created.spec).toMatchObject({
        revisionHistoryLimit: 10,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
        },
        template: {
          spec: { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst' },
        },
      });
      expect(at(created, 'metadata.generation')).toBe(1);
      const path = space.path('deployments@apps/v1', 'shop');
      const patch = (body: unknown) =>
        space.client.ok({ method: 'PATCH', path, contentType: MERGE, body });
      const labelled = await patch({ metadata: { labels: { a: 'b' } } });
      expect(at(labelled, 'metadata.generation')).toBe(1);
      const respecified = await patch({ spec: { minReadySeconds: 1 } });
      expect(at(respecified, 'metadata.generation')).toBe(2);
    });

    it('refuses what cannot be, naming the field', async () => {
      const create = (body: unknown) =>
        space.client.send({
          method: 'POST',
          path: space.path('deployments@apps/v1'),
          body,
        });
      const good = deploymentManifest({
        name: 'shop',
        image: 'shop:1',
        replicas: 0,
      });
      const mismatch = await create({
        ...good,
        spec: {
          selector: { matchLabels: { app: 'other' } },
          template: at(good, 'spec.template'),
        },
      });
      expect(mismatch).toMatchObject({
        status: 422,
        body: {
          reason: 'Invalid',
          details: {
            causes: [
              expect.objectContaining({
                field: 'spec.template.metadata.labels',
              }),
            ],
          },
        },
      });
      await expect(
        create({ ...good, metadata: { name: 'Not_A_Name' } }),
      ).resolves.toMatchObject({ status: 422, body: { reason: 'Invalid' } });
      await expect(
        create({ ...good, kind: 'ReplicaSet' }),
      ).resolves.toMatchObject({ status: 400, body: { reason: 'BadRequest' } });

      await create(good);
      const immutable = await space.client.send({
        method: 'PATCH',
        path: space.path('deployments@apps/v1', 'shop'),
        contentType: MERGE,
        body: {
          spec: {
            selector: { matchLabels: { app: 'next' } },
            template: { metadata: { labels: { app: 'next' } } },
          },
        },
      });
      expect(immutable).toMatchObject({
        status: 422,
        body: { reason: 'Invalid' },
      });
      expect(immutable.body.message).toContain('field is immutable');
    });

    it('writes status only through its subresource', async () => {
      const name = 'shop';
      await space.client.ok({
        method: 'POST',
        path: space.path('poddisruptionbudgets@policy/v1'),
        body: {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: { name },
          spec: { minAvailable: 1, selector: { matchLabels: { app: name } } },
        },
      });
      const path = space.path('poddisruptionbudgets@policy/v1', name);
      const body = {
        metadata: { labels: { a: 'b' } },
        status: { observedGeneration: 77 },
      };
      const main = await space.client.ok({
        method: 'PATCH',
        path,
        contentType: MERGE,
        body,
      });
      expect(at(main, 'metadata.labels')).toEqual({ a: 'b' });
      expect(at(main, 'status.observedGeneration')).not.toBe(77);
      const status = await space.client.ok({
        method: 'PATCH',
        path: `${path}/status`,
        contentType: MERGE,
        body: {
          status: {
            observedGeneration: 77,
            disruptionsAllowed: 0,
            currentHealthy: 0,
            desiredHealthy: 0,
            expectedPods: 0,
          },
        },
      });
      expect(at(status, 'status.observedGeneration')).toBe(77);
    });

    it('stores nothing on a dry run', async () => {
      const path = space.path('configmaps');
      const dry = await space.client.send({
        method: 'POST',
        path: `${path}?dryRun=All`,
        body: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'dry' },
        },
      });
      expect(dry.status).toBe(201);
      const { status } = await space.client.send({ path: `${path}/dry` });
      expect(status).toBe(404);
    });

    it('holds a deleted object until its finalizers are gone', async () => {
      const path = space.path('configmaps', 'held');
      await space.client.ok({
        method: 'POST',
        path: space.path('configmaps'),
        body: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'held', finalizers: ['example.test/hold'] },
        },
      });
      const held = await space.client.ok({ method: 'DELETE', path });
      expect(at(held, 'metadata.deletionTimestamp')).toBeDefined();
      await space.client.ok({
        method: 'PATCH',
        path,
        contentType: MERGE,
        body: { metadata: { finalizers: null } },
      });
      expect((await space.client.send({ path })).status).toBe(404);
    });

    it('gives an object that is made again a new identity', async () => {
      const first = await space.configMap('again');
      const path = space.path('configmaps', 'again');
      const gone = await space.client.ok({ method: 'DELETE', path });
      expect(gone).toMatchObject({ kind: 'Status', status: 'Success' });
      const second = await space.configMap('again');
      expect(at(second, 'metadata.uid')).not.toBe(at(first, 'metadata.uid'));
      const wrong = await space.client.send({
        method: 'DELETE',
        path,
        body: {
          kind: 'DeleteOptions',
          apiVersion: 'v1',
          preconditions: { uid: at(first, 'metadata.uid') },
        },
      });
      expect(wrong).toMatchObject({
        status: 409,
        body: { reason: 'Conflict' },
      });
    });
  });
}
