// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { environmentNameSchema } from 'backstage-plugin-delivery-common';
import type { Gate } from 'backstage-plugin-delivery-node';
import { z } from 'zod';
import { faultsOf, pathText, refusal, type ConfigFault } from './ConfigFault';
import type { DeliveryConfig, PathConfig } from './DeliveryConfig';
import { durationSchema } from '../domain/durationSchema';
import { linksSchema } from './linksSchema';
import { loadCalendars } from './loadCalendars';
import { readPath } from './readPath';
import { readPolicies } from './readPolicies';

/** Sections that are read by the modules of these vendors, never here. */
const VENDOR_SECTIONS = ['jenkins', 'spinnaker', 'kubernetes'];

const timingSchema = z.strictObject({
  sweep: durationSchema.default(20_000),
  reconcile: durationSchema.default(1_000),
  quarantine: durationSchema.default(180_000),
  adoptionGrace: durationSchema.default(60_000),
  bypassGrace: durationSchema.default(20_000),
  expiry: durationSchema.default(86_400_000),
});

const auditSchema = z.strictObject({
  key: z
    .string()
    .min(16, 'must be a secret of at least 16 characters')
    .optional(),
});

const outboundSchema = z.strictObject({
  hosts: z
    .array(
      z
        .string()
        .toLowerCase()
        .regex(
          /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/,
          'must be a host, with its port when it is not the usual one',
        ),
    )
    .default([]),
});

const pathsSchema = z.record(
  environmentNameSchema,
  z.strictObject({ environments: z.unknown().optional() }),
);

/**
 * Reads the `delivery:` section into typed values.
 *
 * @param options - `gates` are the gate types there are; `sections` the ids of
 * engines, build sources and observers, whose own sections are left to them.
 * @throws InputError that names every fault with its path, all of them at once.
 */
export function readDeliveryConfig(
  root: Config,
  options: { gates: Iterable<Gate>; sections?: readonly string[] },
): DeliveryConfig {
  const types = new Map(
    [...options.gates].map(gate => [gate.type, gate] as const),
  );
  const sections = [...VENDOR_SECTIONS, ...(options.sections ?? [])];
  const schema = z.strictObject({
    environments: z.unknown().optional(),
    paths: pathsSchema.default({}),
    policies: z.array(z.unknown()).default([]),
    links: linksSchema.default([]),
    outbound: outboundSchema.prefault({}),
    audit: auditSchema.prefault({}),
    timing: timingSchema.prefault({}),
    ...Object.fromEntries(sections.map(name => [name, z.unknown().optional()])),
  });
  const loaded = loadCalendars(root.getOptional('delivery') ?? {}, [
    'delivery',
  ]);
  const parsed = schema.safeParse(loaded.written);
  const faults: ConfigFault[] = [...loaded.faults];
  const paths = new Map<string, PathConfig>();
  const add = (name: string, written: unknown, at: PropertyKey[]) => {
    const read = readPath(written, { name, types, at: ['delivery', ...at] });
    faults.push(...read.faults);
    paths.set(name, read.path);
  };
  if (!parsed.success) {
    faults.push(...faultsOf(parsed.error, ['delivery']));
    add('default', root.getOptional('delivery.environments') ?? [], [
      'environments',
    ]);
  } else {
    const { environments, paths: named } = parsed.data;
    if (environments !== undefined || Object.keys(named).length === 0) {
      add('default', environments ?? [], ['environments']);
    }
    for (const [name, path] of Object.entries(named)) {
      if (paths.has(name)) {
        faults.push({
          path: pathText(['delivery', 'paths', name]),
          message: 'delivery.environments is the path of this name already',
        });
      } else {
        add(name, path.environments ?? [], ['paths', name, 'environments']);
      }
    }
  }
  const policies = readPolicies(parsed.success ? parsed.data.policies : [], {
    types,
    path: ['delivery', 'policies'],
  });
  faults.push(...policies.faults);
  if (faults.length > 0 || !parsed.success) {
    throw refusal(faults);
  }
  const { audit, links, outbound, timing } = parsed.data;
  return {
    paths,
    policies: policies.policies,
    links,
    audit,
    outbound,
    timing,
  };
}
