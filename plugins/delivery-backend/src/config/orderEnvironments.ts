// SPDX-License-Identifier: Apache-2.0
type Node = { name: string; after: readonly string[] };

/**
 * Environments in an order that respects `after`, as close to the written one
 * as that allows.
 *
 * @returns `circle` with the names in it, first repeated at the end, when there
 * is no such order. Names in `after` that do not exist are left out of account.
 */
export function orderEnvironments<T extends Node>(
  environments: readonly T[],
):
  | { state: 'ordered'; environments: T[] }
  | { state: 'circle'; circle: string[] } {
  const known = new Set(environments.map(({ name }) => name));
  const left = [...environments];
  const placed = new Set<string>();
  const ordered: T[] = [];
  while (left.length > 0) {
    const index = left.findIndex(({ after }) =>
      after.every(name => placed.has(name) || !known.has(name)),
    );
    if (index < 0) {
      return { state: 'circle', circle: findCircle(left) };
    }
    const [next] = left.splice(index, 1);
    placed.add(next.name);
    ordered.push(next);
  }
  return { state: 'ordered', environments: ordered };
}

/** Every node here waits for another one of them, so walking back meets itself. */
function findCircle(nodes: readonly Node[]): string[] {
  const byName = new Map(nodes.map(node => [node.name, node]));
  const walked: string[] = [];
  let current: Node | undefined = nodes[0];
  while (current && !walked.includes(current.name)) {
    walked.push(current.name);
    const next: string | undefined = current.after.find(name =>
      byName.has(name),
    );
    current = next === undefined ? undefined : byName.get(next);
  }
  const start = current ? walked.indexOf(current.name) : 0;
  const circle = walked.slice(start);
  return [...circle, circle[0]];
}
