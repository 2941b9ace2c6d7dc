// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { assembleEngine } from 'backstage-plugin-delivery-backend/testUtils';
import { systemClock, type CdEngine } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { z } from 'zod';
import { CHARTS, CONFIG, PEOPLE } from './shop';

const principalSchema = z.object({ userEntityRef: z.string() });

const userInfo: UserInfoService = {
  async getUserInfo({ principal }) {
    const { userEntityRef } = principalSchema.parse(principal);
    return { userEntityRef, ownershipEntityRefs: [userEntityRef] };
  },
};

const logger: LoggerService = {
  error: (message, meta) =>
    process.stderr.write(`${message} ${meta ? String(meta) : ''}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info: () => {},
  debug: () => {},
  child: () => logger,
};

/** Who asks in every measurement. */
export const BEN = {
  credentials: {
    $$type: '@backstage/BackstageCredentials' as const,
    principal: { type: 'user', userEntityRef: 'user:default/ben' },
  },
};

/** The promotion engine of delivery as the plugin puts it together. */
export function openEngine(options: {
  knex: Knex;
  engine: CdEngine;
}): ReturnType<typeof assembleEngine> {
  const parts: ReturnType<typeof assembleEngine> = assembleEngine({
    ...options,
    clock: systemClock,
    config: CONFIG,
    people: PEOPLE,
    charts: CHARTS,
    userInfo,
    logger,
    wake: id => {
      parts.reconciler.reconcile(id).catch(error => logger.error(error));
    },
  });
  return parts;
}
