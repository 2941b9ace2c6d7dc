// SPDX-License-Identifier: Apache-2.0
/** Another Promotion holds the lane. */
export class LaneTaken extends Error {
  constructor(service: string, environment: string) {
    super(`The lane of ${service} into ${environment} is taken`);
    this.name = 'LaneTaken';
  }
}
