// SPDX-License-Identifier: Apache-2.0
import type { ActionContext } from '@backstage/plugin-scaffolder-node';

/** What of an action's context is needed to make things and to tell of them. */
export type ApplyContext = Pick<
  ActionContext<never, never, 'v2'>,
  'checkpoint' | 'isDryRun' | 'logger' | 'signal' | 'user'
>;
