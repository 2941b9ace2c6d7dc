// SPDX-License-Identifier: Apache-2.0
import type {
  AuditLine,
  AuditVerification,
} from 'backstage-plugin-delivery-common';
import { readLines } from '../database/readLines';
import { verifyLog } from '../database/verifyLog';
import type { Seal } from '../domain/chain';
import { examineSetup, type DoctorRoom } from './examineSetup';
import type { OperatorView } from './OperatorView';

/** Reads what is stored, and asks the engine about itself. */
export class DefaultOperatorView implements OperatorView {
  readonly #room: DoctorRoom;
  readonly #seal: Seal;

  constructor(options: { room: DoctorRoom; seal: Seal }) {
    this.#room = options.room;
    this.#seal = options.seal;
  }

  examine() {
    return examineSetup(this.#room);
  }

  async verifyAudit(): Promise<AuditVerification> {
    const finding = await verifyLog(this.#room.knex, this.#seal);
    return { ...finding, checkedAt: this.#room.clock.now().toISOString() };
  }

  async exportAudit(query: {
    after: number;
    limit?: number;
  }): Promise<AsyncIterable<AuditLine>> {
    return readLines(this.#room.knex, query);
  }
}
