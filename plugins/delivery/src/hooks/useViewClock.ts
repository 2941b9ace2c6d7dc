// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import type { ViewClock } from '../view/ViewClock';

const TICK = 5_000;

/**
 * The clock views are computed with: the server's, moved on by what has passed
 * here since its answer came.
 *
 * @param asOf - the server's instant in the answer; this machine's clock counts
 * when left out
 */
export function useViewClock(answer?: {
  asOf?: string;
  receivedAt?: number;
}): ViewClock {
  const [here, setHere] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) {
        setHere(Date.now());
      }
    }, TICK);
    return () => clearInterval(timer);
  }, []);
  const passed = Math.max(0, here - (answer?.receivedAt ?? here));
  return {
    now: answer?.asOf ? Date.parse(answer.asOf) + passed : here,
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
