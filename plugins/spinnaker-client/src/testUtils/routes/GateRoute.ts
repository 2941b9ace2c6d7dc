// SPDX-License-Identifier: Apache-2.0
import { GateState } from '../model/GateState';
import { Json, JsonMap, jsonMapSchema } from '../model/Json';
import { PreconfiguredWebhook } from '../model/PreconfiguredWebhook';
import { OrcaEngine } from '../orca/OrcaEngine';
import { OrcaWorld } from '../orca/StageDefinition';
import { EmptyGateFailure, GateReply } from '../GateReply';

/** What the routes of the fake share. */
export interface GateContext {
  state: GateState;
  engine: OrcaEngine;
  world: OrcaWorld;
  webhooks: PreconfiguredWebhook[];
  /** Milliseconds since the epoch. */
  now(): number;
  newId(): string;
  newUuid(): string;
  /** Whether the same call arrives once more at this moment: Orca does not see the other one. */
  racing: boolean;
  /** Whether an execution is being hidden from readers for a while. */
  isHidden(executionId: string): boolean;
}

/** One request, taken apart. */
export interface GateCall {
  params: string[];
  query: URLSearchParams;
  contentType: string | undefined;
  text: string;
  user: string;
}

/** One route of Gate: `:` in the pattern stands for one path segment. */
export interface GateRoute {
  method: string;
  pattern: string;
  handle(call: GateCall, context: GateContext): GateReply | Promise<GateReply>;
}

/**
 * The JSON object in a body.
 *
 * Throws what Gate answers otherwise: 415 for another type, 400 for anything that is not an
 * object. Without a body the fallback counts, or 400 when there is none.
 */
export function bodyOf(call: GateCall, fallback?: JsonMap): JsonMap {
  if (call.text === '') {
    if (!fallback) {
      throw new EmptyGateFailure(400);
    }
    return fallback;
  }
  if (call.contentType && !call.contentType.includes('json')) {
    throw new EmptyGateFailure(415);
  }
  let parsed: Json;
  try {
    parsed = JSON.parse(call.text);
  } catch {
    throw new EmptyGateFailure(400);
  }
  const object = jsonMapSchema.safeParse(parsed);
  if (!object.success || Array.isArray(parsed)) {
    throw new EmptyGateFailure(400);
  }
  return object.data;
}
