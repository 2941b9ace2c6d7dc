// SPDX-License-Identifier: Apache-2.0

type Range = { from: number; to: number };
type TreeNode = {
  children: Map<string, TreeNode>;
  range?: Range;
};

class TreeReader {
  #at = 0;

  constructor(private readonly text: string) {}

  readAll(): TreeNode {
    const children = this.#readList();
    if (this.#at < this.text.length) {
      this.#fail('the end');
    }
    return { children };
  }

  #readList(): Map<string, TreeNode> {
    const children = new Map<string, TreeNode>();
    do {
      const name = this.#take(/[\w*-]+/y);
      if (!name) {
        this.#fail('a field name');
      }
      const node: TreeNode = { children: new Map() };
      if (this.#take(/\[/y)) {
        node.children = this.#readList();
        if (!this.#take(/\]/y)) {
          this.#fail("']'");
        }
      }
      const range = this.#take(/\{[\d,]*\}/y);
      if (range) {
        node.range = toRange(range);
      }
      children.set(name ?? '', node);
    } while (this.#take(/,/y));
    return children;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fail(expected: string): never {
    throw new Error(
      `tree: expected ${expected} at position ${this.#at} of '${this.text}'`,
    );
  }
}

function toRange(text: string): Range {
  const [from, to] = text.slice(1, -1).split(',');
  if (to === undefined) {
    return { from: Number(from), to: Number(from) + 1 };
  }
  return {
    from: from === '' ? 0 : Number(from),
    to: to === '' ? Number.MAX_SAFE_INTEGER : Number(to),
  };
}

/**
 * Reduces a JSON value to what Jenkins' `tree=` parameter asks for.
 *
 * @remarks
 * The syntax is `a,b[c,d],e[f]{0,10}`; `*` takes every field. A range `{M,N}` is half-open,
 * `{N}` is one element. `_class` always stays. As in Jenkins, a list element that has none
 * of the fields is still there, as an empty object.
 *
 * @throws Error when the syntax is wrong, naming the position.
 */
export function treeProjection(value: unknown, tree: string): unknown {
  const reader = new TreeReader(tree);
  return project(value, reader.readAll());
}

function project(value: unknown, node: TreeNode): unknown {
  if (Array.isArray(value)) {
    const { from, to } = node.range ?? { from: 0, to: value.length };
    return value.slice(from, to).map(element => project(element, node));
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    return value;
  }
  if (node.children.size === 0) {
    return value;
  }
  const every = node.children.get('*');
  const kept: [string, unknown][] = [];
  for (const [key, field] of Object.entries(value)) {
    const wanted = node.children.get(key) ?? every;
    if (key === '_class') {
      kept.push([key, field]);
    } else if (wanted) {
      kept.push([key, project(field, wanted)]);
    }
  }
  return Object.fromEntries(kept);
}
