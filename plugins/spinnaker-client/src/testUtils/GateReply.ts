// SPDX-License-Identifier: Apache-2.0

/** What a route of the fake answers; `undefined` as body is an empty one. */
export interface GateReply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

const REASONS: Record<number, string> = {
  400: 'Bad Request',
  404: 'Not Found',
  409: 'Conflict',
  500: 'Internal Server Error',
};

const HTTP_EXCEPTION =
  'com.netflix.spinnaker.kork.retrofit.exceptions.SpinnakerHttpException';

/** An error in the form in which Gate answers it. */
export class GateFailure extends Error {
  readonly name = 'GateFailure';
  readonly status: number;
  readonly exception: string | undefined;

  constructor(options: {
    status: number;
    message: string;
    /** Java class; the one for an error of a service behind Gate when absent. */
    exception?: string | false;
  }) {
    super(options.message);
    this.status = options.status;
    this.exception =
      options.exception === false
        ? undefined
        : options.exception ?? HTTP_EXCEPTION;
  }

  /** The answer that goes out. */
  toReply(now: Date): GateReply {
    return {
      status: this.status,
      body: {
        error: REASONS[this.status] ?? 'Error',
        exception: this.exception,
        message: this.message,
        status: this.status,
        timestamp: now.toISOString().replace('Z', '+00:00'),
      },
    };
  }
}

/** Thrown for an error that Gate answers without a body. */
export class EmptyGateFailure extends Error {
  readonly name = 'EmptyGateFailure';

  constructor(readonly status: number) {
    super(`Gate answers ${status} without a body`);
  }
}
