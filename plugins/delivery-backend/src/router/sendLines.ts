// SPDX-License-Identifier: Apache-2.0
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/**
 * Sends lines as JSON Lines while they are made.
 *
 * @remarks
 * What fails halfway breaks the connection: a part must not look like the whole.
 */
export async function sendLines(
  response: Response,
  lines: AsyncIterable<unknown>,
): Promise<void> {
  response.status(200);
  response.set('Cache-Control', 'no-store');
  response.type('application/x-ndjson');
  await pipeline(Readable.from(written(lines)), response);
}

async function* written(lines: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const line of lines) {
    yield `${JSON.stringify(line)}\n`;
  }
}
