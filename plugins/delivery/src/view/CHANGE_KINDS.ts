// SPDX-License-Identifier: Apache-2.0
import type { ChangeKind } from 'backstage-plugin-delivery-common';
import type { IconName } from './IconName';

/** How the reason of a Release is shown. */
export const CHANGE_KINDS: Record<
  ChangeKind,
  { icon: IconName; short: string; long: string }
> = {
  source: { icon: 'code', short: 'source', long: 'source change' },
  'base-image': {
    icon: 'layers',
    short: 'base image',
    long: 'base image update',
  },
  configuration: {
    icon: 'tune',
    short: 'configuration',
    long: 'configuration change',
  },
};
