// SPDX-License-Identifier: Apache-2.0
import type { StoredService } from '../database/services';

/** Reads files of a Service's chart repository at a commit. */
export interface ChartRepositoryReader {
  /**
   * The bytes of one file at the root of the chart repository.
   *
   * @throws NotFoundError when the Service has no chart repository, or the
   * repository has no such file at the commit; NotAllowedError when the chart
   * repository does not confirm the Service; ForwardedError when it could not
   * be asked.
   */
  read(request: {
    service: Pick<StoredService, 'entityRef'>;
    /** A plain file name, e.g. `values-staging.yaml`. */
    file: string;
    /** A full commit id. */
    commit: string;
    signal?: AbortSignal;
  }): Promise<Buffer>;
}
