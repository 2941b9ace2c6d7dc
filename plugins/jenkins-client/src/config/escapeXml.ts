// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/**
 * Escapes text for the content or an attribute of an XML element.
 *
 * @throws InputError when the text holds a character that XML cannot carry.
 */
export function escapeXml(text: string): string {
  if (/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/u.test(text)) {
    throw new InputError('Text for Jenkins must not hold control characters');
  }
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&apos;')
    .replace(/\r/g, '&#xd;');
}

/** Resolves the predefined and the numeric entities; leaves unknown ones as they are. */
export function decodeXml(raw: string): string {
  return raw.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole: string, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) {
        return ENTITIES[name] ?? whole;
      }
      const code = hex ? parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
