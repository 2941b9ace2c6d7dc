// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import type { DemoPerson } from './DemoPerson';
import { until } from './until';

const TEMPLATE = 'template:default/service';
const RUNNING = ['open', 'processing', 'recovered'];
const RETRIES = 1;

/** What to create, and as whom. */
export interface ScaffoldServiceOptions {
  name: string;
  description: string;
  organisation: string;
  /** Where the repositories are made. */
  sourceHost: string;
  developer: DemoPerson;
  signal: AbortSignal;
}

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
export async function scaffoldService(
  options: ScaffoldServiceOptions,
): Promise<void> {
  const { name } = options;
  if (!(await newestTask(options))) {
    await createTask(options);
  }
  let status = await untilEnded(options);
  for (
    let retries = 0;
    status !== 'completed' && retries < RETRIES;
    retries++
  ) {
    await retryTask(options);
    status = await untilEnded(options);
  }
  if (status !== 'completed') {
    throw new Error(
      `The template could not create ${name} (${status}); see its task under Create → Tasks`,
    );
  }
}

async function createTask(options: ScaffoldServiceOptions): Promise<void> {
  await options.developer.request({
    plugin: 'scaffolder',
    path: '/v2/tasks',
    schema: createdSchema,
    body: { templateRef: TEMPLATE, values: await formValues(options) },
    signal: options.signal,
  });
}

async function retryTask(options: ScaffoldServiceOptions): Promise<void> {
  const task = await newestTask(options);
  await options.developer.request({
    plugin: 'scaffolder',
    path: `/v2/tasks/${task?.id}/retry`,
    schema: createdSchema,
    body: {},
    signal: options.signal,
  });
}

function untilEnded(options: ScaffoldServiceOptions): Promise<string> {
  return until(
    `the template to create ${options.name}`,
    async () => {
      const task = await newestTask(options);
      return task && !RUNNING.includes(task.status) ? task.status : undefined;
    },
    options.signal,
  );
}

async function newestTask(options: ScaffoldServiceOptions) {
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
async function formValues(options: ScaffoldServiceOptions) {
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
