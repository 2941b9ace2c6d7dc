// SPDX-License-Identifier: Apache-2.0
import type { IconName } from './IconName';
import type { Tone } from './Tone';

/** How a state is written and drawn. */
export type Looks = { label: string; tone: Tone; icon: IconName };
