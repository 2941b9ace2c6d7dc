// SPDX-License-Identifier: Apache-2.0
import type { EntityRef } from 'backstage-plugin-delivery-common';
import type { ConfiguredGate } from '../config/DeliveryConfig';
import { builtInGates } from '../gates/builtInGates';
import type { OutsideFacts } from './DefaultDecisionService';
import type { OpenRecord } from './ServiceMemory';

const known = new Set<unknown>(builtInGates);

/**
 * Who of all people sees something else of a Service than everybody who may do
 * the same.
 *
 * @remarks
 * Those are the people whom a Decision knows by name: who can approve, who did,
 * who asked, who wrote. A Gate that does not come with delivery may know anybody.
 */
export class Involvement {
  readonly #people = new Set<EntityRef>();
  #anybody = false;

  /** Adds those whom a Decision knows. */
  addDecision(
    gates: readonly ConfiguredGate[],
    outside: Pick<OutsideFacts, 'authors' | 'people'>,
  ): void {
    this.#anybody ||= gates.some(({ gate }) => !known.has(gate));
    this.#add(outside.authors);
    for (const people of outside.people.values()) {
      this.#add(people);
    }
  }

  /** Adds those who had to do with a Promotion that has not ended. */
  addPromotion(
    promotion: { requestedBy?: EntityRef },
    given: Partial<Pick<OpenRecord, 'approvals' | 'overrides'>>,
  ): void {
    this.#add(promotion.requestedBy ? [promotion.requestedBy] : []);
    this.#add((given.approvals ?? []).map(({ by }) => by));
    this.#add((given.overrides ?? []).map(({ by }) => by));
  }

  /** Whether the page of a person may differ; `undefined` is nobody in person. */
  includes(person: EntityRef | undefined): boolean {
    return this.#anybody || (person !== undefined && this.#people.has(person));
  }

  #add(people: readonly EntityRef[]): void {
    people.forEach(person => this.#people.add(person));
  }
}
