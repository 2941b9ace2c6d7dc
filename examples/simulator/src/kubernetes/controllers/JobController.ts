// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import type { z } from 'zod';
import { formatTime } from '../model/formatTime';
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';
import { isPodActive, isPodReady, podPhase } from '../model/podState';
import { jobSpecSchema } from '../model/workloads';
import type { ObjectKey } from '../store/ObjectStore';
import type { StoreEvent } from '../store/StoreEvent';
import { affectedWorkloads } from './affectedWorkloads';
import type { Controller, ControllerContext } from './Controller';
import { createPod } from './createPod';
import { plain } from './RolloutFaults';
import { withoutZeros } from './withoutZeros';

/** Runs the Pods of a Job until enough of them succeeded or too many failed. */
export class JobController implements Controller {
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  affectedBy(event: StoreEvent): ObjectKey[] {
    return affectedWorkloads(this.#context.kinds.get('Job'), event);
  }

  reconcile(key: ObjectKey): void {
    const { store, faults } = this.#context;
    const job = key.kind.kind === 'Job' ? store.find(key) : undefined;
    if (
      !job ||
      job.metadata.deletionTimestamp !== undefined ||
      isFinished(job)
    ) {
      return;
    }
    const spec = jobSpecSchema.parse(job.spec);
    if (spec.suspend) {
      return;
    }
    const pods = this.#pods(job);
    const succeeded = pods.filter(pod => podPhase(pod) === 'Succeeded').length;
    const failed = pods.filter(pod => podPhase(pod) === 'Failed').length;
    const active = pods.filter(isPodActive).length;
    if (pods.length === 0) {
      const { namespace = '', name, uid } = job.metadata;
      faults.beginRevision({ namespace, name, revision: plain(uid) });
    }
    if (failed <= spec.backoffLimit) {
      const open = spec.completions - succeeded - active;
      const room = spec.parallelism - active;
      for (let count = Math.min(open, room); count > 0; count -= 1) {
        createPod(this.#context, {
          owner: job,
          template: spec.template,
          labels: labelsOf(job),
          component: 'job-controller',
        });
      }
    }
    this.#writeStatus(key, spec);
  }

  #writeStatus(key: ObjectKey, spec: z.infer<typeof jobSpecSchema>): void {
    const { store, clock } = this.#context;
    const now = formatTime(clock.now());
    const job = store.replace(key, live => {
      const pods = this.#pods(live);
      const active = pods.filter(isPodActive);
      const succeeded = pods.filter(
        pod => podPhase(pod) === 'Succeeded',
      ).length;
      const failed = pods.filter(pod => podPhase(pod) === 'Failed').length;
      const before = isJsonObject(live.status) ? live.status : {};
      const complete = succeeded >= spec.completions;
      const conditions = finishedConditions(
        { complete, exhausted: failed > spec.backoffLimit },
        now,
      );
      return {
        ...live,
        status: {
          startTime: before.startTime ?? now,
          ...(complete ? { completionTime: now } : {}),
          ...withoutZeros({
            active: active.length,
            succeeded,
            failed,
            conditions,
          }),
          ready: active.filter(isPodReady).length,
          terminating: 0,
          uncountedTerminatedPods: {},
        },
      };
    });
    if (isFinished(job)) {
      this.#finish(job);
    }
  }

  #finish(job: KubernetesObject): void {
    const { api, kinds, events } = this.#context;
    for (const pod of this.#pods(job).filter(isPodActive)) {
      const { namespace, name } = pod.metadata;
      api.delete({ kind: kinds.get('Pod'), namespace, name });
    }
    const status = isJsonObject(job.status) ? job.status : {};
    const complete = status.completionTime !== undefined;
    events.record({
      about: job,
      type: complete ? 'Normal' : 'Warning',
      reason: complete ? 'Completed' : 'BackoffLimitExceeded',
      message: complete
        ? 'Job completed'
        : 'Job has reached the specified backoff limit',
      component: 'job-controller',
    });
  }

  #pods(job: KubernetesObject): KubernetesObject[] {
    const { owned, kinds } = this.#context;
    return owned.controlledBy(job, kinds.get('Pod'));
  }
}

function labelsOf(job: KubernetesObject): { [key: string]: string } {
  const { name, uid } = job.metadata;
  return {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
}

function isFinished(job: KubernetesObject): boolean {
  const status = isJsonObject(job.status) ? job.status : {};
  const conditions = Array.isArray(status.conditions) ? status.conditions : [];
  return conditions.some(
    each =>
      isJsonObject(each) &&
      (each.type === 'Complete' || each.type === 'Failed'),
  );
}

function finishedConditions(
  outcome: { complete: boolean; exhausted: boolean },
  now: string,
): JsonObject[] {
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    reason,
    message,
    lastProbeTime: now,
    lastTransitionTime: now,
  });
  if (outcome.complete) {
    const message = 'Reached expected number of succeeded pods';
    return [
      condition('SuccessCriteriaMet', 'CompletionsReached', message),
      condition('Complete', 'CompletionsReached', message),
    ];
  }
  return outcome.exhausted
    ? [
        condition(
          'Failed',
          'BackoffLimitExceeded',
          'Job has reached the specified backoff limit',
        ),
      ]
    : [];
}
