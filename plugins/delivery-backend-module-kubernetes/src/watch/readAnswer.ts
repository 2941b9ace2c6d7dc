// SPDX-License-Identifier: Apache-2.0
import type { OpenAnswer } from '../connection/ClusterConnection';
import { ClusterError } from '../connection/ClusterError';
import { fieldOf, textOf } from '../domain/readJson';
import { parseModestJson } from '../domain/parseModestJson';
import { limitBody } from './limitBody';

/** One object, a refusal, or a few Events. */
const MAX_BYTES = 3 * 1024 * 1024;

/**
 * Reads a whole JSON answer that is no list of a kind.
 *
 * @throws ClusterError when it is no JSON, too large, or does not come to its end.
 */
export async function readAnswer(answer: OpenAnswer): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of limitBody(answer)) {
    pieces.push(piece);
    length += piece.length;
    if (length > MAX_BYTES) {
      throw new ClusterError(
        'garbled',
        'The cluster sent an answer of more than 3 MB',
      );
    }
  }
  const bytes = Buffer.concat(pieces, length);
  try {
    return parseModestJson(bytes);
  } catch {
    if (answer.status >= 300) {
      return { message: bytes.toString('utf8', 0, 120) };
    }
    throw new ClusterError(
      'garbled',
      'The cluster sent something that is no JSON',
    );
  }
}

/** The error that a refusing answer, or the ERROR line of a watch, stands for. */
export function refusalOf(status: number, body: unknown): ClusterError {
  const said = textOf(body, 'message', 200) ?? '';
  const code = fieldOf(body, 'code');
  const number = typeof code === 'number' ? code : status;
  switch (number) {
    case 401:
      return new ClusterError(
        'refused',
        'The cluster does not accept the token of the service account (401)',
      );
    case 403:
      return new ClusterError(
        'refused',
        `The service account may not look (403): ${said}`,
      );
    case 410:
      return new ClusterError('expired', said);
    case 504:
      // the version is from the future: the cluster was restored from a backup
      return new ClusterError(
        said.includes('Too large resource version') ? 'expired' : 'refused',
        `The cluster answered 504: ${said}`,
      );
    default:
      return new ClusterError(
        'refused',
        `The cluster answered ${number}: ${said}`,
      );
  }
}
