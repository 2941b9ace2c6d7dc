// SPDX-License-Identifier: Apache-2.0
import { ExecutionStatus } from './schemas/execution';

/** What every call takes. @public */
export interface CallOptions {
  /** Ends the call early. */
  signal?: AbortSignal;
}

/** What to start, and under which idempotency key. @public */
export interface StartPipelineOptions extends CallOptions {
  application: string;
  /** Name or id of the Spinnaker pipeline; an id is found under any application name. */
  pipeline: string;
  /**
   * Spinnaker answers with the same execution while one of this id has not ended, and
   * starts another one afterwards. At most 255 characters.
   */
  correlationId: string;
  parameters: Record<string, string>;
  /** Shown in Spinnaker as who started it; proves nothing. */
  user?: string;
}

/** Which executions to search for. @public */
export interface SearchExecutionsOptions extends CallOptions {
  application: string;
  /** Give it whenever it is known: without it all pipelines of the application are read. */
  pipelineName?: string;
  /** Matched as a regular expression by Spinnaker, so only plain characters are allowed. */
  correlationId?: string;
  parameters?: Record<string, string>;
  /** Earliest time of the trigger. */
  since?: Date;
  statuses?: ExecutionStatus[];
  /** How many, newest first; 10 when absent. */
  size?: number;
  /** With contexts, outputs and tasks. */
  expand?: boolean;
}
