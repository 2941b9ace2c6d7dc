// SPDX-License-Identifier: Apache-2.0
import { ApprovalDesk } from './ApprovalDesk';
import { LaneDesk } from './LaneDesk';
import { PromotionDesk } from './PromotionDesk';
import type { PromotionService } from './PromotionService';
import { RequestDesk } from './RequestDesk';
import { SteeringDesk } from './SteeringDesk';

/**
 * Everything that changes where a Service is; knows nothing of permissions.
 *
 * @remarks
 * One desk for each kind of act; this is only where they are found.
 */
export class DefaultPromotionService implements PromotionService {
  readonly #requests: RequestDesk;
  readonly #approvals: ApprovalDesk;
  readonly #steering: SteeringDesk;
  readonly #lanes: LaneDesk;

  constructor(options: ConstructorParameters<typeof PromotionDesk>[0]) {
    const desk = new PromotionDesk(options);
    this.#requests = new RequestDesk(desk);
    this.#approvals = new ApprovalDesk(desk);
    this.#steering = new SteeringDesk(desk);
    this.#lanes = new LaneDesk(desk);
  }

  readonly preview: PromotionService['preview'] = (...args) =>
    this.#requests.preview(...args);

  readonly request: PromotionService['request'] = (...args) =>
    this.#requests.request(...args);

  readonly decide: PromotionService['decide'] = (...args) =>
    this.#approvals.decide(...args);

  readonly override: PromotionService['override'] = (...args) =>
    this.#approvals.override(...args);

  readonly review: PromotionService['review'] = (...args) =>
    this.#approvals.review(...args);

  readonly cancel: PromotionService['cancel'] = (...args) =>
    this.#steering.cancel(...args);

  readonly resolve: PromotionService['resolve'] = (...args) =>
    this.#steering.resolve(...args);

  readonly acknowledge: PromotionService['acknowledge'] = (...args) =>
    this.#lanes.acknowledge(...args);

  readonly hold: PromotionService['hold'] = (...args) =>
    this.#lanes.hold(...args);

  readonly liftHold: PromotionService['liftHold'] = (...args) =>
    this.#lanes.liftHold(...args);

  readonly mark: PromotionService['mark'] = (...args) =>
    this.#lanes.mark(...args);
}
