// SPDX-License-Identifier: Apache-2.0
import type { Observation } from 'backstage-plugin-delivery-common';
import {
  claimWebhook,
  FakeGate,
  ManualClock,
  type GateState,
} from 'backstage-plugin-spinnaker-client/testUtils';
import { z } from 'zod';
import { BEGIN, recordOf, valuesOf } from '../database/shop';
import { Cluster } from './Cluster';
import type { GateMode } from './GateMode';
import { random } from './random';

const CLAIMS = 'http://portal.test/api/delivery/v1/claims';

/** For how long after the beginning of a run calls fail by chance; milliseconds. */
const TROUBLE_MS = 150_000;

const claimBody = z.object({
  executionId: z.string().optional(),
  promotionId: z.string().nullish(),
});

/** What is done with the portal's answers: who is asked, and whether anybody is there. */
export type Portal = {
  /** Answers a claim, or `undefined` when no replica is alive. */
  ask(question: {
    kind: 'claim' | 'claim-status' | 'claim-cancel';
    executionId: string;
    promotionId?: string;
  }): Promise<unknown>;
};

/**
 * The world around the portal in one run: Spinnaker, its cluster, the time, and
 * the ledgers by which the run is judged.
 */
export class Scene {
  readonly clock = new ManualClock(new Date(BEGIN));
  readonly cluster: Cluster;
  readonly gate: FakeGate;
  /** Executions that were told ADMITTED. */
  readonly admitted = new Set<string>();
  /** Bodies of starts, as they left the portal. */
  readonly starts: string[] = [];
  /** How many calls met a fault. */
  faults = 0;
  readonly #mode: GateMode;
  readonly #random: () => number;
  readonly #seed: number;
  readonly #shown = new Map<string, string>();
  readonly #later: { at: number; request: Request }[] = [];
  #left: number;
  #calm = false;

  constructor(options: {
    mode: GateMode;
    seed: number;
    state: GateState;
    portal: Portal;
  }) {
    const { mode, portal, seed, state } = options;
    this.#mode = mode;
    this.#seed = seed;
    this.#random = random(seed);
    this.#left = 1 + (seed % 2);
    this.cluster = new Cluster({
      fetch: async (input, init) =>
        this.#claim(portal, new Request(input, init)),
    });
    this.gate = new FakeGate({
      clock: this.clock,
      backends: this.cluster,
      access: {
        kind: 'token',
        tokens: { 'portal-token': 'svc-backstage', 'person-token': 'mallory' },
      },
      webhooks: [claimWebhook({ url: CLAIMS, token: 'claim-token' })],
      timing: {
        start: 200 + (seed % 3) * 900,
        bake: 500,
        deploy: 2_000,
        stabilizePoll: 1_000,
      },
      state,
    });
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.clock.now().getTime();
  }

  /** From now on nothing goes wrong. */
  calm(): void {
    this.#calm = true;
    this.gate.clearFaults();
  }

