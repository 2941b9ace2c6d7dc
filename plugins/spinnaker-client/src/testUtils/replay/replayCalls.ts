// SPDX-License-Identifier: Apache-2.0
import { FakeGate } from '../FakeGate';
import { isJsonMap, Json } from '../model/Json';
import { compareAnswers } from './compareAnswers';
import { RecordedCall, recordedExecutionSchema } from './RecordedCall';

/** A clock that is put to the time of each recorded call. */
export class ReplayClock {
  #now = 0;

  now(): Date {
    return new Date(this.#now);
  }

  /** Puts it to a time; never back. */
  moveTo(ms: number): void {
    this.#now = Math.max(this.#now, ms);
  }
}

/** What one replayed call differed in; nothing when it was the same. */
export interface Replayed {
  name: string;
  differences: string[];
}

/**
 * Makes recorded calls of a fake at the times at which they were made, with the ids that
 * the fake gave in place of the recorded ones.
 */
export async function replayCalls(options: {
  gate: FakeGate;
  clock: ReplayClock;
  calls: RecordedCall[];
  authorization?: string;
  ignore?: string[];
  /** Ids that are known from before: recorded one to the fake's. */
  ids?: Map<string, string>;
}): Promise<Replayed[]> {
  const { gate, clock, calls, authorization, ignore } = options;
  const ids = new Map(options.ids);
  const stages = recordedStages(calls);
  const results: Replayed[] = [];

  for (const call of calls) {
    await passTime({
      gate,
      clock,
      // Some were kept without their time.
      until:
        call.at === 0 ? clock.now().getTime() + 1_000 : call.at - call.took,
    });
    const response = await gate.handle(
      request(call, { ids, stages, gate, authorization }),
    );
    const text = await response.text();
    const body: Json = text === '' ? '' : JSON.parse(text);
    if (isJsonMap(call.body) && isJsonMap(body)) {
      learn(call.body.ref, body.ref, ids);
      learn(call.body.id, body.id, ids);
    }
    const differences = compareAnswers(call.body, body, { ignore });
    if (call.status !== response.status) {
      differences.unshift(
        `${call.status} recorded, ${response.status} answered`,
      );
    }
    results.push({ name: call.name, differences });
  }
  return results;
}

/** Lets the fake live through a time in steps of what it could notice. */
async function passTime(options: {
  gate: FakeGate;
  clock: ReplayClock;
  until: number;
}): Promise<void> {
  const { gate, clock, until } = options;
  while (clock.now().getTime() + 50 < until && clock.now().getTime() > 0) {
    if (until - clock.now().getTime() > 20_000) {
      clock.moveTo(until - 20_000);
    }
    clock.moveTo(clock.now().getTime() + 50);
    await gate.tick();
  }
  clock.moveTo(until);
  await gate.tick();
}

function request(
  call: RecordedCall,
  options: {
    ids: Map<string, string>;
    stages: Map<string, { execution: string; refId: string }>;
    gate: FakeGate;
    authorization?: string;
  },
): Request {
  const { ids, stages, gate, authorization } = options;
  const translate = (text: string) => {
    let translated = text;
    for (const [recorded, actual] of ids) {
      translated = translated.replaceAll(recorded, actual);
    }
    return translated.replace(/[0-9A-Z]{26}/g, id => {
      const stage = stages.get(id);
      const execution = gate.executions.find(
        one => one.id === ids.get(stage?.execution ?? ''),
      );
      return (
        execution?.stages.find(({ refId }) => refId === stage?.refId)?.id ?? id
      );
    });
  };
  const headers = new Headers(call.headers);
  if (headers.has('authorization') && authorization) {
    headers.set(
      'authorization',
      call.name.includes('bad-password') ? 'Basic d3Jvbmc=' : authorization,
    );
  }
  return new Request(`http://gate${translate(call.path)}`, {
    method: call.method,
    headers,
    body: sentBody(call.sent, translate),
  });
}

function sentBody(
  sent: Json | undefined,
  translate: (text: string) => string,
): string | undefined {
  if (sent === undefined || sent === null) {
    return undefined;
  }
  // A text was sent as it is, to see what comes of broken JSON.
  return typeof sent === 'string' ? sent : translate(JSON.stringify(sent));
}

function recordedStages(calls: RecordedCall[]) {
  const stages = new Map<string, { execution: string; refId: string }>();
  for (const { body } of calls) {
    const parsed = recordedExecutionSchema.safeParse(body);
    if (parsed.success) {
      for (const stage of parsed.data.stages) {
        stages.set(stage.id, { execution: parsed.data.id, refId: stage.refId });
      }
    }
  }
  return stages;
}

function learn(
  recorded: Json | undefined,
  actual: Json | undefined,
  ids: Map<string, string>,
): void {
  if (typeof recorded === 'string' && typeof actual === 'string') {
    const last = (text: string) => text.slice(text.lastIndexOf('/') + 1);
    ids.set(last(recorded), last(actual));
  }
}
