// SPDX-License-Identifier: Apache-2.0

/** What `q=<field> = "<value>"` asks for; undefined when nothing is asked for. */
export function wantedBy(
  field: string,
  { searchParams }: URL,
): string | undefined {
  const query = /^([\w.]+)\s*=\s*"([^"]*)"$/.exec(searchParams.get('q') ?? '');
  return query?.[1] === field ? query[2] : undefined;
}
