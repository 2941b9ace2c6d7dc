// SPDX-License-Identifier: Apache-2.0
import { hostileText, seeded } from '../__testUtils__/hostileText';
import { ProjectionPool } from './ProjectionPool';
import { projectObject } from './projectObject';
import { WATCHED_KINDS } from './WatchedKind';

const BODIES = 10_000;

/** No object that is kept may weigh more than this as JSON, whatever was sent. */
const MOST_KEPT = 64 * 1024;

/** A hostile body under an identity that lets it in. */
function body(random: (limit: number) => number, number: number): string {
  const identity = `"uid":"u${number}","name":"n","namespace":"ns","resourceVersion":"1"`;
  return `{"metadata":{${identity},"labels":${hostileText(
    random,
  )},"ownerReferences":${hostileText(random)}},"spec":${hostileText(
    random,
  )},"status":${hostileText(random)},"__proto__":{"polluted":"yes"}}`;
}

describe('objects that no API server would send', () => {
  it(`are cut down without a crash, a stall or a trace, ${BODIES} of them`, () => {
    const random = seeded(7);
    const pool = new ProjectionPool();
    const slow: number[] = [];
    const large: number[] = [];
    let kept = 0;
    for (let number = 0; number < BODIES; number += 1) {
      const object: unknown = JSON.parse(body(random, number));
      const before = process.cpuUsage();
      const projected = projectObject(
        WATCHED_KINDS[number % WATCHED_KINDS.length],
        object,
        pool,
      );
      // Of the processor's time, because the machine itself may pause.
      const { system, user } = process.cpuUsage(before);
      if (system + user > 50_000) {
        slow.push(number);
      }
      if (projected) {
        kept += 1;
        if (JSON.stringify(projected).length > MOST_KEPT) {
          large.push(number);
        }
      }
    }
    expect(kept).toBe(BODIES);
    expect(slow).toEqual([]);
    expect(large).toEqual([]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('are read however deep they are', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const object: unknown = JSON.parse(
      `{"metadata":{"uid":"u","name":"n","namespace":"ns","labels":${deep}},"status":${deep}}`,
    );
    expect(projectObject('Pod', object, new ProjectionPool())).toMatchObject({
      name: 'n',
      phase: 'Unknown',
    });
  });

  it('give nothing away of a Pod but what is allowed', () => {
    const canary = 'canary-of-everything';
    const object = {
      metadata: {
        uid: 'u',
        name: 'n',
        namespace: 'ns',
        annotations: { note: canary },
        labels: { note: canary },
        managedFields: [{ manager: canary }],
      },
      spec: {
        nodeName: canary,
        serviceAccountName: canary,
        volumes: [{ name: 'v', secret: { secretName: canary } }],
        initContainers: [{ name: 'i', image: 'a', args: [canary] }],
        containers: [
          {
            name: 'app',
            image: 'registry.example/app:1',
            command: [canary],
            env: [{ name: 'PASSWORD', value: canary }],
            envFrom: [{ secretRef: { name: canary } }],
          },
        ],
      },
      status: { phase: 'Running', podIP: canary, hostIP: canary },
    };
    const kept = JSON.stringify(
      projectObject('Pod', object, new ProjectionPool()),
    );
    expect(kept).toContain('registry.example/app');
    expect(kept).not.toContain(canary);
  });
});
