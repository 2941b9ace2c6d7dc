// SPDX-License-Identifier: Apache-2.0

/** One page of a list, as Bitbucket Cloud cuts it by `page` and `pagelen`. */
export function listOf<T>(
  values: readonly T[],
  { searchParams }: URL,
): Record<string, unknown> {
  const page = Number(searchParams.get('page') ?? 1);
  const pagelen = Number(searchParams.get('pagelen') ?? 10);
  return {
    size: values.length,
    page,
    pagelen,
    values: values.slice((page - 1) * pagelen, page * pagelen),
  };
}
