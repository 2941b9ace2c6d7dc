// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { pathText, type ConfigFault } from './ConfigFault';

const CALENDAR = /^\s*BEGIN:VCALENDAR/;

const MOST_BYTES = 2_000_000;

/**
 * The configuration with the text of calendars in place of the files' names.
 *
 * @remarks
 * A name is relative to the folder in which the backend runs. With
 * `calendar: { $file: ./freezes.ics }` the text is there already, and the name
 * is relative to the configuration file.
 */
export function loadCalendars(
  written: unknown,
  path: readonly PropertyKey[],
): { written: unknown; faults: ConfigFault[] } {
  const faults: ConfigFault[] = [];
  const walk = (value: unknown, at: readonly PropertyKey[]): unknown => {
    if (Array.isArray(value)) {
      return value.map((one, index) => walk(one, [...at, index]));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const here = [...at, key];
        return [
          key,
          key === 'calendar' && isFreeze(value) && typeof inner === 'string'
            ? read(inner, here, faults)
            : walk(inner, here),
        ];
      }),
    );
  };
  return { written: walk(written, path), faults };
}

function isFreeze(value: object): boolean {
  return 'type' in value && value.type === 'freeze';
}

function read(
  text: string,
  path: readonly PropertyKey[],
  faults: ConfigFault[],
): string {
  if (CALENDAR.test(text)) {
    return text;
  }
  try {
    const content = readFileSync(text, 'utf8');
    if (content.length <= MOST_BYTES) {
      return content;
    }
    faults.push({
      path: pathText(path),
      message: `the file ${text} is larger than ${MOST_BYTES} bytes`,
    });
  } catch {
    faults.push({
      path: pathText(path),
      message: `the file ${text} cannot be read; its name is relative to the folder in which the backend runs`,
    });
  }
  return 'BEGIN:VCALENDAR\r\nEND:VCALENDAR';
}
