// SPDX-License-Identifier: Apache-2.0

/** What this thread has computed so far, in milliseconds. */
function computed(): number {
  const { user, system } =
    typeof process.threadCpuUsage === 'function'
      ? process.threadCpuUsage()
      : process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * Measures how long single turns of the event loop compute.
 *
 * @remarks
 * Of the processor's time, because the machine itself may pause.
 */
export class TurnMeter {
  /** What each turn took, in milliseconds. */
  readonly turns: number[] = [];
  #before = computed();
  #running = true;

  constructor() {
    const tick = () => {
      this.turns.push(computed() - this.#before);
      this.#before = computed();
      if (this.#running) {
        setImmediate(tick);
      }
    };
    setImmediate(tick);
  }

  stop(): void {
    this.#running = false;
  }

  /** The longest turn so far, in milliseconds. */
  get longest(): number {
    return this.turns.reduce((most, turn) => Math.max(most, turn), 0);
  }
}
