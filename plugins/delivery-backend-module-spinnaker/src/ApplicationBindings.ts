// SPDX-License-Identifier: Apache-2.0
import { DELIVERY_ANNOTATIONS } from 'backstage-plugin-delivery-common';
import type { CallOptions, EngineTarget } from 'backstage-plugin-delivery-node';
import type { SpinnakerClient } from 'backstage-plugin-spinnaker-client';

/** Whether an entity and a Spinnaker application name each other. */
export type ApplicationBinding =
  | { state: 'bound'; application: string }
  | { state: 'missing' | 'refused'; reason: string };

const APPLICATION = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** How long a binding that was seen is relied on, in milliseconds. */
const BOUND_FOR_MS = 30_000;

/** The application that an entity names; the other side has not been asked. */
export function applicationOf(target: EngineTarget): ApplicationBinding {
  const annotation = DELIVERY_ANNOTATIONS.spinnakerApplication;
  const application = target.annotations[annotation];
  if (application === undefined) {
    return {
      state: 'missing',
      reason: `${target.service} has no annotation ${annotation}, which names its Spinnaker application`,
    };
  }
  return APPLICATION.test(application)
    ? { state: 'bound', application }
    : {
        state: 'refused',
        reason: `The annotation ${annotation} of ${target.service} is not the name of a Spinnaker application`,
      };
}

/**
 * Confirms that the application which an entity names also names the entity.
 *
 * @remarks
 * Only a confirmed binding is remembered, and only for a moment: taking the attribute away
 * in Spinnaker takes the application away from the entity.
 */
export class ApplicationBindings {
  readonly #client: SpinnakerClient;
  readonly #now: () => Date;
  readonly #confirmed = new Map<string, number>();
  readonly #asking = new Map<string, Promise<ApplicationBinding>>();

  constructor(options: { client: SpinnakerClient; now(): Date }) {
    this.#client = options.client;
    this.#now = options.now;
  }

  /**
   * Asks Spinnaker, unless it confirmed lately and `fresh` is not wanted; who asks
   * at the same moment gets the same answer.
   */
  async confirm(
    target: EngineTarget,
    options: CallOptions & { fresh?: boolean },
  ): Promise<ApplicationBinding> {
    const named = applicationOf(target);
    if (named.state !== 'bound') {
      return named;
    }
    const { application } = named;
    const key = `${application} ${target.service}`;
    const until = this.#confirmed.get(key) ?? 0;
    if (!options.fresh && until > this.#now().getTime()) {
      return named;
    }
    const asking =
      this.#asking.get(key) ??
      this.#ask({ application, target, key }, options).finally(() =>
        this.#asking.delete(key),
      );
    this.#asking.set(key, asking);
    return asking;
  }

  async #ask(
    question: { application: string; target: EngineTarget; key: string },
    options: CallOptions,
  ): Promise<ApplicationBinding> {
    const { application, key, target } = question;
    const now = this.#now().getTime();
    this.#confirmed.delete(key);
    const found = await this.#client.getApplication(application, options);
    if (!found) {
      return {
        state: 'missing',
        reason: `Spinnaker has no application '${application}', or does not show it to the portal's account`,
      };
    }
    if (found.entityRef !== target.service) {
      return {
        state: 'refused',
        reason: `The Spinnaker application '${application}' does not say that it belongs to ${target.service}; its attribute entityRef must`,
      };
    }
    this.#confirmed.set(key, now + BOUND_FOR_MS);
    return { state: 'bound', application };
  }
}
