// SPDX-License-Identifier: Apache-2.0
import { Session } from 'node:inspector/promises';
import type { Profiler } from 'node:inspector';

/** Where processor time went: a function or a package, and its share of all that was not idle. */
export type ProfileLine = { where: string; share: number };

const LINES = 25;

/** Looks where the processor time of this process goes. */
export class Profile {
  readonly #session = new Session();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.setSamplingInterval', { interval: 500 });
    await this.#session.post('Profiler.start');
  }

  /** What cost most, itself and without what it called. */
  async stop(): Promise<ProfileLine[]> {
    const { profile } = await this.#session.post('Profiler.stop');
    this.#session.disconnect();
    return linesOf(profile);
  }
}

function linesOf({ nodes, samples = [] }: Profiler.Profile): ProfileLine[] {
  const places = new Map(
    nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]),
  );
  const counts = new Map<string, number>();
  let busy = 0;
  for (const sample of samples) {
    const place = places.get(sample);
    if (place !== undefined && place !== '(idle)') {
      busy += 1;
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, LINES)
    .map(([where, count]) => ({
      where,
      share: Number((count / busy).toFixed(4)),
    }));
}

function placeOf({ functionName, url, lineNumber }: CallFrame): string {
  const name = functionName === '' ? 'anonymous' : functionName;
  if (url === '') {
    return name;
  }
  const file = url
    .replace(/^.*\/node_modules\//, '')
    .replace(/^.*\/(plugins|examples)\//, '$1/');
  return `${name} ${file}:${lineNumber + 1}`;
}

type CallFrame = Profiler.ProfileNode['callFrame'];
