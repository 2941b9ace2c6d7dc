// SPDX-License-Identifier: Apache-2.0
import type {
  ObservedWorkload,
  Release,
} from 'backstage-plugin-delivery-common';
import fc from 'fast-check';
import { digestLike } from '../__testUtils__/digestLike';
import { aRelease, anObservation } from '../__testUtils__/serviceFacts';
import { matchRelease } from './matchRelease';

const one = aRelease(1, 'a');
const two = aRelease(2, 'b');
/** The image of Release 2 with other values. */
const three = { ...aRelease(3, 'b') };
const releases = [three, two, one];

function match(
  given: Parameters<typeof anObservation>[1],
  expected?: string,
): number | undefined {
  return matchRelease({
    observation: anObservation('dev', given),
    releases,
    expected,
  })?.number;
}

const name = fc.constantFrom('shop/web', 'shop/proxy');
const digest = fc.constantFrom('a', 'b').map(digestLike);
const someWorkload: fc.Arbitrary<ObservedWorkload> = fc.record(
  {
    kind: fc.constant('Deployment'),
    name: fc.constant('orders'),
    ready: fc.constant(1),
    desired: fc.constant(1),
    images: fc.array(fc.record({ name, digest }, { requiredKeys: ['name'] }), {
      maxLength: 3,
    }),
    chart: fc.constantFrom(
      'orders-3.8.1',
      'orders-3.8.2',
      'orders-3.8.9',
      'redis-18.0.0',
    ),
    health: fc.constant('healthy' as const),
  },
  { requiredKeys: ['kind', 'name', 'ready', 'desired', 'images', 'health'] },
);
const someRelease: fc.Arbitrary<Release> = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.uniqueArray(fc.record({ name, tag: fc.constant('1'), digest }), {
      maxLength: 2,
      selector: image => image.name,
    }),
  )
  .map(([number, images]) => ({ ...aRelease(number, 'a'), images }));

