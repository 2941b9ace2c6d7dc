// SPDX-License-Identifier: Apache-2.0

/** One page of a list, as Bitbucket Data Center cuts it by `start` and `limit`. */
export function pageOf<T>(
  values: readonly T[],
  { searchParams }: URL,
): Record<string, unknown> {
  const start = Number(searchParams.get('start') ?? 0);
  const limit = Math.min(Number(searchParams.get('limit') ?? 25), 1000);
  const page = values.slice(start, start + limit);
  const isLastPage = start + limit >= values.length;
  return {
    size: page.length,
    limit,
    start,
    isLastPage,
    nextPageStart: isLastPage ? null : start + limit,
    values: page,
  };
}
