// SPDX-License-Identifier: Apache-2.0
import type { AloneFigures, Effort } from '../report/Report';
import { ENVIRONMENTS } from '../world/World';
import { measureTruth } from './measureTruth';
import { measureClosed } from './measureViews';
import { openGround } from './openGround';

/** The heap of the backend with delivery and as few Pods as there can be, in bytes. */
export async function measureFewPods({ size }: Effort): Promise<number> {
  const few = { ...size, pods: size.services * ENVIRONMENTS.length };
  const ground = await openGround({
    size: few,
    peer: 'default',
    delivery: true,
  });
  try {
    await measureTruth(ground, few);
    return (await ground.memory()).heap;
  } finally {
    await ground.close();
  }
}

/** The memory of the same backend without delivery, before and after people looked at the peer. */
export async function measurePeerAlone({
  seconds,
  size,
}: Effort): Promise<AloneFigures> {
  const ground = await openGround({ size, peer: 'default', delivery: false });
  try {
    const before = await ground.memory();
    await measureClosed(ground, {
      side: 'kubernetes',
      viewers: 50,
      latencyMs: 0,
      seconds,
    });
    return { before, after: await ground.memory() };
  } finally {
    await ground.close();
  }
}
