// SPDX-License-Identifier: Apache-2.0
import type { JsonValue } from '@backstage/types';
import { z } from 'zod';

/** Any JSON value; not checked again, because only parsed JSON ever comes here. */
export const jsonValue = z.custom<JsonValue | undefined>();
