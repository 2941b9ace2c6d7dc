// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { ProfileLine } from '../backend/Profile';
import { measureClosed, type Ground } from './measureViews';

/** Where the processor time of the backend goes while 50 people look. */
export async function measureProfile(
  ground: Ground,
  seconds: number,
): Promise<ProfileLine[]> {
  await ground.backend.ask(
    { do: 'profile' },
    z.object({ profiling: z.literal(true) }),
  );
  await measureClosed(ground, {
    side: 'delivery',
    viewers: 50,
    latencyMs: 0,
    seconds,
  });
  const { profile } = await ground.backend.ask(
    { do: 'profiled' },
    z.object({
      profile: z.array(z.object({ where: z.string(), share: z.number() })),
    }),
  );
  return profile;
}
