// SPDX-License-Identifier: Apache-2.0
import { takeTurns } from 'backstage-plugin-delivery-node';
import type { OpenAnswer } from '../connection/ClusterConnection';
import { ClusterError } from '../connection/ClusterError';
import { parseModestJson } from '../domain/parseModestJson';
import { fieldOf, listOf, textOf } from '../domain/readJson';
import { limitBody } from './limitBody';
import { PageScanner } from './PageScanner';
import { readAnswer, refusalOf } from './readAnswer';

/** What a page says besides its items. */
export interface ReadPage {
  resourceVersion: string;
  /** The token of the next page; undefined when this was the last one. */
  next?: string;
}

/**
 * Reads a page of a list item by item as it comes; nothing of it is kept here.
 *
 * @throws ClusterError when the server refuses, or answers with no list.
 */
export async function readPage(
  answer: OpenAnswer,
  onItem: (item: unknown) => void,
): Promise<ReadPage> {
  if (answer.status !== 200) {
    throw refusalOf(answer.status, await readAnswer(answer));
  }
  const scanner = new PageScanner();
  const turn = takeTurns();
  for await (const piece of limitBody(answer)) {
    for (const item of scanner.push(piece)) {
      onItem(parse(item));
      await turn();
    }
    await turn();
  }
  const rest = parse(scanner.rest());
  const metadata = fieldOf(rest, 'metadata');
  const resourceVersion = textOf(metadata, 'resourceVersion', 40);
  if (
    resourceVersion === undefined ||
    !Array.isArray(fieldOf(rest, 'items')) ||
    listOf(rest, 'items').length > 0
  ) {
    throw new ClusterError('garbled', 'The cluster answered with no list');
  }
  return { resourceVersion, next: textOf(metadata, 'continue', 4_000) };
}

function parse(bytes: Buffer): unknown {
  try {
    return parseModestJson(bytes);
  } catch {
    throw new ClusterError(
      'garbled',
      'The cluster sent something that is no JSON',
    );
  }
}
