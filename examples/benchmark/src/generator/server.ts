// SPDX-License-Identifier: Apache-2.0
import { randomFrom } from '../world/randomFrom';
import { placesOf } from '../world/World';
import { commandSchema, worldSizeSchema } from './commands';
import { GeneratedCluster } from './GeneratedCluster';

const SEED = 20261121;
const CHURN_STEP_MS = 20;

/** The clusters in a process of their own; told what to do by messages. */
async function serve(): Promise<void> {
  const size = worldSizeSchema.parse(JSON.parse(process.argv[2]));
  const places = placesOf(size);
  const clusters = Array.from(
    { length: size.clusters },
    (_, index) =>
      new GeneratedCluster(places.filter(({ cluster }) => cluster === index)),
  );
  const ports = await Promise.all(clusters.map(cluster => cluster.listen()));
  const random = randomFrom(SEED);
  let churn: NodeJS.Timeout | undefined;

  process.on('message', message => {
    const { command, id } = unpack(message);
    switch (command.do) {
      case 'latency':
        clusters.forEach(cluster => {
          cluster.latencyMs = command.milliseconds;
        });
        break;
      case 'churn':
        clearInterval(churn);
        if (command.perSecond > 0) {
          churn = startChurn(clusters, command.perSecond, random);
        }
        break;
      case 'silence':
        clusters[command.cluster].silent = true;
        break;
      case 'ready':
        clusters[command.cluster].setReady(command.namespace, command.ready);
        break;
      default:
    }
    process.send?.({
      id,
      requests: clusters.reduce((sum, { requests }) => sum + requests, 0),
      bytes: clusters.reduce((sum, { bytes }) => sum + bytes, 0),
      at: performance.timeOrigin + performance.now(),
    });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ports });
}

function unpack(message: unknown) {
  const { id, command } = Object(message);
  return { id, command: commandSchema.parse(command) };
}

function startChurn(
  clusters: readonly GeneratedCluster[],
  perSecond: number,
  random: () => number,
): NodeJS.Timeout {
  let owed = 0;
  let before = performance.now();
  return setInterval(() => {
    const now = performance.now();
    owed += ((now - before) / 1000) * perSecond;
    before = now;
    for (; owed >= 1; owed -= 1) {
      clusters[Math.floor(random() * clusters.length)].restartPod(random);
    }
  }, CHURN_STEP_MS);
}

serve().catch(error => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
