// SPDX-License-Identifier: Apache-2.0
import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { DeliveryClient } from 'backstage-plugin-delivery-common';
import { setTimeout as wait } from 'node:timers/promises';
import type { Check } from '../verify/Check';
import { verifyService, type Verification } from '../verify/verifyService';
import { serviceVerifyExamples } from './createServiceVerifyAction.examples';
import { inputFields } from './inputFields';
import { checkServiceName } from './serviceName';

const LOOK_EVERY_MS = 3_000;
const MINUTE_MS = 60_000;

/**
 * The scaffolder action `delivery:service:verify`: asks Jenkins, Spinnaker, the registries and
 * the portal whether everything that a service needs is in place, and waits for its first
 * Release when it is asked to.
 *
 * @public
 */
export function createServiceVerifyAction(options: {
  config: Config;
  discovery: DiscoveryService;
  auth: AuthService;
  /** Milliseconds between two looks while it waits; 3,000 when absent. */
  lookEveryMs?: number;
}) {
  const { config, discovery, auth, lookEveryMs = LOOK_EVERY_MS } = options;
  return createTemplateAction({
    id: 'delivery:service:verify',
    description:
      'Asks Jenkins, Spinnaker, the registries and the portal whether everything a service needs is in place, and waits for its first Release when asked',
    examples: serviceVerifyExamples,
    supportsDryRun: true,
    schema: {
      input: {
        service: z => z.string().describe('The name of the service'),
        entityRef: inputFields.entityRef,
        path: inputFields.path,
        strategy: inputFields.strategy,
        renderer: inputFields.renderer,
        handOver: inputFields.handOver,
        instance: inputFields.instance,
        waitMinutes: z =>
          z
            .number()
            .min(0)
            .max(60)
            .optional()
            .describe(
              'How long to wait until the first Release is verified in every environment that it enters by itself; not at all when absent',
            ),
      },
      output: {
        complete: z => z.boolean().describe('Whether nothing is missing'),
        release: z =>
          z.number().optional().describe('Number of the newest Release'),
        checks: z =>
          z
            .array(
              z.object({
                what: z.string(),
                state: z.string(),
                detail: z.string(),
              }),
            )
            .describe('What was looked at, and what was found'),
      },
    },
    async handler(ctx) {
      const { input, signal, logger } = ctx;
      const service = checkServiceName('service', input.service);
      const entityRef = input.entityRef ?? `component:default/${service}`;
      if (ctx.isDryRun) {
        logger.info(
          `Jenkins, Spinnaker, the registries and the portal would be asked for ${entityRef}`,
        );
        ctx.output('complete', true);
        ctx.output('checks', []);
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      const delivery = new DeliveryClient({
        discoveryApi: discovery,
        fetchApi: {
          fetch: async (address, init) => {
            const { token } = await auth.getPluginRequestToken({
              onBehalfOf: credentials,
              targetPluginId: 'delivery',
            });
            const headers = new Headers(init?.headers);
            headers.set('authorization', `Bearer ${token}`);
            return fetch(address, { ...init, headers });
          },
        },
      });
      const look = () =>
        verifyService({
          config,
          service,
          entityRef,
          path: input.path,
          instance: input.instance,
          strategy: input.strategy,
          renderer: input.renderer,
          handOver: input.handOver,
          delivery: input.waitMinutes === undefined ? undefined : delivery,
          signal,
        });

      const until = Date.now() + (input.waitMinutes ?? 0) * MINUTE_MS;
      let found = await look();
      let told = '';
      while (isWorthWaiting(found) && Date.now() < until) {
        const next = progressOf(found);
        if (next !== told) {
          logger.info(next);
          told = next;
        }
        await wait(lookEveryMs, undefined, { signal });
        found = await look();
      }

      const checks = [...found.wiring, ...found.release];
      const needed = input.waitMinutes === undefined ? found.wiring : checks;
      for (const check of checks) {
        const isLater = check.state === 'missing' && !needed.includes(check);
        logger.info(`${isLater ? 'not yet' : check.state}: ${shown(check)}`);
      }
      const missing = needed.filter(({ state }) => state === 'missing');
      if (missing.length > 0) {
        throw new Error(
          `${service} is not complete. ${missing
            .map(({ what, detail }) => `${what}: ${detail}`)
            .join('. ')}`,
        );
      }
      ctx.output('complete', true);
      ctx.output('checks', checks);
      if (found.number !== undefined) {
        ctx.output('release', found.number);
      }
    },
  });
}

/** Whether the wiring stands and only the first Release has not arrived yet. */
function isWorthWaiting({ wiring, arrived }: Verification): boolean {
  return !arrived && wiring.every(({ state }) => state !== 'missing');
}

/** What is waited for. */
function progressOf({ release }: Verification): string {
  const next = release.find(({ state }) => state !== 'found');
  return next ? `Waiting: ${shown(next)}` : '';
}

function shown({ what, detail }: Check): string {
  return `${what}: ${detail}`;
}
