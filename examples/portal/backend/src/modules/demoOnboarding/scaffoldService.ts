// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import type { DemoPerson } from './DemoPerson';
import { until } from './until';

const TEMPLATE = 'template:default/service';

const taskSchema = z.object({
  id: z.string(),
  status: z.string(),
  createdAt: z.string(),
  spec: z.object({ parameters: z.looseObject({ name: z.unknown() }) }),
});
const tasksSchema = z.object({ tasks: z.array(taskSchema) });
type Property = {
  default?: JsonValue;
  properties?: Record<string, Property>;
};
const propertySchema: z.ZodType<Property> = z.looseObject({
  default: z.json().optional(),
  get properties() {
    return z.record(z.string(), propertySchema).optional();
  },
});
const formSchema = z.object({
  steps: z.array(
    z.object({
      schema: z.object({ properties: z.record(z.string(), propertySchema) }),
    }),
  ),
});
const createdSchema = z.object({ id: z.string() });

/**
 * Creates a service with the template, as its developer would.
 *
 * @remarks
 * A task for the same name is taken up rather than started twice, and tried
 * again when it failed.
 *
 * @throws Error when it failed again.
 */
export async function scaffoldService(options: {
  name: string;
  description: string;
  organisation: string;
  sourceHost: string;
  developer: DemoPerson;
  signal: AbortSignal;
}): Promise<void> {
  const { name, developer, signal } = options;
  const before = await newestTask(options);
  if (!before) {
    await developer.request({
      plugin: 'scaffolder',
      path: '/v2/tasks',
      schema: createdSchema,
      body: { templateRef: TEMPLATE, values: await formValues(options) },
      signal,
    });
  } else if (before.status === 'failed' || before.status === 'cancelled') {
    await developer.request({
      plugin: 'scaffolder',
      path: `/v2/tasks/${before.id}/retry`,
      schema: createdSchema,
      body: {},
      signal,
    });
  }
  const status = await until(
    `the template to create ${name}`,
    async () => {
      const task = await newestTask(options);
      return task && !['open', 'processing', 'recovered'].includes(task.status)
        ? task.status
        : undefined;
    },
    signal,
  );
  if (status !== 'completed') {
    throw new Error(
      `The template could not create ${name} (${status}); see its task under Create… → Tasks`,
    );
  }
}

async function newestTask(options: {
  name: string;
  developer: DemoPerson;
  signal: AbortSignal;
}) {
  const { tasks } = await options.developer.request({
    plugin: 'scaffolder',
    path: `/v2/tasks?createdBy=${encodeURIComponent(options.developer.ref)}`,
    schema: tasksSchema,
    signal: options.signal,
  });
  return tasks
    .filter(task => task.spec.parameters.name === options.name)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
}

/** What the form would send: the template's own defaults and what is special here. */
async function formValues(options: {
  name: string;
  description: string;
  organisation: string;
  sourceHost: string;
  developer: DemoPerson;
  signal: AbortSignal;
}) {
  const { steps } = await options.developer.request({
    plugin: 'scaffolder',
    path: '/v2/templates/default/template/service/parameter-schema',
    schema: formSchema,
    signal: options.signal,
  });
  const properties = Object.assign(
    {},
    ...steps.map(step => step.schema.properties),
  );
  return {
    ...defaultsOf(properties),
    name: options.name,
    description: options.description,
    owner: 'group:default/team-orders',
    system: 'system:default/shop',
    organisation: options.organisation,
    sourceHost: options.sourceHost,
  };
}

function defaultsOf(properties: Record<string, Property>): JsonObject {
  const defaults: JsonObject = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = property.properties
      ? defaultsOf(property.properties)
      : property.default;
    if (value !== undefined) {
      defaults[name] = value;
    }
  }
  return defaults;
}
