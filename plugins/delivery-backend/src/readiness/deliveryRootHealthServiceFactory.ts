// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createServiceFactory,
  type RootHealthService,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import { deliveryReadinessServiceRef } from './deliveryReadinessServiceRef';

const OK = { status: 200, payload: { status: 'ok' } };

const notReady = (message: string) => ({
  status: 503,
  payload: { message, status: 'error' },
});

/**
 * Lets `GET /.backstage/health/v1/readiness` tell whether this replica can serve
 * delivery.
 *
 * @remarks
 * Takes the place of Backstage's own health service, and says what that says as
 * well: not ready before the backend has started and while it shuts down.
 * Liveness does not depend on delivery, so nobody restarts a replica for it.
 *
 * @public
 */
export const deliveryRootHealthServiceFactory: ServiceFactory<
  RootHealthService,
  'root',
  'singleton'
> = createServiceFactory({
  service: coreServices.rootHealth,
  deps: {
    lifecycle: coreServices.rootLifecycle,
    readiness: deliveryReadinessServiceRef,
  },
  factory({ lifecycle, readiness }): RootHealthService {
    let state: 'init' | 'up' | 'down' = 'init';
    lifecycle.addStartupHook(() => {
      state = 'up';
    });
    lifecycle.addBeforeShutdownHook(() => {
      state = 'down';
    });
    return {
      async getLiveness() {
        return OK;
      },
      async getReadiness() {
        if (state === 'init') {
          return notReady('Backend has not started yet');
        }
        if (state === 'down') {
          return notReady('Backend is shutting down');
        }
        const reason = await readiness.reason();
        return reason === undefined ? OK : notReady(reason);
      },
    };
  },
});
