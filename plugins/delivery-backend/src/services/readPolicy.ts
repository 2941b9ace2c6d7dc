// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type {
  EntityRef,
  ServicePolicy,
} from 'backstage-plugin-delivery-common';
import { describePolicy } from '../domain/describePolicy';
import { gatesFor } from '../domain/gatesFor';
import { policyHash } from '../domain/policyHash';
import { requireService } from './loadService';
import type { ReadRoom } from './ReadRoom';

/** The Gates before an Environment for a Service, merged. */
export async function readPolicy(
  room: Pick<ReadRoom, 'knex' | 'config'>,
  entityRef: EntityRef,
  query: { environment: string },
): Promise<ServicePolicy> {
  const { path, service } = await requireService(room, entityRef);
  const environment = path.environments.find(
    ({ name }) => name === query.environment,
  );
  if (!environment) {
    throw new NotFoundError(
      `${entityRef} has no environment "${query.environment}"`,
    );
  }
  const gates = gatesFor(environment, service, room.config.policies);
  return {
    service: entityRef,
    environment: environment.name,
    hash: policyHash(environment, gates),
    gates: describePolicy(gates),
  };
}
