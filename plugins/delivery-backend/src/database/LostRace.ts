// SPDX-License-Identifier: Apache-2.0
/** Somebody else changed the row since it was read: read it again. */
export class LostRace extends Error {
  constructor(promotionId: string) {
    super(`Promotion ${promotionId} was changed meanwhile`);
    this.name = 'LostRace';
  }
}