describe('matchRelease', () => {
  it('knows a Release by its digests', () => {
    expect(match({ digit: 'a' })).toBe(1);
    expect(match({ digit: 'f' })).toBeUndefined();
    expect(matchRelease({ observation: undefined, releases })).toBeUndefined();
    expect(match({ digit: 'a', workloads: [] })).toBeUndefined();
  });

  it('tells Releases with the same image apart by their chart', () => {
    expect(match({ digit: 'b', chart: 'orders-3.8.2' })).toBe(2);
    expect(match({ digit: 'b', chart: 'orders-3.8.3' })).toBe(3);
    expect(match({ digit: 'b', chart: 'orders-3.8.9' })).toBeUndefined();
  });

  it('learns nothing from the label of a chart that the Release’s depends on', () => {
    expect(match({ digit: 'b', chart: 'micro-integrator-4.0.0-1' })).toBe(3);
    expect(match({ digit: 'b', chart: 'orders-api-3.8.2' })).toBe(3);
  });

  it('takes the expected one where nothing tells them apart, else the newest', () => {
    expect(match({ digit: 'b' }, two.id)).toBe(2);
    expect(match({ digit: 'b' })).toBe(3);
  });

  it('knows nothing halfway through a rollout', () => {
    const { workloads } = anObservation('dev', { digit: 'a' });
    const [workload] = workloads;
    const other = anObservation('dev', { digit: 'b' }).workloads[0];
    expect(
      match({
        digit: 'a',
        workloads: [
          { ...workload, images: [...workload.images, ...other.images] },
        ],
      }),
    ).toBeUndefined();
  });

  it('does not mind what else runs beside it', () => {
    const { workloads } = anObservation('dev', {
      digit: 'a',
      chart: 'orders-3.8.1',
    });
    expect(
      match({
        digit: 'a',
        workloads: [
          ...workloads,
          {
            kind: 'StatefulSet',
            name: 'redis',
            ready: 1,
            desired: 1,
            images: [{ name: 'redis', tag: '7' }],
            chart: 'redis-18.0.0',
            health: 'healthy',
          },
        ],
      }),
    ).toBe(1);
  });

  it('goes by what serves where a rollout left only its label', () => {
    expect(match({ digit: 'a', chart: 'orders-3.8.2' })).toBe(1);
    expect(match({ digit: 'a', chart: 'orders-3.8.3' }, one.id)).toBe(1);
    // Nobody knows a 3.8.9: whoever applied it changed more than a label.
    expect(match({ digit: 'a', chart: 'orders-3.8.9' })).toBeUndefined();
  });

  it('tells what serves by the Release that is expected when the label is of none of them', () => {
    const four = aRelease(4, 'd');
    const observation = anObservation('dev', {
      digit: 'b',
      chart: 'orders-3.8.4',
    });
    const among = (expected?: string) =>
      matchRelease({
        observation,
        releases: [four, ...releases],
        expected,
      })?.number;
    expect(among(two.id)).toBe(2);
    expect(among()).toBe(3);
  });

  it('needs every image of a Release', () => {
    const sidecar = {
      name: 'registry.example/proxy',
      tag: '1',
      digest: `sha256:${'c'.repeat(64)}`,
    };
    const both = { ...one, images: [...one.images, sidecar] };
    expect(
      matchRelease({
        observation: anObservation('dev', { digit: 'a' }),
        releases: [both],
      }),
    ).toBeUndefined();
  });

  it('takes the newest where nothing is expected, in whichever order they stand', () => {
    const observation = anObservation('dev', { digit: 'b' });
    for (const among of [
      [two, three],
      [three, two],
    ]) {
      expect(matchRelease({ observation, releases: among })?.number).toBe(3);
    }
  });

  it('knows no Release without images', () => {
    const bare = { ...one, images: [] };
    expect(
      matchRelease({
        observation: anObservation('dev', { digit: 'a' }),
        releases: [bare],
        expected: bare.id,
      }),
    ).toBeUndefined();
  });

  it('agrees with the rule as it is written, over whatever runs', () => {
    fc.assert(
      fc.property(
        fc.array(someWorkload, { maxLength: 3 }),
        fc.uniqueArray(someRelease, { maxLength: 4, selector: ({ id }) => id }),
        fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
        (workloads, among, number) => {
          const expected =
            number === undefined ? undefined : aRelease(number, 'a').id;
          const given = { workloads, releases: among, expected };
          expect(
            matchRelease({ observation: { workloads }, ...given })?.number,
          ).toBe(byTheRule(given));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** The number of the Release that runs, found out without any short cut. */
function byTheRule(given: {
  workloads: readonly ObservedWorkload[];
  releases: readonly Release[];
  expected?: string;
}): number | undefined {
  const { expected, releases: among, workloads } = given;
  const versions = among.map(({ chart }) => `${chart.name}-${chart.version}`);
  const judged = among.map(candidate => {
    const own = workloads.filter(({ images }) =>
      images.some(seen =>
        candidate.images.some(
          image => image.name === seen.name || image.digest === seen.digest,
        ),
      ),
    );
    const seen = own.flatMap(({ images }) => images);
    const serves =
      candidate.images.length > 0 &&
      candidate.images.every(
        image =>
          seen.filter(other => other.digest === image.digest).length > 0 &&
          seen.filter(
            other => other.name === image.name && other.digest !== image.digest,
          ).length === 0,
      );
    const others = own
      .map(({ chart }) => chart)
      .filter(
        chart =>
          chart !== undefined &&
          chart.startsWith(`${candidate.chart.name}-`) &&
          chart !== `${candidate.chart.name}-${candidate.chart.version}`,
      );
    return {
      candidate,
      plain: serves && others.length === 0,
      left: serves && others.every(chart => versions.includes(String(chart))),
    };
  });
  const plain = judged.filter(candidate => candidate.plain);
  const numbers = (
    plain.length > 0 ? plain : judged.filter(candidate => candidate.left)
  )
    .map(({ candidate }) => candidate)
    .sort((a, b) =>
      a.id === expected || b.id === expected
        ? Number(b.id === expected) - Number(a.id === expected)
        : b.number - a.number,
    );
  return numbers.at(0)?.number;
}
