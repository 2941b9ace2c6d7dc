// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { helmMediaTypes } from './helmMediaTypes';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** The manifest of a chart in an OCI registry; beside the package there may be its signature. */
export const chartManifestSchema = z.looseObject({
  schemaVersion: z.literal(2),
  config: z.looseObject({
    mediaType: z.literal(helmMediaTypes.config),
    digest,
  }),
  layers: z
    .array(z.looseObject({ mediaType: z.string(), digest }))
    .refine(
      layers =>
        layers.filter(({ mediaType }) => mediaType === helmMediaTypes.chart)
          .length === 1,
      { message: 'needs one layer that is a packaged chart' },
    ),
});
