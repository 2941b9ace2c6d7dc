// SPDX-License-Identifier: Apache-2.0
import { ProjectionPool } from './ProjectionPool';
import { projectObject } from './projectObject';
import { WATCHED_KINDS } from './WatchedKind';

const BODIES = 10_000;

/** No object that is kept may weigh more than this as JSON, whatever was sent. */
const MOST_KEPT = 64 * 1024;

/** Numbers from 0 to below a limit that are the same in every run. */
function seeded(seed: number) {
  let state = seed;
  return (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const pick = <T>(random: (limit: number) => number, from: readonly T[]): T =>
  from[random(from.length)];

const KEYS = [
  'metadata',
  'spec',
  'status',
  'name',
  'uid',
  'namespace',
  'labels',
  'annotations',
  'ownerReferences',
  'containers',
  'containerStatuses',
  'conditions',
  'env',
  'state',
  'waiting',
  'message',
  'image',
  'imageID',
  'replicas',
  'restartCount',
  'resourceVersion',
  '__proto__',
  'constructor',
  'toString',
];

/** A JSON text that no API server would send. */
function hostileText(random: (limit: number) => number, depth = 0): string {
  const kind = random(depth > 3 ? 7 : 10);
  switch (kind) {
    case 0:
      return pick(random, ['null', 'true', 'false', '-1', '1e308', '0.5']);
    case 1:
      return JSON.stringify('\u0000\u2028"</script>${x}{{y}}'.repeat(3));
    case 2:
      return JSON.stringify('x'.repeat(random(2_000)));
    case 3:
      return `"sha256:${'0'.repeat(random(80))}"`;
    case 4:
      return '"canary-of-the-environment"';
    case 5:
      return '[]';
    case 6:
      return '{"polluted":"yes"}';
    case 7:
      return `[${Array.from({ length: random(6) }, () =>
        hostileText(random, depth + 1),
      ).join(',')}]`;
    default:
      return `{${Array.from(
        { length: random(10) },
        () => `"${pick(random, KEYS)}":${hostileText(random, depth + 1)}`,
      ).join(',')}}`;
  }
}

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
