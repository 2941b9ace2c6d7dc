// SPDX-License-Identifier: Apache-2.0
import type { JsonMap } from 'backstage-plugin-spinnaker-client/testUtils';
import { recordOf, valuesOf } from '../database/shop';
import type { Scene } from './Scene';

const PIPELINE = 'Deploy to staging';

/** Somebody with EXECUTE and WRITE on the Spinnaker application, past the portal. */
export class Outsider {
  readonly #scene: Scene;
  readonly #token: string;

  constructor(scene: Scene, token = 'person-token') {
    this.#scene = scene;
    this.#token = token;
  }

  /** Starts a saved pipeline by hand; answers the execution's id. */
  async start(
    more: {
      promotionId?: string;
      pipeline?: string;
      application?: string;
      chart?: Buffer;
    } = {},
  ): Promise<string> {
    const { application = 'orders', pipeline = PIPELINE } = more;
    await this.send(
      'POST',
      `/pipelines/${application}/${encodeURIComponent(pipeline)}`,
      {
        type: 'manual',
        parameters: {
          promotionId: more.promotionId ?? '01ARZ3NDEKTSV4RRFFQ69G5FAV',
          chartVersion: '3.8.7',
          valuesBase64: valuesOf(7).toString('base64'),
          valuesDigest: recordOf(7).values.files.staging,
          fingerprint: `sha256:${'f'.repeat(64)}`,
          ...(more.chart ? { chartBase64: more.chart.toString('base64') } : {}),
        },
      },
    );
    return this.#scene.gate.executions.at(-1)?.id ?? '';
  }

  /** Saves the pipeline with another claim stage, or without one. */
  async saveClaim(change: JsonMap | 'removed'): Promise<void> {
    const saved = await this.saved();
    const [claim, ...rest] = saved.stages;
    const stages =
      change === 'removed'
        ? rest.map((stage, index) =>
            index === 0 ? { ...stage, requisiteStageRefIds: [] } : stage,
          )
        : [{ ...claim, ...change }, ...rest];
    await this.send('POST', '/pipelines', { ...saved, stages });
  }

  /** Changes a stage of an execution that runs. */
  async patchClaim(executionId: string, change: JsonMap): Promise<void> {
    const [claim] = this.#stages(executionId);
    await this.send(
      'PATCH',
      `/pipelines/${executionId}/stages/${claim.id}`,
      change,
    );
  }

  /** Runs the last stage of an execution again. */
  async restartDeploy(executionId: string): Promise<void> {
    const deploy = this.#stages(executionId).at(-1);
    await this.send(
      'PUT',
      `/pipelines/${executionId}/stages/${deploy?.id}/restart`,
      {},
    );
  }

  /** The pipeline into staging as it is saved. */
  async saved(): Promise<JsonMap & { stages: JsonMap[] }> {
    const { pipelines } = this.#scene.gate.export();
    const found = pipelines.find(({ name }) => name === PIPELINE) ?? {};
    const stages = Array.isArray(found.stages) ? found.stages : [];
    return {
      ...found,
      stages: stages.filter(
        (stage): stage is JsonMap =>
          typeof stage === 'object' && stage !== null && !Array.isArray(stage),
      ),
    };
  }

  /** One call of Gate with the credentials of this person. */
  async send(method: string, path: string, body: JsonMap): Promise<Response> {
    return this.#scene.gate.handle(
      new Request(`http://gate.test${path}`, {
        method,
        body: JSON.stringify(body),
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${this.#token}`,
        },
      }),
    );
  }

  #stages(executionId: string) {
    return (
      this.#scene.gate.executions.find(({ id }) => id === executionId)
        ?.stages ?? []
    );
  }
}
