// SPDX-License-Identifier: Apache-2.0
/** Where "now" comes from; one for the whole plugin. @public */
export interface Clock {
  now(): Date;
}
