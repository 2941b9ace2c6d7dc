// SPDX-License-Identifier: Apache-2.0
import type {
  PromotionKind,
  Release,
  Subject,
} from 'backstage-plugin-delivery-common';
import type { EnvironmentConfig } from '../config/DeliveryConfig';
import { policyHash } from './policyHash';

/**
 * The subject of a Promotion that nobody has looked at yet.
 *
 * @remarks
 * Made where the engine cannot be asked, inside a transaction; the first look
 * replaces it by the real one, which nobody has approved either.
 */
export function firstSubject(given: {
  entityUid: string;
  environment: EnvironmentConfig;
  release: Pick<Release, 'fingerprint'>;
  kind: PromotionKind;
}): Subject {
  return {
    entityUid: given.entityUid,
    environment: given.environment.name,
    releaseFingerprint: given.release.fingerprint,
    runsNow: [],
    pipelineId: '',
    pipelineHash: '',
    policyHash: policyHash(given.environment, given.environment.gates),
    kind: given.kind,
  };
}
