// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { serviceDeliverySchema } from 'backstage-plugin-delivery-common';
import { ENGINE } from '../backend/settings';
import { CANARY } from '../generator/objectBodies';
import { placesOf, type WorldSize } from '../world/World';
import type { OpenGround } from './openGround';

const GIVE_UP_MS = 300_000;

/** From the start of the process until every Service shows everything that runs, in milliseconds. */
export async function measureTruth(
  { began, viewers }: OpenGround,
  size: WorldSize,
): Promise<number> {
  const places = placesOf(size);
  for (let service = 0; service < size.services; ) {
    const { status, text } = await viewers.view('delivery', {
      service,
      person: 0,
      read: true,
    });
    if (text.includes(CANARY)) {
      throw new Error('Something of a Pod left the process that must not');
    }
    const wanted = places.slice(service * 3, service * 3 + 3);
    const shown =
      status === 200
        ? serviceDeliverySchema.parse(JSON.parse(text)).environments
        : [];
    const isTrue = wanted.every(place =>
      shown.some(
        ({ name, observation, workloads }) =>
          name === place.environment &&
          observation.state === 'live' &&
          workloads.some(({ ready }) => ready === place.pods),
      ),
    );
    if (isTrue) {
      service += 1;
    } else {
      await delay(100);
    }
    if (performance.now() - began > GIVE_UP_MS) {
      throw new Error(`Not true within five minutes: ${text.slice(0, 2000)}`);
    }
  }
  return Math.round(performance.now() - began);
}

/**
 * From the start of the process until the engine was asked about every Service once, in
 * milliseconds.
 */
export async function untilAllAsked(
  { began, viewers }: OpenGround,
  size: WorldSize,
): Promise<number> {
  for (let service = 0; service < size.services; ) {
    const { text } = await viewers.view('delivery', {
      service,
      person: 0,
      read: true,
    });
    const { findings } = serviceDeliverySchema.parse(JSON.parse(text));
    if (findings.every(({ id }) => id !== ENGINE)) {
      service += 1;
    } else {
      await delay(100);
    }
    if (performance.now() - began > GIVE_UP_MS) {
      throw new Error(`Not asked in five minutes: ${JSON.stringify(findings)}`);
    }
  }
  return Math.round(performance.now() - began);
}

/** How a backend that starts again answers: at once, with what it saw last. */
export async function measureRestart(
  ground: OpenGround,
): Promise<{ answerMs: number; workloads: number; states: string[] }> {
  await ground.restart();
  const began = performance.now();
  const { text } = await ground.viewers.view('delivery', {
    service: 1,
    person: 0,
    read: true,
  });
  const answerMs = Math.round(performance.now() - began);
  const { environments } = serviceDeliverySchema.parse(JSON.parse(text));
  return {
    answerMs,
    workloads: environments.flatMap(({ workloads }) => workloads).length,
    states: environments.map(({ observation }) => observation.state),
  };
}
