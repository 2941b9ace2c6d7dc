// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { Parser } from 'tar';
import { parse } from 'yaml';
import { z } from 'zod';

/** What a chart's `Chart.yaml` must say; whatever else it says is kept. */
export const chartMetadataSchema = z.looseObject({
  apiVersion: z.string(),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/),
});

/** A chart's own description of itself. */
export type ChartMetadata = z.infer<typeof chartMetadataSchema>;

const CHART_FILE = /^[^/]+\/Chart\.yaml$/;

/**
 * Reads `Chart.yaml` out of a packaged chart.
 *
 * @throws InputError when the bytes are no chart package.
 */
export async function readChartMetadata(
  bytes: Uint8Array,
): Promise<ChartMetadata> {
  const text = await chartFile(bytes);
  if (text === undefined) {
    throw new InputError(
      'The upload is not a packaged chart: it holds no Chart.yaml',
    );
  }
  const parsed = chartMetadataSchema.safeParse(parseYaml(text));
  if (!parsed.success) {
    throw new InputError(
      `Chart.yaml is not valid: ${z
        .prettifyError(parsed.error)
        .replaceAll('\n', ' ')}`,
    );
  }
  return parsed.data;
}

function chartFile(bytes: Uint8Array): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let found: Buffer[] | undefined;
    const parser = new Parser({
      strict: true,
      filter: path => CHART_FILE.test(path),
      onReadEntry: entry => {
        const chunks: Buffer[] = [];
        found = chunks;
        entry.on('data', chunk => chunks.push(chunk));
      },
    });
    parser.on('end', () =>
      resolve(found && Buffer.concat(found).toString('utf8')),
    );
    parser.on('error', error =>
      reject(
        new InputError(`The upload is not a packaged chart: ${error.message}`),
      ),
    );
    parser.end(Buffer.from(bytes));
  });
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
