// SPDX-License-Identifier: Apache-2.0

/** Puts a table between its two marks in a text; a text without them stays as it is. */
export function placeBetween(
  text: string,
  { name, table }: { name: string; table: string },
): string {
  const [from, to] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [start, end] = [text.indexOf(from), text.indexOf(to)];
  return start === -1 || end === -1
    ? text
    : `${text.slice(0, start)}${from}\n\n${table}\n${text.slice(end)}`;
}
