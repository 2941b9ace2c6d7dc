// SPDX-License-Identifier: Apache-2.0
import { ApplyResult, BakeResult, GateBackends } from '../model/GateBackends';
import { isJsonMap, Json, JsonMap } from '../model/Json';
import { parseManifestName } from '../orca/stages/manifestName';
import { RecordedExecution } from './RecordedCall';

type Stage = RecordedExecution['stages'][number];

/** The world as it must have been for an execution to end as it was recorded. */
export class RecordedWorld implements GateBackends {
  readonly #recorded: RecordedExecution;
  #polls = 0;

  constructor(recorded: RecordedExecution) {
    this.#recorded = recorded;
  }

  accounts(): string[] {
    return ['rig', 'rig-limited'];
  }

  async bake(): Promise<BakeResult> {
    const bake = this.#stage('bakeManifest');
    const details = map(map(bake?.context.exception).details);
    if (details.kind === 'HTTP') {
      return {
        kind: 'failed',
        status: Number(details.status),
        message: 'as recorded',
      };
    }
    const deploy = this.#stage('deployManifest');
    const manifests = Array.isArray(deploy?.context.manifests)
      ? deploy.context.manifests
      : [{ kind: 'ConfigMap', metadata: { name: 'demo' } }];
    return {
      kind: 'baked',
      yaml: manifests.map(one => JSON.stringify(one)).join('\n---\n'),
    };
  }

  async applyManifest(request: { manifest: JsonMap }): Promise<ApplyResult> {
    return this.#refusal() ?? { kind: 'applied', manifest: request.manifest };
  }

  async deleteManifests(): Promise<{ kind: string; name: string }[]> {
    const stage = this.#stage('deleteManifest');
    const names = map(stage?.context['outputs.manifestNamesByNamespace']);
    return Object.values(names)
      .flatMap(one => (Array.isArray(one) ? one.map(String) : []))
      .map(parseManifestName);
  }

  async undoRollout(): Promise<ApplyResult> {
    return this.#refusal() ?? { kind: 'applied', manifest: {} };
  }

  async readManifest(request: {
    kind: string;
    name: string;
  }): Promise<JsonMap | undefined> {
    if (request.kind === 'Job') {
      this.#polls += 1;
      if (this.#polls === 1) {
        return { kind: 'Job', status: {} };
      }
      return { kind: 'Job', status: { conditions: this.#jobConditions() } };
    }
    const { kind } = request;
    const name = `${kind.charAt(0).toLowerCase()}${kind.slice(1)} ${
      request.name
    }`;
    const failed = this.#named('failedManifests', name);
    const ready = this.#named('stableManifests', name);
    return {
      kind,
      spec: { replicas: 1 },
      status: {
        replicas: 1,
        updatedReplicas: 1,
        readyReplicas: ready ? 1 : 0,
        availableReplicas: ready ? 1 : 0,
        conditions: failed
          ? [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }]
          : [],
      },
    };
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const stage = this.#recorded.stages.find(
      one => one.context.webhook !== undefined || one.context.monitorOnly,
    );
    const webhook = map(stage?.context.webhook);
    return init?.method === 'GET' && stage?.type !== 'webhook'
      ? this.#monitor(String(input), stage, webhook)
      : answer(withStatusUrl(webhook, stage?.context.statusEndpoint));
  };

  #monitor(url: string, stage: Stage | undefined, webhook: JsonMap): Response {
    const monitor = map(webhook.monitor);
    const exception = map(stage?.context.exception);
    if (JSON.stringify(exception).includes('can not be null')) {
      return new Response(null, { status: 204 });
    }
    // Before a patch pointed it elsewhere, the address given at first was asked.
    if (
      url !== stage?.context.statusEndpoint ||
      webhook.monitor === undefined
    ) {
      return answer({ body: webhook.body ?? '', statusCodeValue: 200 });
    }
    const past = Array.isArray(monitor.pastStatusCodes)
      ? monitor.pastStatusCodes
      : [];
    const code = past[this.#polls];
    this.#polls += 1;
    return typeof code === 'number'
      ? new Response('{}', { status: code })
      : answer(monitor);
  }

  #stage(type: string): Stage | undefined {
    return this.#recorded.stages.find(one => one.type === type);
  }

  #refusal(): ApplyResult | undefined {
    const message = this.#recorded.stages
      .flatMap(({ context }) => list(context['kato.tasks']))
      .map(task => map(map(task).exception).message)
      .find(one => typeof one === 'string');
    return message === undefined
      ? undefined
      : { kind: 'refused', message: 'as recorded' };
  }

  #named(key: string, name: string): boolean {
    return this.#recorded.stages.some(({ context }) =>
      list(context[key]).some(one => map(one).manifestName === name),
    );
  }

  #jobConditions(): JsonMap[] {
    const state = this.#recorded.stages
      .map(({ context }) => map(context.jobStatus).jobState)
      .find(one => one !== undefined);
    switch (state) {
      case 'Succeeded':
        return [{ type: 'Complete', status: 'True' }];
      case 'Failed':
        return [{ type: 'Failed', status: 'True', reason: 'a', message: 'b' }];
      default:
        return [];
    }
  }
}

/** A patch may have overwritten the answer that named the address. */
function withStatusUrl(webhook: JsonMap, url: Json | undefined): JsonMap {
  const body = webhook.body;
  return isJsonMap(body) && body.links === undefined && url !== undefined
    ? { ...webhook, body: { ...body, links: { status: url } } }
    : webhook;
}

function answer(recorded: JsonMap): Response {
  const error = String(recorded.error ?? '');
  const status = Number(
    recorded.statusCodeValue ??
      /(?:: |with status code )(4\d\d)/.exec(error)?.[1],
  );
  if (error.includes('JSON parse error')) {
    return json('{"status":', 200);
  }
  if (Number.isNaN(status)) {
    throw Object.assign(new TypeError('fetch failed'), {
      cause: { code: 'ECONNRESET' },
    });
  }
  const { body } = recorded;
  if (typeof body === 'string') {
    return new Response(body, {
      status,
      headers: { 'content-type': 'text/html' },
    });
  }
  return json(body === undefined ? '' : JSON.stringify(body), status);
}

function json(text: string, status: number): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

function map(value: Json | undefined): JsonMap {
  return isJsonMap(value) ? value : {};
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
