// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const unitSchema = z.enum(['s', 'm', 'h', 'd']);

/** A duration as a user writes it (`90s`, `30m`, `12h`, `2d`), in milliseconds. */
export const durationSchema = z
  .string()
  .regex(
    /^[1-9]\d{0,5}[smhd]$/,
    'must be a duration such as 90s, 30m, 12h or 2d',
  )
  .transform(
    text => Number(text.slice(0, -1)) * UNITS[unitSchema.parse(text.at(-1))],
  );
