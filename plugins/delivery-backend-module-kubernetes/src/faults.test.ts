// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  Observation,
  SourceState,
} from 'backstage-plugin-delivery-common';
import type { ObservationTarget } from 'backstage-plugin-delivery-node';
import { ScriptedCluster } from './__testUtils__/ScriptedCluster';
import { putDeployment } from './__testUtils__/scriptedDeployment';
import { KubernetesObserver } from './KubernetesObserver';

const SERVICES = ['orders', 'shop', 'stock'];

/** 100 in every run of the tests; 1,000 in the full run of the faults. */
const FAULTS = process.env.DELIVERY_FAULTS === 'full' ? 1_000 : 100;

/** Numbers from 0 to below a limit that are the same in every run. */
function seeded(seed: string) {
  let count = 0;
  return (limit: number) => {
    count += 1;
    const hash = createHash('sha256').update(`${seed} ${count}`).digest();
    return hash.readUInt32BE() % limit;
  };
}

const pause = (milliseconds: number) =>
  new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });

describe('KubernetesObserver under faults', () => {
  it('ends with the truth after every kind of fault, and never shows less in between', async () => {
    const cluster = await ScriptedCluster.start();
    const stop = new AbortController();
    const random = seeded('faults');
    const truth = new Map<string, string>();
    const seen = new Map<string, Observation>();
    const shrunk: Observation[] = [];
    const states: SourceState[] = [];
    const targets: ObservationTarget[] = SERVICES.map(name => ({
      service: `component:default/${name}`,
      environment: 'prod',
      cluster: 'local',
      namespace: `${name}-prod`,
      selector: `backstage.io/kubernetes-id=${name}`,
    }));
    const deploy = (name: string) => {
      const digest = `sha256:${createHash('sha256')
        .update(`${name} ${random(1e9)}`)
        .digest('hex')}`;
      truth.set(`component:default/${name}`, digest);
      putDeployment(cluster, { name, namespace: `${name}-prod`, digest });
    };
    const garbage = [
      '{"type":"MODIFIED","object":{"metadata"\n',
      '{"type":"ODD","object":{"metadata":{"resourceVersion":"7"}}}\n',
      '[]\n',
      'null\n',
      `${'y'.repeat(3 * 1024 * 1024 + 1)}\n`,
    ];
    const kinds = ['Pod', 'Deployment', 'ReplicaSet'];
    const faults: (() => void | Promise<void>)[] = [
      () => cluster.cut(),
      () => cluster.endWatches(),
      () => {
        cluster.compact();
        cluster.endWatches();
      },
      () => cluster.say(kinds[random(3)], garbage[random(garbage.length)]),
      () => {
        cluster.pageSize = 1 + random(4);
        cluster.compact();
        cluster.cut();
      },
      async () => {
        cluster.goSilent();
        await pause(random(150));
        cluster.speakAgain();
      },
      () => cluster.tellTwice(kinds[random(3)]),
      () => cluster.tellOlder(kinds[random(3)]),
      async () => {
        // a token that expires, and the one that follows it
        cluster.token = 'another';
        cluster.cut();
        await pause(random(50));
        cluster.token = 'watcher';
      },
      () => {
        // a new list while everything changes
        cluster.compact();
        cluster.endWatches();
        SERVICES.forEach(deploy);
      },
      async () => {
        cluster.takeDown();
        await pause(random(50));
        await cluster.bringBack();
      },
    ];

    SERVICES.forEach(deploy);
    const bookmarks = setInterval(() => cluster.bookmark(), 20);
    try {
      await KubernetesObserver.create({
        clusters: [
          {
            name: 'local',
            url: cluster.url,
            serviceAccountToken: 'watcher',
            skipTlsVerify: false,
          },
        ],
        logger: mockServices.logger.mock({
          child: () => mockServices.logger.mock(),
        }),
        timing: {
          silenceMs: 100,
          answerMs: 50,
          firstPauseMs: 5,
          longestPauseMs: 40,
          shortestWatchMs: 5,
          gatherMs: 2,
          heartbeatMs: 50,
        },
      }).observe(
        { current: () => targets, onChange: () => {} },
        {
          onObservation: observation => {
            seen.set(observation.service, observation);
            if (observation.workloads.length !== 1) {
              shrunk.push(observation);
            }
          },
          onSource: state => states.push(state),
          signal: stop.signal,
        },
      );
      for (let fault = 0; fault < FAULTS; fault += 1) {
        await faults[random(faults.length)]();
        deploy(SERVICES[random(SERVICES.length)]);
        await pause(random(15));
      }
      const isTrue = () =>
        states.at(-1)?.state === 'live' &&
        [...truth].every(
          ([service, digest]) =>
            seen.get(service)?.workloads[0]?.images[0]?.digest === digest,
        );
      const deadline = Date.now() + 5_000;
      while (!isTrue() && Date.now() < deadline) {
        await pause(10);
      }
      const shown = [...seen].map(([service, { workloads }]) => [
        service,
        workloads[0]?.images[0]?.digest,
      ]);
      expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(truth));
      expect(states.at(-1)?.state).toBe('live');
      expect(shrunk).toEqual([]);
    } finally {
      clearInterval(bookmarks);
      stop.abort();
      cluster.takeDown();
    }
  }, 300_000);
});
