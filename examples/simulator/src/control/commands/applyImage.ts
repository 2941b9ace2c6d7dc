// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { requireVendor } from '../requireVendor';
import { requireWorkloads } from '../requireWorkloads';

const jsonObject = z.record(z.string(), z.json());
const changeable = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({
        containers: z.array(z.looseObject({ image: z.string() })),
      }),
    }),
  }),
});

/** Changes the image of every Workload of a service in an environment, as `kubectl` would. */
export async function applyImage(
  command: CommandOf<'apply-image'>,
  context: ControlContext,
): Promise<string> {
  const { service, environment } = command;
  const digest = command.digest ?? inventedDigest(context.clock.now());
  const { api, kinds } = requireVendor(context, 'kubernetes');
  const workloads = requireWorkloads(context, command);
  for (const { kind, namespace, name } of workloads) {
    api.change({
      key: { kind: kinds.get(kind), namespace, name },
      change: current => {
        const next = changeable.parse(structuredClone(current));
        for (const container of next.spec.template.spec.containers) {
          container.image = `${withoutVersion(container.image)}@${digest}`;
        }
        return jsonObject.parse(next);
      },
    });
  }
  return `Applied ${digest.slice(
    0,
    19,
  )} by hand to ${service} in ${environment}`;
}

function inventedDigest(now: Date): string {
  const digest = createHash('sha256').update(now.toISOString()).digest('hex');
  return `sha256:${digest}`;
}

/** The name of an image without tag and digest; a port of its registry stays. */
function withoutVersion(image: string): string {
  const [name] = image.split('@');
  const slash = name.lastIndexOf('/');
  const colon = name.indexOf(':', slash + 1);
  return colon < 0 ? name : name.slice(0, colon);
}
