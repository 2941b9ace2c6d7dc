// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Files below a folder that match Ant patterns separated by commas (`*` within a segment,
 * `**` across segments), sorted, by their path with slashes. `.git` is not looked into.
 */
export function findFiles(root: string, patterns: string): string[] {
  const expressions = patterns
    .split(',')
    .map(pattern => pattern.trim())
    .filter(Boolean)
    .map(toExpression);
  return walk(root, '')
    .filter(path => expressions.some(expression => expression.test(path)))
    .sort();
}

function walk(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap(
    entry => {
      const path = below ? `${below}/${entry.name}` : entry.name;
      if (entry.isDirectory()) {
        return entry.name === '.git' ? [] : walk(root, path);
      }
      // Links are left out: a file outside of the workspace is not the build's to publish.
      return entry.isFile() ? [path.replaceAll(sep, '/')] : [];
    },
  );
}

function toExpression(pattern: string): RegExp {
  const whole = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const source = whole
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\?/g, '[^/]')
    .replace(/\*\*\/|\*\*|\*/g, wildcard => {
      if (wildcard === '*') {
        return '[^/]*';
      }
      return wildcard === '**' ? '.*' : '(?:.*/)?';
    });
  return new RegExp(`^${source}$`);
}
