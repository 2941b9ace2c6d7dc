// SPDX-License-Identifier: Apache-2.0

const RightDate = Date;
const rightly = Date.now.bind(Date);

/**
 * Sets the time of this machine wrong, for everything in this process: by so
 * much, or forth and back by it at every look.
 */
export function setWrong(given: { ms: number; jumps: boolean }): void {
  const { jumps, ms } = given;
  let looks = 0;
  const wrong = (): number => {
    looks += 1;
    return rightly() + (jumps && looks % 2 === 0 ? -ms : ms);
  };
  globalThis.Date = new Proxy(RightDate, {
    construct: (_, args: []) =>
      args.length === 0 ? new RightDate(wrong()) : new RightDate(...args),
    get: (target, name, self) =>
      name === 'now' ? wrong : Reflect.get(target, name, self),
  });
}
