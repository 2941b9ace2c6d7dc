// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const PLACES = /\{[^{}]*\}/g;
const KNOWN = ['{service}', '{environment}', '{release}'];

/**
 * Links that are shown for each Environment of each Service.
 *
 * ```yaml
 * delivery:
 *   links:
 *     - title: Dashboard
 *       url: https://grafana.example/d/service?var-service={service}&var-env={environment}
 * ```
 *
 * @remarks
 * The host is written out: what is filled in never decides where a link leads.
 */
export const linksSchema = z.array(
  z.strictObject({
    title: z.string().min(1).max(120),
    url: z
      .string()
      .max(1000)
      .refine(url => /^https?:\/\/[^/{}?#]+(\/|$)/.test(url), {
        message: 'must be an address with its host written out',
      })
      .refine(
        url => (url.match(PLACES) ?? []).every(place => KNOWN.includes(place)),
        { message: `may hold ${KNOWN.join(', ')} and nothing else in braces` },
      ),
  }),
);