  /** Lets time pass at Spinnaker. */
  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    for (const late of this.#later.filter(one => one.at <= this.now)) {
      this.#later.splice(this.#later.indexOf(late), 1);
      await this.gate.handle(late.request);
    }
    await this.gate.tick();
  }

  /** When something is due at Spinnaker. */
  get due(): number | undefined {
    const { executions, progress } = this.gate.export();
    const times = executions
      .filter(one => ['NOT_STARTED', 'RUNNING'].includes(one.status))
      .flatMap(one => [
        one.status === 'NOT_STARTED' ? this.now + 500 : Infinity,
        ...one.stages
          .filter(stage => stage.status === 'RUNNING')
          .map(stage => progress[stage.id]?.nextAt ?? this.now + 500),
      ])
      .concat(this.#later.map(one => one.at));
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** What an observer has to tell since it was last asked. */
  newObservations(): Observation[] {
    return ['dev', 'staging'].flatMap(environment => {
      const seen = this.cluster.observe(environment, this.now);
      const { observedAt: _, ...rest } = seen;
      const text = JSON.stringify(rest);
      const isNew = this.#shown.get(environment) !== text;
      this.#shown.set(environment, text);
      return isNew ? [seen] : [];
    });
  }

  /** Tells everything again: the replica that heard it may be gone. */
  forgetObservations(): void {
    this.#shown.clear();
  }

  /** The chart job tells Spinnaker of a Release, past the portal. */
  async handOver(release: number, chart?: Buffer): Promise<void> {
    await this.gate.handle(
      new Request('http://gate.test/webhooks/webhook/orders', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          application: 'orders',
          environment: 'dev',
          parameters: {
            chartVersion: `3.8.${release}`,
            valuesBase64: valuesOf(release).toString('base64'),
            valuesDigest: recordOf(release).values.files.dev,
            ...(chart ? { chartBase64: chart.toString('base64') } : {}),
          },
        }),
      }),
    );
  }

  /** Answers a call of the portal, in the mode of this run. */
  async answer(request: Request): Promise<Response | undefined> {
    const { pathname } = new URL(request.url);
    const isStart =
      request.method === 'POST' && /^\/pipelines\//.test(pathname);
    if (isStart) {
      this.starts.push(await request.clone().text());
    }
    const response = await this.#troubled({ request, pathname, isStart });
    if (!response) {
      return undefined;
    }
    const headers = new Headers(response.headers);
    headers.set('x-simulated-now', String(this.now));
    return new Response(await response.arrayBuffer(), {
      status: response.status,
      headers,
    });
  }

  #isHit({ isStart }: { isStart: boolean }): boolean {
    if (this.#calm) {
      return false;
    }
    if (isStart && this.#left > 0) {
      this.#left -= 1;
      return true;
    }
    return (
      this.#seed % 3 === 2 &&
      this.now - BEGIN < TROUBLE_MS &&
      this.#random() < 0.25
    );
  }

  async #troubled(call: {
    request: Request;
    pathname: string;
    isStart: boolean;
  }): Promise<Response | undefined> {
    const { isStart, pathname, request } = call;
    const { gate } = this;
    if (this.#mode === 'status-backwards' || this.#mode === 'ok') {
      return this.#maybeBackwards(request, pathname);
    }
    if (this.#mode === 'cancel-without-effect') {
      return request.method === 'PUT' && !this.#calm
        ? this.#hit(new Response(undefined, { status: 200 }))
        : gate.handle(request);
    }
    if (!this.#isHit({ isStart })) {
      return gate.handle(request);
    }
    this.faults += 1;
    switch (this.#mode) {
      case '500-before':
        return outage(500);
      case '500-after':
        await gate.handle(request);
        return outage(500);
      case 'timeout-before':
        this.clock.advance(30_000);
        return undefined;
      case 'timeout-after':
        await gate.handle(request);
        this.clock.advance(30_000);
        return undefined;
      case 'timeout-late':
        this.clock.advance(30_000);
        if (isStart) {
          this.#later.push({ at: this.now + 80_000, request });
        }
        return undefined;
      case 'slow-30s':
        this.clock.advance(29_000);
        return gate.handle(request);
      case 'twice':
      case 'invisible-60s': {
        const stop = gate.inject({
          effect:
            this.#mode === 'twice'
              ? { kind: 'twice' }
              : { kind: 'invisible', ms: 60_000 },
          times: 1,
        });
        const response = await gate.handle(request);
        stop();
        return response;
      }
      case 'reset-before':
        throw new Error('reset');
      case 'reset-after':
        await gate.handle(request);
        throw new Error('reset');
      case 'malformed':
        await gate.handle(request);
        return new Response('<html>{"ref": 7', {
          status: 200,
          headers: { 'content-type': 'application/json' },
        });
      case '401':
        return new Response(undefined, { status: 401 });
      case '429':
        return new Response('slow down', { status: 429 });
      default:
        return gate.handle(request);
    }
  }

  /** A replica of Gate that is behind shows what was there before. */
  async #maybeBackwards(
    request: Request,
    pathname: string,
  ): Promise<Response | undefined> {
    const isExecution =
      request.method === 'GET' && /^\/pipelines\/\w+$/.test(pathname);
    const response = await this.gate.handle(request);
    if (this.#mode === 'ok' || !isExecution || response.status !== 200) {
      return response;
    }
    const before = this.#shown.get(pathname);
    const text = await response.clone().text();
    const behind =
      before !== undefined &&
      before !== text &&
      !this.#calm &&
      this.#random() < 0.5;
    if (!behind) {
      this.#shown.set(pathname, text);
      return response;
    }
    return this.#hit(
      new Response(before, { status: 200, headers: response.headers }),
    );
  }

  #hit(response: Response): Response {
    this.faults += 1;
    return response;
  }

  async #claim(portal: Portal, request: Request): Promise<Response> {
    const { hostname, pathname } = new URL(request.url);
    if (hostname === 'evil.test') {
      return Response.json({ status: 'ADMITTED', progress: 'Yes' });
    }
    if (request.headers.get('authorization') !== 'Bearer claim-token') {
      return new Response(undefined, { status: 401 });
    }
    const rest = pathname.slice(new URL(CLAIMS).pathname.length + 1);
    const body = claimBody.parse(
      request.method === 'POST' ? await request.json() : {},
    );
    const executionId =
      rest === '' || rest === 'cancel' ? body.executionId ?? '' : rest;
    const kind = kindOf(rest);
    const answer = await portal.ask({
      kind,
      executionId,
      promotionId: body.promotionId ?? undefined,
    });
    if (answer === undefined && kind !== 'claim-cancel') {
      // What stands before the portal either waits for it or refuses.
      if (this.#seed % 2 === 0) {
        return new Response(undefined, { status: 503 });
      }
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    }
    const said = Object(answer);
    if (said.status === 'ADMITTED') {
      this.admitted.add(executionId);
    }
    return Response.json({
      ...said,
      links: { status: `${CLAIMS}/${executionId}` },
    });
  }
}

function kindOf(rest: string): 'claim' | 'claim-status' | 'claim-cancel' {
  switch (rest) {
    case '':
      return 'claim';
    case 'cancel':
      return 'claim-cancel';
    default:
      return 'claim-status';
  }
}

function outage(status: number): Response {
  return Response.json(
    { error: 'Internal Server Error', message: 'Failed to connect', status },
    { status },
  );
}
