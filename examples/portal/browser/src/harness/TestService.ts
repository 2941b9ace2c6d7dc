// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import {
  isFinal,
  type EnvironmentDelivery,
  type Promotion,
  type PromotionDetail,
  type ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import type { Portal } from './Portal';
import { until } from './until';

const taskSchema = z.object({ id: z.string(), status: z.string() });
const eventsSchema = z.array(
  z.object({ body: z.looseObject({ message: z.string().optional() }) }),
);

const WAIT_MS = 120_000;

/** A service of the portal under test, driven through the public API. */
export class TestService {
  readonly name: string;
  readonly ref: string;
  readonly #portal: Portal;

  constructor(portal: Portal, name: string) {
    this.#portal = portal;
    this.name = name;
    this.ref = `component:default/${name}`;
  }

  /** Creates a service with the template and waits until it is verified in dev. */
  static async create(
    portal: Portal,
    name: string,
    answers: Record<string, unknown> = {},
  ): Promise<TestService> {
    const service = new TestService(portal, name);
    await service.scaffold(answers);
    await service.untilVerified('dev');
    return service;
  }

  /** Waits until the catalog has the template, shortly after the first start. */
  async untilCreatable(): Promise<void> {
    const ben = this.#portal.as('ben');
    await until(
      async () => {
        const template = await ben.send(
          'GET',
          '/api/catalog/entities/by-name/template/default/service',
        );
        return template.status === 200;
      },
      { what: 'the Service template' },
    );
  }

  /** Runs the template as Ben and waits until it has ended well. */
  async scaffold(answers: Record<string, unknown> = {}): Promise<void> {
    await this.untilCreated(await this.startCreation(answers));
  }

  /** Starts the template as Ben and gives the id of its task. */
  async startCreation(answers: Record<string, unknown> = {}): Promise<string> {
    const ben = this.#portal.as('ben');
    await this.untilCreatable();
    const created = await ben.send('POST', '/api/scaffolder/v2/tasks', {
      body: {
        templateRef: 'template:default/service',
        values: {
          name: this.name,
          owner: 'group:default/team-orders',
          system: 'system:default/shop',
          description: `The service ${this.name}`,
          sourceHost: `localhost:${this.#portal.ports.github}`,
          organisation: 'northwind',
          runtime: 'http-service',
          baseImage: 'node:22-alpine',
          port: 8080,
          healthPath: '/healthz',
          tiers: {
            development: { replicas: 1 },
            staging: { replicas: 2 },
            production: { replicas: 3 },
          },
          ...answers,
        },
      },
    });
    return z.object({ id: z.string() }).parse(created.body).id;
  }

  /** What a task of the template has said. */
  async saidBy(task: string): Promise<string[]> {
    const events = await this.#portal
      .as('ben')
      .get(`/api/scaffolder/v2/tasks/${task}/events`, eventsSchema);
    return events.map(event => event.body.message ?? '');
  }

  /** Waits until a task of the template has ended well. */
  async untilCreated(id: string): Promise<void> {
    const ben = this.#portal.as('ben');
    const ended = await until(
      async () => {
        const task = await ben.get(
          `/api/scaffolder/v2/tasks/${id}`,
          taskSchema,
        );
        return ['open', 'processing'].includes(task.status) ? undefined : task;
      },
      { what: `the template to create ${this.name}`, within: WAIT_MS },
    );
    if (ended.status !== 'completed') {
      throw new Error(`The template ended "${ended.status}" for ${this.name}`);
    }
  }

  /** The service as one of the demo users sees it. */
  read(as = 'ben'): Promise<ServiceDelivery> {
    return this.#portal.as(as).delivery.getService(this.ref);
  }

  /** One Environment of it. */
  async environment(name: string): Promise<EnvironmentDelivery> {
    const { environments } = await this.read();
    const found = environments.find(each => each.name === name);
    if (!found) {
      throw new Error(`${this.name} has no environment ${name}`);
    }
    return found;
  }

  /** Waits until something is true of the service. */
  async until(
    what: string,
    holds: (service: ServiceDelivery) => boolean,
    within = WAIT_MS,
  ): Promise<ServiceDelivery> {
    return until(
      async () => {
        const service = await this.read();
        return holds(service) ? service : undefined;
      },
      { what, within },
    );
  }

  /** Waits until a Release (any, or one of this number or newer) is verified there. */
  async untilVerified(environment: string, atLeast = 1): Promise<number> {
    const service = await this.until(
      `${this.name} to be verified in ${environment}`,
      ({ environments }) =>
        environments.some(
          each =>
            each.name === environment &&
            each.deployment?.verifiedAt !== undefined &&
            each.deployment.releaseNumber >= atLeast,
        ),
    );
    return (
      service.environments.find(each => each.name === environment)?.deployment
        ?.releaseNumber ?? 0
    );
  }

  /** Asks for what is verified in the Environment before to enter this one. */
  async ask(environment: string, as = 'ben'): Promise<Promotion> {
    const service = await this.until(`a way into ${environment}`, ({ doors }) =>
      doors.some(
        door => door.to === environment && door.subject && door.candidate,
      ),
    );
    const door = service.doors.find(each => each.to === environment);
    if (!door?.candidate) {
      throw new Error(`Nothing can enter ${environment}`);
    }
    return this.#portal.as(as).delivery.createPromotion({
      service: this.ref,
      environment,
      releaseId: door.candidate.id,
      subject: door.subject,
      reason: `Bring release ${door.candidate.number} to ${environment}`,
      idempotencyKey: randomUUID(),
    });
  }

  /** Approves a Promotion as it stands now. */
  async approve(promotion: { id: string }, as: string): Promise<void> {
    const { delivery } = this.#portal.as(as);
    const subject = await until(
      async () => (await delivery.getPromotion(promotion.id)).currentSubject,
      { what: 'the subject of the promotion' },
    );
    await delivery.decide(promotion.id, { verdict: 'approve', subject });
  }

  /** Waits until a Promotion has ended. */
  async untilEnded(promotion: { id: string }): Promise<PromotionDetail> {
    const { delivery } = this.#portal.as('ben');
    return until(
      async () => {
        const detail = await delivery.getPromotion(promotion.id);
        return isFinal(detail.phase) ? detail : undefined;
      },
      { what: `promotion ${promotion.id} to end`, within: WAIT_MS },
    );
  }

  /** Asks, has it approved and waits for the end. */
  async promote(
    environment: string,
    approvers: string[],
  ): Promise<PromotionDetail> {
    const promotion = await this.ask(environment);
    for (const approver of approvers) {
      await this.approve(promotion, approver);
    }
    return this.untilEnded(promotion);
  }
}
