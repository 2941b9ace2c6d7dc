// SPDX-License-Identifier: Apache-2.0
import type {
  AuthService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  ForwardedError,
  InputError,
  NotFoundError,
  isError,
} from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  addressOfFile,
  isSourceHostType,
  SOURCE_HOSTS,
} from 'backstage-plugin-delivery-common';
import type { StoredService } from '../database/services';
import type { ChartRepositoryReader } from './ChartRepositoryReader';
import { findChartRepository } from './findChartRepository';
import { readAzureFile } from './readAzureFile';

/** A values file that is larger does not belong into a chart repository. */
const MOST_BYTES = 512 * 1024;
const FILE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
const COMMIT = /^[0-9a-f]{40}$/;

/**
 * Reads chart repositories through the portal's own integrations of source hosts.
 *
 * @remarks
 * The address comes from the catalog Resource alone, never from a Release
 * record: a build can thus not make the portal read a repository of its choice.
 */
export class UrlChartRepositoryReader implements ChartRepositoryReader {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #urlReader: UrlReaderService;
  readonly #integrations: ScmIntegrationRegistry;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    urlReader: UrlReaderService;
    integrations: ScmIntegrationRegistry;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#urlReader = options.urlReader;
    this.#integrations = options.integrations;
  }

  async read(request: {
    service: Pick<StoredService, 'entityRef'>;
    file: string;
    commit: string;
    signal?: AbortSignal;
  }): Promise<Buffer> {
    const { service, file, commit, signal } = request;
    if (!FILE.test(file) || !COMMIT.test(commit)) {
      throw new InputError(
        `Only a plain file at a full commit id can be read from a chart repository, not "${file}" at "${commit}"`,
      );
    }
    const repository = await findChartRepository({
      service: service.entityRef,
      catalog: this.#catalog,
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    const type = this.#integrations.byUrl(repository.url)?.type;
    if (!isSourceHostType(type)) {
      const products = Object.values(SOURCE_HOSTS).join(', ');
      const keys = Object.keys(SOURCE_HOSTS).join(', ');
      throw new InputError(
        `The chart repository ${
          repository.resource
        } is not at a source host of this portal (${products}): add ${
          new URL(repository.url).host
        } to integrations, below one of ${keys}`,
      );
    }
    const url = addressOfFile({
      type,
      repository: repository.url,
      at: { commit },
      path: file,
    });
    const where = `${file} of ${repository.resource} at ${commit.slice(0, 7)}`;
    try {
      if (type === 'azure') {
        return await readLimited(
          await readAzureFile({
            repository: repository.url,
            commit,
            path: file,
            integrations: this.#integrations,
            signal,
          }),
        );
      }
      const response = await this.#urlReader.readUrl(url, { signal });
      return await readLimited(response.stream?.() ?? [response.buffer()]);
    } catch (error) {
      if (isError(error) && error.name === 'NotFoundError') {
        throw new NotFoundError(`There is no ${where}`);
      }
      throw new ForwardedError(`Could not read ${where}`, error);
    }
  }
}

async function readLimited(
  chunks: AsyncIterable<unknown> | Iterable<Promise<Uint8Array>>,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const part = Buffer.isBuffer(chunk)
      ? chunk
      : Buffer.from(chunk instanceof Uint8Array ? chunk : String(chunk));
    size += part.length;
    if (size > MOST_BYTES) {
      throw new Error(`it is larger than ${MOST_BYTES / 1024} KiB`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
