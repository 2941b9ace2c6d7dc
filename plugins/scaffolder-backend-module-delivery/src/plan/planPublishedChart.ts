// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { Document } from 'yaml';
import { chartVersionSchema, type Answers } from './answerSchemas';
import type { RuntimeFacts } from './runtimeFacts';

/** How a service uses a chart that others publish. */
export type PublishedChart = {
  name: string;
  version: string;
  repository: string;
  /** The part of values.yaml that belongs to the published chart, as YAML. */
  values: string;
  /** Where it keeps what the template sets for each environment; absent where it has no such value. */
  placement: { replicas?: string; resources?: string; host?: string };
  /** The label whose value is the service's name, on the objects of the chart. */
  selectorLabel: string;
};

/** What stands behind a value that the chart job fills in; its scripts look for it. */
const MARK = ' from image.yaml: ';

/**
 * Plans the use of a published chart: the answers, and where they are silent what is known of
 * the runtime.
 *
 * @throws InputError when the chart is not named by one exact version, or nothing says where
 * its values hold the image.
 */
export function planPublishedChart(
  answers: Answers['chart'],
  runtime: RuntimeFacts,
): PublishedChart {
  const known = runtime.published ?? {};
  const repository = answers.repository ?? known.repository;
  const name = answers.name ?? known.name;
  const version = answers.version ?? known.version;
  if (!repository || !name || !version) {
    throw new InputError(
      'chart.repository, chart.name and chart.version must be given for a published chart; an unpinned one is refused',
    );
  }
  if (!chartVersionSchema.safeParse(version).success) {
    throw new InputError('chart.version must be one exact version');
  }
  // an answered path replaces all that is known of the runtime's usual chart
  const answered = {
    registry: answers.imageRegistry,
    name: answers.imageName,
    tag: answers.imageTag,
    digest: answers.imageDigest,
  };
  const image = Object.values(answered).some(path => path !== undefined)
    ? answered
    : known.image ?? {};
  if (!image.name || !(image.tag ?? image.digest)) {
    throw new InputError(
      'chart.imageName and chart.imageTag must say where the values of the published chart hold the image, such as image.repository and image.tag',
    );
  }
  const placement = {
    replicas: answers.replicas ?? known.replicas,
    resources: answers.resources ?? known.resources,
    host: answers.host ?? known.host,
  };
  return {
    name,
    version,
    repository: repository.replace(/\/+$/, ''),
    values: imageValues(name, image),
    placement: Object.fromEntries(
      Object.entries(placement).flatMap(([key, path]) =>
        path === undefined ? [] : [[key, `${name}.${path}`]],
      ),
    ),
    selectorLabel:
      answers.selectorLabel ??
      known.selectorLabel ??
      'app.kubernetes.io/instance',
  };
}

/** values.yaml of the published chart: the image, each line marked with what fills it in. */
function imageValues(
  chart: string,
  image: { registry?: string; name?: string; tag?: string; digest?: string },
): string {
  const parts: [path: string | undefined, what: string][] = [
    [image.registry, 'registry'],
    [image.name, image.registry ? 'name' : 'full name'],
    [image.tag, image.digest ? 'tag' : 'tag and digest'],
    [image.digest, 'digest'],
  ];
  const document = new Document({});
  const seen: string[] = [];
  for (const [path, what] of parts) {
    if (path === undefined) {
      continue;
    }
    const clash = seen.find(
      other =>
        `${other}.`.startsWith(`${path}.`) ||
        `${path}.`.startsWith(`${other}.`),
    );
    if (clash) {
      throw new InputError(
        `chart: '${clash}' and '${path}' cannot both be parts of the image`,
      );
    }
    seen.push(path);
    const value = document.createNode('none');
    value.comment = `${MARK}${what}`;
    document.setIn([chart, ...path.split('.')], value);
  }
  return document.toString({ lineWidth: 0 }).trimEnd();
}
