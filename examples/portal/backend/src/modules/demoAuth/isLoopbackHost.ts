// SPDX-License-Identifier: Apache-2.0

/**
 * Says whether a host name means this machine and nothing else.
 *
 * @remarks
 * An absent host is not loopback: Node then listens on every interface.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return (
    host !== undefined &&
    /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host)
  );
}
