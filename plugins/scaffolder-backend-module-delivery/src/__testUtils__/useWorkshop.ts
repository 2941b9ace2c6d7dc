// SPDX-License-Identifier: Apache-2.0
import { registerMswTestHooks } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { setupServer } from 'msw/node';
import { emptyVendors } from './emptyVendors';
import { publishStandIns } from './publishStandIns';
import { scaffoldService, type DryRun } from './scaffoldService';
import { findTool } from './toolbox';
import { VendorServer } from './VendorServer';
import { Workshop, type Built } from './Workshop';

/** Whether the chart can be rendered here; the scripts say so when it cannot. */
export const hasHelm = findTool('helm') !== undefined;

/** Whether overlays can be built here with the real tool. */
export const hasKustomize = findTool('kustomize') !== undefined;

/** What a person answers who is content with the defaults. */
export const REQUIRED = {
  name: 'orders',
  owner: 'group:default/team-orders',
  organisation: 'northwind',
};

/**
 * Opens a new workshop with a freshly scaffolded service before each test; with `built`, one
 * in which the first image was built already.
 *
 * @remarks
 * The service is scaffolded, and its image built, once for all tests of a file.
 */
export function useWorkshop(
  options: {
    built?: boolean;
    values?: (vendors: VendorServer) => JsonObject;
  } = {},
): () => Workshop & { firstImage?: Built } {
  // each build is a dozen of processes
  jest.setTimeout(120_000);
  registerMswTestHooks(setupServer(...emptyVendors()));
  let vendors: VendorServer | undefined;
  let scaffold: DryRun | undefined;
  let original: Workshop | undefined;
  let firstImage: Built | undefined;
  let workshop: Workshop | undefined;
  beforeAll(async () => {
    vendors = await VendorServer.start();
    if (hasHelm) {
      publishStandIns(vendors);
    }
  });
  beforeEach(async () => {
    if (!vendors) {
      throw new Error('The vendors did not start');
    }
    vendors.reset();
    scaffold ??= await scaffoldService({
      values: { ...REQUIRED, ...options.values?.(vendors) },
    });
    if (options.built) {
      if (!original) {
        original = await Workshop.open({ scaffold, vendors, helm: hasHelm });
        firstImage = await original.build({ job: 'image' });
      }
      workshop = await original.copy();
    } else {
      workshop = await Workshop.open({ scaffold, vendors, helm: hasHelm });
    }
  });
  afterEach(() => {
    workshop?.close();
    workshop = undefined;
  });
  afterAll(async () => {
    original?.close();
    await vendors?.stop();
  });
  return () => {
    if (!workshop) {
      throw new Error('There is a workshop within a test only');
    }
    return Object.assign(workshop, { firstImage });
  };
}
