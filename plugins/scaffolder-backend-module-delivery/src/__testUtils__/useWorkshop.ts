// SPDX-License-Identifier: Apache-2.0
import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { setupServer } from 'msw/node';
import { emptyVendors } from './emptyVendors';
import { scaffoldService, type DryRun } from './scaffoldService';
import { findTool } from './toolbox';
import { Workshop } from './Workshop';

/** Whether the chart can be rendered here; the scripts say so when it cannot. */
export const hasHelm = findTool('helm') !== undefined;

/** Opens a new workshop with a freshly scaffolded service before each test. */
export function useWorkshop(): () => Workshop {
  // each build is a dozen of processes
  jest.setTimeout(120_000);
  registerMswTestHooks(setupServer(...emptyVendors()));
  let scaffold: DryRun | undefined;
  let workshop: Workshop | undefined;
  beforeEach(async () => {
    scaffold ??= await scaffoldService({
      values: { name: 'orders', owner: 'group:default/team-orders' },
    });
    workshop = await Workshop.open({ scaffold, helm: hasHelm });
  });
  afterEach(async () => {
    await workshop?.close();
    workshop = undefined;
  });
  return () => {
    if (!workshop) {
      throw new Error('There is a workshop within a test only');
    }
    return workshop;
  };
}
