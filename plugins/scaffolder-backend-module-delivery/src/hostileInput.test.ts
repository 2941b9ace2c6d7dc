// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';
import fc from 'fast-check';
import { parse } from 'yaml';
import { planAnswers, renderSkeletons } from './__testUtils__/renderSkeletons';

const RUNS = 2_000;
const AT_ONCE = 8;
const RUNTIME = {
  own: 'http-service',
  published: 'wso2-micro-integrator',
  kustomize: 'http-service',
};

/** Everything that can be answered, so that each line of the skeletons is there. */
const TIER = {
  replicas: 2,
  cpu: '250m',
  memory: '256Mi',
  memoryLimit: '512Mi',
  host: '{service}.{environment}.test',
};
const COMMON = {
  name: 'orders',
  owner: 'group:default/team-orders',
  organisation: 'northwind',
  system: 'system:default/shop',
  description: 'Takes orders',
  baseImage: 'node:22-alpine',
  baseImageSchedule: 'H 3 * * *',
  imageRegistry: 'registry.test',
  imageOrganisation: 'northwind/shop',
  port: 8181,
  healthPath: '/health',
  ingressClass: 'nginx',
  notifyChannel: '#team-orders',
  tiers: { development: TIER, staging: TIER, production: TIER },
};
const BASE = {
  own: { ...COMMON, chart: { kind: 'own' } },
  kustomize: { ...COMMON, renderer: 'kustomize' },
  published: {
    ...COMMON,
    chart: {
      kind: 'published',
      repository: 'https://charts.test/all',
      name: 'web',
      version: '2.1.0',
      imageRegistry: 'image.registry',
      imageName: 'image.repository',
      imageTag: 'image.tag',
      imageDigest: 'image.digest',
      replicas: 'replicaCount',
      resources: 'resources',
      host: 'ingress.hostname',
      selectorLabel: 'app.kubernetes.io/instance',
    },
  },
};

const CRAFTED = [
  `'`,
  `"`,
  '`id`',
  '$(id)',
  '${id}',
  '${{ secrets.token }}',
  "${{ '' | dump }}",
  '{{ .Values.image }}',
  '{% raw %}',
  '{%- if true %}',
  '#{1+1}',
  '${#toJson(execution)}',
  '${T(java.lang.Runtime).getRuntime()}',
  "'; sh 'id",
  "' + sh('id') + '",
  `''' + id + '''`,
  '"""',
  '\\',
  '\\u0027',
  "\\' // ",
  '*/ id /*',
  '-->',
  '<script>alert(1)</script>',
  'two\nlines',
  'two\r\nlines',
  'two\u2028lines',
  'tab\tbed',
  'nul\u0000',
  '../../etc/passwd',
  '..',
  '/etc/passwd',
  'a/../../b',
  'file:///etc/passwd',
  '.git/config',
  '~root',
  '- item',
  ': value',
  'key: value',
  '# comment',
  '&anchor',
  '*anchor',
  '!!js/function x',
  '!tag',
  '| ',
  '>-',
  '? x',
  '%YAML 1.2',
  '---',
  '...',
  'null',
  'true',
  '0x1F',
  '1e3',
  '2001-01-01',
  '__proto__',
  'constructor',
  'latest',
  'node:latest',
  'ÄÖÜ ß é',
  'ﬀ',
  '\u202etxt.exe',
  '🚀',
  '漢字',
  '\ud800',
  ' leading',
  'trailing ',
  'a'.repeat(5_000),
  '--privileged',
  '-o ProxyCommand=id',
  'x;id',
  'x&&id',
  'x|id',
  'x>y',
  '*',
  '?',
  '[a]',
];

/** The fields that hold a text, as paths. */
function textFields(value: JsonValue, path: string[] = []): string[][] {
  if (typeof value === 'string') {
    return [path];
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) =>
        inner === undefined ? [] : textFields(inner, [...path, key]),
      )
    : [];
}

function replaced(
  value: JsonObject,
  [key, ...rest]: string[],
  by: JsonValue,
): JsonObject {
  const inner = value[key];
  return {
    ...value,
    [key]:
      rest.length > 0 && typeof inner === 'object' && !Array.isArray(inner)
        ? replaced(inner ?? {}, rest, by)
        : by,
  };
}

