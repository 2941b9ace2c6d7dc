// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { SpinnakerVendor } from '../vendors/spinnakerVendor';
import type { StartFault } from '../vendors/StartFaults';

/** What the simulated Spinnaker knows. */
export interface SpinnakerState {
  /** The fault that meets every start until it is lifted. */
  fault: StartFault;
  pipelines: { application: string; name: string }[];
  /** The last Spinnaker executions, newest first. */
  executions: ExecutionState[];
  /** How many deployments were really carried out. */
  deploys: number;
}

/** A Spinnaker execution and its stages. */
export interface ExecutionState {
  id: string;
  application: string;
  name: string;
  status: string;
  user?: string;
  correlationId?: string;
  /** ISO 8601. */
  startedAt: string;
  endedAt?: string;
  stages: {
    id: string;
    refId: string;
    name: string;
    type: string;
    status: string;
  }[];
}

const SHOWN = 20;

const namesSchema = z.object({ application: z.string(), name: z.string() });
const triggerSchema = z.object({ correlationId: z.string().optional() });

/** Reads the saved pipelines and the last executions. */
export function readSpinnaker(vendor: SpinnakerVendor): SpinnakerState {
  const { pipelines, executions, deploys } = vendor.gate.export();
  return {
    fault: vendor.starts.lasting,
    pipelines: pipelines.map(one => namesSchema.parse(one)),
    executions: executions
      .slice(-SHOWN)
      .reverse()
      .map(execution => ({
        id: execution.id,
        application: execution.application,
        name: execution.name ?? '',
        status: execution.status,
        user: execution.authentication.user,
        correlationId: triggerSchema.parse(execution.trigger).correlationId,
        startedAt: timeOf(execution.startTime ?? execution.buildTime),
        endedAt:
          execution.endTime === undefined
            ? undefined
            : timeOf(execution.endTime),
        stages: execution.stages
          .filter(({ syntheticStageOwner }) => !syntheticStageOwner)
          .map(({ id, refId, name, type, status }) => ({
            id,
            refId,
            name,
            type,
            status,
          })),
      })),
    deploys: deploys.length,
  };
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
