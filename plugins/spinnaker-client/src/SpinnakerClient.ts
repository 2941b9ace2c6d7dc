// SPDX-License-Identifier: Apache-2.0
import { InputError, NotFoundError, isError } from '@backstage/errors';
import { z } from 'zod';
import { assertPlain } from './assertPlain';
import {
  CallOptions,
  SearchExecutionsOptions,
  StartPipelineOptions,
} from './callOptions';
import { gatePath } from './gatePath';
import { searchQuery } from './searchQuery';
import {
  GateRequest,
  GateTransport,
  GateTransportOptions,
} from './GateTransport';
import {
  applicationAttributesSchema,
  applicationSchema,
  SpinnakerApplication,
} from './schemas/application';
import {
  executionSchema,
  ExecutionStatus,
  SpinnakerExecution,
} from './schemas/execution';
import {
  accountSchema,
  artifactAccountSchema,
  preconfiguredWebhookSchema,
  SpinnakerAccount,
  SpinnakerArtifactAccount,
  SpinnakerPreconfiguredWebhook,
  SpinnakerUser,
  userSchema,
} from './schemas/installation';
import {
  pipelineConfigSchema,
  SpinnakerPipeline,
} from './schemas/pipelineConfig';
import { SpinnakerTask, taskSchema } from './schemas/task';
import { startOutcome, StartOutcome } from './StartOutcome';
import { waitForTask } from './waitForTask';

/**
 * A client for the parts of Spinnaker's Gate that delivery needs.
 *
 * @remarks
 * Errors are those of `@backstage/errors`; they name the host and what to do, and never a
 * credential. What may be absent is `undefined`, not an error.
 *
 * @public
 */
export class SpinnakerClient {
  readonly #gate: GateTransport;

  private constructor(gate: GateTransport) {
    this.#gate = gate;
  }

  /** Creates a client; throws `InputError` when the options contradict each other. */
  static create(options: GateTransportOptions): SpinnakerClient {
    return new SpinnakerClient(new GateTransport(options));
  }

  /** Host and port of Gate, for messages. */
  get host(): string {
    return this.#gate.host;
  }

