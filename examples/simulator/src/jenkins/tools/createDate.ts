// SPDX-License-Identifier: Apache-2.0
import { done, failed, Tool } from './Tool';

/**
 * The `date` command of an agent whose clock is the simulated one: `date -u +FORMAT` with
 * the common letters.
 */
export function createDate(now: () => Date): Tool {
  return ({ args }) => {
    const [utc, format] = args;
    if (utc !== '-u' || !format?.startsWith('+') || args.length !== 2) {
      return failed('the simulated date knows only: date -u +FORMAT', 64);
    }
    const at = now();
    const [day, time] = at.toISOString().split(/[TZ.]/);
    const [year, month, date] = day.split('-');
    const [hours, minutes, seconds] = time.split(':');
    const letters: Record<string, string> = {
      Y: year,
      m: month,
      d: date,
      H: hours,
      M: minutes,
      S: seconds,
      F: day,
      T: time,
      Z: 'UTC',
      s: String(Math.floor(at.getTime() / 1000)),
      '%': '%',
    };
    const text = format
      .slice(1)
      .replace(/%(.)/g, (whole, letter: string) => letters[letter] ?? whole);
    return done(`${text}\n`);
  };
}
