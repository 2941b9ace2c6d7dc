// SPDX-License-Identifier: Apache-2.0
import type { ForgeRepository } from './ForgeRepositories';
import type { CommitStatus } from './repositoryRecord';

/** Writes down a status of a commit. */
export function addStatus(
  repository: ForgeRepository,
  sha: string,
  wanted: Omit<CommitStatus, 'id'>,
): CommitStatus {
  const { record } = repository;
  const { statuses } = record.value;
  const status = { ...wanted, id: Object.values(statuses).flat().length + 1 };
  record.write({
    ...record.value,
    statuses: { ...statuses, [sha]: [...(statuses[sha] ?? []), status] },
  });
  return status;
}
