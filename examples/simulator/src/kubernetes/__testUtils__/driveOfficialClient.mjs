// SPDX-License-Identifier: Apache-2.0
// Drives an API server with the official client, which is an ES module only and so runs in a
// process of its own: `node driveOfficialClient.mjs <url> <token> <namespace>` prints JSON.
import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  Watch,
} from '@kubernetes/client-node';

const [url, token, namespace] = process.argv.slice(2);
const config = new KubeConfig();
config.loadFromOptions({
  clusters: [{ name: 'local', server: url, skipTLSVerify: true }],
  users: [{ name: 'driver', token }],
  contexts: [{ name: 'local', cluster: 'local', user: 'driver' }],
  currentContext: 'local',
});

const apps = config.makeApiClient(AppsV1Api);
const core = config.makeApiClient(CoreV1Api);
const { items } = await apps.listNamespacedDeployment({ namespace });
const missing = await apps
  .readNamespacedDeployment({ namespace, name: 'no-such-deployment' })
  .catch(error => ({ refused: error.code }));

const watched = [];
const watching = await new Promise((resolve, reject) => {
  const watch = new Watch(config);
  const request = watch.watch(
    `/api/v1/namespaces/${namespace}/configmaps`,
    {},
    (phase, object) => {
      watched.push(`${phase} ${object.metadata.name}`);
      if (watched.length === 2) {
        resolve(request);
      }
    },
    error => error && reject(error),
  );
  core
    .createNamespacedConfigMap({
      namespace,
      body: { metadata: { name: 'driven' }, data: { a: '1' } },
    })
    .then(() => core.deleteNamespacedConfigMap({ namespace, name: 'driven' }))
    .catch(reject);
});
watching.abort();

process.stdout.write(
  JSON.stringify({
    available: items.map(each => each.status.availableReplicas),
    refused: missing.refused,
    watched,
  }),
);
