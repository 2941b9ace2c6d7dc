// SPDX-License-Identifier: Apache-2.0
/**
 * Measures what the status of services costs, beside Backstage's own Kubernetes
 * plugin. Run it with `yarn bench:status`.
 *
 * @packageDocumentation
 */
export type { Report } from './report/Report';
