// SPDX-License-Identifier: Apache-2.0

/** Numbers from 0 to below a limit that are the same in every run. */
export function seeded(seed: number) {
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
export function hostileText(
  random: (limit: number) => number,
  depth = 0,
): string {
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
