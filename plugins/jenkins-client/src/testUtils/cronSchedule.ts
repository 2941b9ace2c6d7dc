// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';

type Field = { name: string; min: number; max: number; hashMax?: number };

const FIELDS: Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  // Jenkins spreads H over 1-28, so that each month has such a day.
  { name: 'day of month', min: 1, max: 31, hashMax: 28 },
  { name: 'month', min: 1, max: 12 },
  { name: 'day of week', min: 0, max: 7, hashMax: 6 },
];

const ALIASES: Record<string, string> = {
  '@yearly': 'H H H H *',
  '@annually': 'H H H H *',
  '@monthly': 'H H H * *',
  '@weekly': 'H H * * H',
  '@daily': 'H H * * *',
  '@midnight': 'H H(0-2) * * *',
  '@hourly': 'H * * * *',
};

/** Says whether a schedule fires in a minute. */
export type CronSchedule = (minute: Date) => boolean;

/**
 * Reads a schedule in Jenkins' cron syntax: five fields, `H` (a value that depends on the
 * job's name), lists, ranges, steps, `@daily` and the like, several lines, comments.
 *
 * @remarks
 * Fields are read in UTC. As in Jenkins, all five fields must match.
 *
 * @throws Error that names the field at fault.
 */
export function cronSchedule(spec: string, jobName: string): CronSchedule {
  const lines = spec
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !line.startsWith('#') && !line.startsWith('TZ='));
  const schedules = lines.map(line => parseLine(line, jobName));
  return minute => schedules.some(matches => matches(minute));
}

function parseLine(line: string, jobName: string): CronSchedule {
  const text = ALIASES[line] ?? line;
  const parts = text.split(/\s+/);
  if (parts.length !== FIELDS.length) {
    throw new Error(`Schedule '${line}' must have five fields`);
  }
  const allowed = parts.map((part, index) =>
    parseField(part, FIELDS[index], hashOf(jobName, index)),
  );
  const [minutes, hours, days, months, weekdays] = allowed;
  return at =>
    minutes.has(at.getUTCMinutes()) &&
    hours.has(at.getUTCHours()) &&
    days.has(at.getUTCDate()) &&
    months.has(at.getUTCMonth() + 1) &&
    (weekdays.has(at.getUTCDay()) || (at.getUTCDay() === 0 && weekdays.has(7)));
}

function parseField(text: string, field: Field, hash: number): Set<number> {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match =
      /^(?:(\*)|(H)(?:\((\d+)-(\d+)\))?|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(
        part,
      );
    if (!match) {
      throw new Error(`'${part}' is not understood as ${field.name}`);
    }
    const [, star, hashed, hashFrom, hashTo, from, to, stepText] = match;
    const step = Number(stepText ?? 1);
    let first = field.min;
    let last = field.max;
    if (hashed) {
      first = Number(hashFrom ?? field.min);
      last = Number(hashTo ?? field.hashMax ?? field.max);
      const span = stepText ? step : last - first + 1;
      first += hash % Math.max(1, span);
      last = stepText ? last : first;
    } else if (!star) {
      first = Number(from);
      last = to === undefined && !stepText ? first : Number(to ?? field.max);
    }
    if (first < field.min || last > field.max || step < 1) {
      throw new Error(`'${part}' is out of range for ${field.name}`);
    }
    for (let value = first; value <= last; value += step) {
      values.add(value);
    }
  }
  return values;
}

function hashOf(jobName: string, index: number): number {
  return createHash('sha256')
    .update(`${index}:${jobName}`)
    .digest()
    .readUInt32BE(0);
}