  /** All applications, as far as the account may see them. */
  async getApplications(
    options: CallOptions = {},
  ): Promise<SpinnakerApplication[]> {
    return this.#gate.json(
      this.#get('/applications', 'listing applications', options),
      z.array(applicationAttributesSchema),
    );
  }

  /** One application with its custom attributes and permissions. */
  async getApplication(
    name: string,
    options: CallOptions = {},
  ): Promise<SpinnakerApplication | undefined> {
    const found = await this.#optional(
      {
        ...this.#get(
          `/applications${gatePath(name)}`,
          `reading the application '${name}'`,
          options,
        ),
        query: { expand: false },
      },
      applicationSchema,
    );
    return found?.attributes;
  }

  /**
   * Creates an application or updates its attributes, and waits until Spinnaker has done so.
   *
   * Throws when the task of Spinnaker fails or takes longer than `timeoutMs`.
   */
  async saveApplication(
    options: CallOptions & {
      application: { name: string; email: string } & SpinnakerApplication;
      kind: 'create' | 'update';
      /** Milliseconds; 60 000 when absent. */
      timeoutMs?: number;
    },
  ): Promise<void> {
    const { application, kind, signal, timeoutMs } = options;
    const verb = kind === 'create' ? 'creating' : 'updating';
    const taskId = await this.startTask({
      application: application.name,
      description: `${kind === 'create' ? 'Create' : 'Update'} application ${
        application.name
      }`,
      job: [{ type: `${kind}Application`, application }],
      doing: `${verb} the application '${application.name}'`,
      signal,
    });
    await waitForTask({
      read: () => this.getTask(taskId, { signal }),
      doing: `${verb} the application '${application.name}' in Spinnaker at ${this.host}`,
      signal,
      timeoutMs,
    });
  }

  /** Hands Orca a task and returns its id; the task runs afterwards. */
  async startTask(
    options: CallOptions & {
      application: string;
      description: string;
      job: Record<string, unknown>[];
      doing?: string;
    },
  ): Promise<string> {
    const { application, description, job, signal } = options;
    const doing = options.doing ?? `starting the task '${description}'`;
    const { ref } = await this.#gate.json(
      {
        method: 'POST',
        path: '/tasks',
        body: { application, description, job },
        doing,
        signal,
      },
      z.looseObject({ ref: z.string() }),
    );
    return ref.slice(ref.lastIndexOf('/') + 1);
  }

  /** A task by its id; `undefined` while Spinnaker does not show it. */
  async getTask(
    id: string,
    options: CallOptions = {},
  ): Promise<SpinnakerTask | undefined> {
    return this.#optional(
      this.#get(`/tasks${gatePath(id)}`, `reading the task ${id}`, options),
      taskSchema,
    );
  }

  /** The saved Spinnaker pipelines of an application; none for an unknown application. */
  async getPipelines(
    application: string,
    options: CallOptions = {},
  ): Promise<SpinnakerPipeline[]> {
    return this.#gate.json(
      this.#get(
        `/applications${gatePath(application)}/pipelineConfigs`,
        `listing the Spinnaker pipelines of '${application}'`,
        options,
      ),
      z.array(pipelineConfigSchema),
    );
  }

  /** One saved Spinnaker pipeline by its exact name. */
  async getPipeline(
    application: string,
    name: string,
    options: CallOptions = {},
  ): Promise<SpinnakerPipeline | undefined> {
    return this.#optional(
      this.#get(
        `/applications${gatePath(application)}/pipelineConfigs${gatePath(
          name,
        )}`,
        `reading the Spinnaker pipeline '${name}' of '${application}'`,
        options,
      ),
      pipelineConfigSchema,
    );
  }

  /**
   * Saves a whole Spinnaker pipeline: a new one without `id`, otherwise the one of that id.
   *
   * @remarks
   * With an id the save is refused when somebody saved in between (`updateTs` is compared).
   * Names are unique within an application without regard to case.
   */
  async savePipeline(
    pipeline: SpinnakerPipeline,
    options: CallOptions = {},
  ): Promise<void> {
    await this.#gate.text({
      method: 'POST',
      path: '/pipelines',
      query: { staleCheck: pipeline.id !== undefined },
      body: pipeline,
      doing: `saving the Spinnaker pipeline '${pipeline.name}' of '${pipeline.application}'`,
      // Gate itself waits up to 32 s for Orca before it gives up.
      timeoutMs: 60_000,
      signal: options.signal,
    });
  }

  /** Deletes a Spinnaker pipeline; succeeds when there is none of that name. */
  async deletePipeline(
    application: string,
    name: string,
    options: CallOptions = {},
  ): Promise<void> {
    await this.#gate.text({
      method: 'DELETE',
      path: `/pipelines${gatePath(application, name)}`,
      doing: `deleting the Spinnaker pipeline '${name}' of '${application}'`,
      signal: options.signal,
    });
  }

  /**
   * Starts a Spinnaker pipeline and says what is known afterwards.
   *
   * @remarks
   * Throws only when nothing was sent. A signal that is aborted while the call runs gives
   * `unknown`, because Spinnaker carries on with what it has received.
   */
  async startPipeline(options: StartPipelineOptions): Promise<StartOutcome> {
    const { application, pipeline, correlationId, parameters, user, signal } =
      options;
    assertPlain('correlationId', correlationId);
    if (correlationId.length > 255) {
      throw new InputError('A correlationId has at most 255 characters');
    }
    const doing = `starting '${pipeline}' of '${application}'`;
    const answer = await this.#gate.send({
      method: 'POST',
      path: `/pipelines${gatePath(application, pipeline)}`,
      body: { type: 'manual', user, correlationId, parameters },
      doing,
      signal,
    });
    return startOutcome({ answer, host: this.host, doing });
  }

  /** One execution with all details; `undefined` when Spinnaker does not know it (yet). */
  async getExecution(
    id: string,
    options: CallOptions = {},
  ): Promise<SpinnakerExecution | undefined> {
    return this.#optional(
      this.#get(
        `/pipelines${gatePath(id)}`,
        `reading the execution ${id}`,
        options,
      ),
      executionSchema,
    );
  }

  /** The latest executions of each of these Spinnaker pipelines, oldest first. */
  async getExecutions(
    options: CallOptions & {
      pipelineIds: string[];
      /** Per Spinnaker pipeline. */
      limit: number;
      statuses?: ExecutionStatus[];
      expand?: boolean;
    },
  ): Promise<SpinnakerExecution[]> {
    const { pipelineIds, limit, statuses, expand = false, signal } = options;
    if (pipelineIds.length === 0) {
      return [];
    }
    return this.#gate.json(
      {
        ...this.#get('/executions', 'listing executions', { signal }),
        query: {
          pipelineConfigIds: pipelineIds.join(','),
          limit,
          statuses: statuses?.join(','),
          expand,
        },
      },
      z.array(executionSchema),
    );
  }

  /** Searches executions, newest first, the ended ones included. */
  async searchExecutions(
    options: SearchExecutionsOptions,
  ): Promise<SpinnakerExecution[]> {
    const { application, correlationId, signal } = options;
    const found = await this.#gate.json(
      {
        ...this.#get(
          `/applications${gatePath(application)}/executions/search`,
          `searching the executions of '${application}'`,
          { signal },
        ),
        query: searchQuery(options),
      },
      z.array(executionSchema),
    );
    // Spinnaker also matches values that merely look like ours.
    return correlationId === undefined
      ? found
      : found.filter(one => one.trigger.correlationId === correlationId);
  }

  /**
   * Asks for an execution to be cancelled; it ends a moment later, or not at all when it had
   * ended already.
   */
  async cancelExecution(
    id: string,
    options: CallOptions & { reason: string },
  ): Promise<void> {
    await this.#gate.text({
      method: 'PUT',
      path: `/pipelines${gatePath(id)}/cancel`,
      query: { reason: options.reason, force: false },
      doing: `cancelling the execution ${id}`,
      signal: options.signal,
    });
  }

  /** Sends a webhook event; the answer says nothing about executions that it may start. */
  async sendWebhook(
    options: CallOptions & { source: string; payload: Record<string, unknown> },
  ): Promise<void> {
    await this.#gate.text({
      method: 'POST',
      path: `/webhooks/webhook${gatePath(options.source)}`,
      body: options.payload,
      doing: `sending the webhook '${options.source}'`,
      signal: options.signal,
    });
  }

  /** Who Spinnaker takes us for; `undefined` when it asks for credentials and has none. */
  async getUser(options: CallOptions = {}): Promise<SpinnakerUser | undefined> {
    const doing = 'asking who we are';
    const text = await this.#gate.text(this.#get('/auth/user', doing, options));
    return text === ''
      ? undefined
      : this.#gate.parse({ text, doing, schema: userSchema });
  }

  /** The deployment accounts that can be seen. */
  async getAccounts(options: CallOptions = {}): Promise<SpinnakerAccount[]> {
    return this.#gate.json(
      this.#get('/credentials', 'listing accounts', options),
      z.array(accountSchema),
    );
  }

  /** The artifact accounts, chart repositories among them. */
  async getArtifactAccounts(
    options: CallOptions = {},
  ): Promise<SpinnakerArtifactAccount[]> {
    return this.#gate.json(
      this.#get('/artifacts/credentials', 'listing artifact accounts', options),
      z.array(artifactAccountSchema),
    );
  }

  /** The webhooks that the operator configured as Spinnaker stage types. */
  async getPreconfiguredWebhooks(
    options: CallOptions = {},
  ): Promise<SpinnakerPreconfiguredWebhook[]> {
    return this.#gate.json(
      this.#get(
        '/webhooks/preconfigured',
        'listing preconfigured webhooks',
        options,
      ),
      z.array(preconfiguredWebhookSchema),
    );
  }

  #get(path: string, doing: string, options: CallOptions): GateRequest {
    return { method: 'GET', path, doing, signal: options.signal };
  }

  async #optional<T>(
    request: GateRequest,
    schema: z.ZodType<T>,
  ): Promise<T | undefined> {
    try {
      return await this.#gate.json(request, schema);
    } catch (error) {
      if (isError(error) && error.name === NotFoundError.name) {
        return undefined;
      }
      throw error;
    }
  }
}
