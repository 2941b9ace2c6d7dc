// SPDX-License-Identifier: Apache-2.0
import type { ClaimAnswer } from 'backstage-plugin-delivery-common';

/** Answers the engine's question whether an Execution may enter an Environment. */
export interface ClaimService {
  /**
   * The answer to a claim; asking again for the same Execution gives the same
   * final answer.
   *
   * @throws ServiceUnavailableError while it cannot be decided yet at all.
   */
  claim(question: {
    executionId: string;
    promotionId?: string;
  }): Promise<Pick<ClaimAnswer, 'status' | 'progress'>>;
  /** Where a claim stands; decides it when it could not be decided before. */
  status(
    executionId: string,
  ): Promise<Pick<ClaimAnswer, 'status' | 'progress'>>;
  /** The engine gave the Execution up before it was admitted. */
  withdraw(executionId: string): Promise<void>;
}
