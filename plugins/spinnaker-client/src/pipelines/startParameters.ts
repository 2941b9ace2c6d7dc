// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';

/** The values that a promotion hands to Spinnaker. @public */
export interface StartParameters {
  promotionId: string;
  chartVersion: string;
  /** The environment's values file, base64. */
  valuesBase64: string;
  /** `sha256:` and 64 hexadecimal digits. */
  valuesDigest: string;
  /** `sha256:` and 64 hexadecimal digits. */
  fingerprint: string;
  /** The package of the chart, base64; only where Spinnaker does not read it from a repository. */
  chartBase64?: string;
}

/**
 * The most characters of a chart in base64 that leave for Spinnaker: 512 KiB of bytes.
 *
 * @remarks
 * Gate and Orca set no limit of their own, but a proxy before Gate often stops at 1 MiB, and
 * Spinnaker keeps the text with the execution: once in its trigger and once in each bake.
 */
const MAX_CHART_CHARACTERS = Math.ceil((512 * 1024) / 3) * 4;

const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
// a gzip file begins so, in base64
const GZIP =
  /^H4sI(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * What each start parameter must look like.
 *
 * @remarks
 * Spinnaker evaluates expressions in every value it is given, and evaluates the result
 * again where it is used. Nothing that matches these can hold one.
 *
 * @public
 */
export const START_PARAMETER_PATTERNS: Record<keyof StartParameters, RegExp> = {
  promotionId: /^[0-9A-Za-z-]{1,64}$/,
  chartVersion: /^[0-9A-Za-z][0-9A-Za-z.+-]{0,127}$/,
  valuesBase64: BASE64,
  valuesDigest: /^sha256:[0-9a-f]{64}$/,
  fingerprint: /^sha256:[0-9a-f]{64}$/,
  chartBase64: GZIP,
};

/** The names of the start parameters that all have, in the order in which they are shown. @public */
export const START_PARAMETER_NAMES = [
  'promotionId',
  'chartVersion',
  'valuesBase64',
  'valuesDigest',
  'fingerprint',
] as const;

/**
 * Returns the parameters as Spinnaker takes them.
 *
 * Throws `InputError` naming the first one that does not look as it must, or a chart that is
 * too large; its value is not repeated.
 *
 * @public
 */
export function startParameters(
  parameters: StartParameters,
): Record<string, string> {
  const { chartBase64 } = parameters;
  if (chartBase64 !== undefined && chartBase64.length > MAX_CHART_CHARACTERS) {
    throw new InputError(
      `The package of the chart is larger than 512 KiB, the most that is handed to Spinnaker; take out of the chart what it does not need`,
    );
  }
  const given: Record<string, string> = {};
  for (const name of [...START_PARAMETER_NAMES, 'chartBase64' as const]) {
    const value = parameters[name];
    if (value === undefined && name === 'chartBase64') {
      continue;
    }
    if (value === undefined || !START_PARAMETER_PATTERNS[name].test(value)) {
      throw new InputError(
        `The start parameter '${name}' does not have the form that may be sent to Spinnaker`,
      );
    }
    given[name] = value;
  }
  return given;
}
