// SPDX-License-Identifier: Apache-2.0
import { IANAZone } from 'luxon';
import { z } from 'zod';

/** The name of a time zone, such as `Europe/Berlin`. */
export const zoneSchema = z
  .string()
  .refine(zone => IANAZone.isValidZone(zone), {
    message: 'must be the name of a time zone such as Europe/Berlin',
  });