const hostileText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...CRAFTED) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 1 }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...CRAFTED), fc.constantFrom('orders', 'a.b', ''))
      .map(([attack, text]) => `${text}${attack}${text}`),
  },
);
const hostileValue = fc.oneof(
  { weight: 12, arbitrary: hostileText },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonValue>(0, -1, 1e21, true, [], ['x'], {
      $ne: 1,
    }),
  },
);

/** Answers in which one to three fields hold what no one should answer. */
const hostileAnswers = fc
  .constantFrom<keyof typeof BASE>('own', 'published', 'kustomize')
  .chain(kind => {
    const fields = textFields(BASE[kind]).filter(
      path => path.join('.') !== 'chart.kind',
    );
    return fc.record({
      kind: fc.constant(kind),
      changes: fc.array(
        fc.record({
          // the one field that takes any line of text, more often than the others
          path: fc.oneof(
            { weight: 1, arbitrary: fc.constant<string[]>(['description']) },
            { weight: 9, arbitrary: fc.constantFrom(...fields) },
          ),
          value: hostileValue,
        }),
        { minLength: 1, maxLength: 3 },
      ),
    });
  });

/** What a file is, apart from the texts and words in it. */
function syntaxOf(path: string, content: string): string {
  if (/\.(ya?ml|json)$/.test(path)) {
    return JSON.stringify(parse(content), (_, value) =>
      ['string', 'number', 'boolean'].includes(typeof value)
        ? typeof value
        : value,
    );
  }
  return content
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '<text>')
    .replace(/[\w./:@-]+/g, '<word>');
}

/** Answers that were not refused, and what was made of them. */
type Accepted = {
  kind: keyof typeof BASE;
  outcome: ReturnType<typeof planAnswers>;
  moved: boolean;
};

describe('hostile answers', () => {
  jest.setTimeout(240_000);

  it('are refused with the name of the field, or change no syntax and come back as they were', async () => {
    const usual = {
      own: await render('own', BASE.own),
      published: await render('published', BASE.published),
      kustomize: await render('kustomize', BASE.kustomize),
    };
    const sets = fc.sample(hostileAnswers, { numRuns: RUNS, seed: 20261121 });
    const accepted = new Map<string, Accepted>();
    const unclear: Error[] = [];
    let refused = 0;
    for (const { kind, changes } of sets) {
      const answers = changes.reduce<JsonObject>(
        (all, { path, value }) => replaced(all, path, value),
        BASE[kind],
      );
      const outcome = planned(kind, answers);
      if (outcome instanceof Error) {
        refused += 1;
        const fields = changes.map(({ path }) => path.at(-1)).join('|');
        const { name, message } = outcome;
        if (name !== 'InputError' || !new RegExp(fields).test(message)) {
          unclear.push(outcome);
        }
      } else {
        const { values, tiers } = outcome.plan;
        accepted.set(JSON.stringify([kind, values, tiers]), {
          kind,
          outcome,
          // where the values of a published chart lie is part of their syntax
          moved: changes.some(({ path }) => path[0] === 'chart'),
        });
      }
    }
    expect(unclear).toEqual([]);
    expect(refused).toBeGreaterThan(1_000);
    expect(accepted.size).toBeGreaterThan(50);

    const todo = [...accepted.values()];
    const check = async () => {
      for (let one = todo.pop(); one; one = todo.pop()) {
        await isUnchanged(one, usual[one.kind]);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, check));
  });

  async function isUnchanged(
    { kind, outcome, moved }: Accepted,
    usual: Map<string, string>,
  ): Promise<void> {
    const files = await renderSkeletons(outcome, RUNTIME[kind]);
    expect([...files.keys()].sort()).toEqual([...usual.keys()].sort());
    for (const [path, content] of files) {
      if (!path.endsWith('.md') && !(moved && /\/values/.test(path))) {
        expect(`${path} ${syntaxOf(path, content)}`).toBe(
          `${path} ${syntaxOf(path, usual.get(path) ?? '')}`,
        );
      }
    }
    const { description } = outcome.answers;
    const component = parse(files.get('artifact/catalog-info.yaml') ?? '');
    const chart = parse(files.get('chart/Chart.yaml') ?? '');
    expect([component.metadata.description, chart.description]).toEqual([
      description,
      description,
    ]);
  }

  function planned(kind: keyof typeof BASE, answers: JsonObject) {
    try {
      return planAnswers(answers, RUNTIME[kind]);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  function render(kind: keyof typeof BASE, answers: JsonObject) {
    return renderSkeletons(planAnswers(answers, RUNTIME[kind]), RUNTIME[kind]);
  }
});
