// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import type { JsonValue } from '@backstage/types';
import { parse } from 'yaml';
import { ApiError } from '../model/ApiError';

const LIMIT_BYTES = 3 * 1024 * 1024;

/**
 * Reads the body of a request as JSON or, where its content type says so, as YAML.
 *
 * @throws ApiError 413 above 3 MiB, 400 when it cannot be parsed.
 */
export async function readBody(
  request: IncomingMessage,
): Promise<JsonValue | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LIMIT_BYTES) {
      throw new ApiError({
        code: 413,
        reason: 'RequestEntityTooLarge',
        message: `Request entity too large: limit is ${LIMIT_BYTES}`,
      });
    }
    chunks.push(bytes);
  }
  if (size === 0) {
    return undefined;
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const type = request.headers['content-type'] ?? '';
  if (type.includes('protobuf')) {
    throw ApiError.unsupportedMediaType([
      'application/json',
      'application/yaml',
    ]);
  }
  const isYaml = /yaml/.test(type);
  try {
    return JSON.parse(isYaml ? JSON.stringify(parse(text)) : text);
  } catch {
    throw ApiError.badRequest(
      `the object provided is unrecognized (must be of type ${
        isYaml ? 'YAML' : 'JSON'
      }): couldn't get version/kind; json parse error`,
    );
  }
}
