// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';

/** The five values that a promotion hands to Spinnaker. @public */
export interface StartParameters {
  promotionId: string;
  chartVersion: string;
  /** The environment's values file, base64. */
  valuesBase64: string;
  /** `sha256:` and 64 hexadecimal digits. */
  valuesDigest: string;
  /** `sha256:` and 64 hexadecimal digits. */
  fingerprint: string;
}

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
  valuesBase64:
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  valuesDigest: /^sha256:[0-9a-f]{64}$/,
  fingerprint: /^sha256:[0-9a-f]{64}$/,
};

/** The names of the start parameters, in the order in which they are shown. @public */
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
 * Throws `InputError` naming the first one that does not look as it must; its value is not
 * repeated.
 *
 * @public
 */
export function startParameters(
  parameters: StartParameters,
): Record<keyof StartParameters, string> {
  for (const name of START_PARAMETER_NAMES) {
    if (!START_PARAMETER_PATTERNS[name].test(parameters[name])) {
      throw new InputError(
        `The start parameter '${name}' does not have the form that may be sent to Spinnaker`,
      );
    }
  }
  return {
    promotionId: parameters.promotionId,
    chartVersion: parameters.chartVersion,
    valuesBase64: parameters.valuesBase64,
    valuesDigest: parameters.valuesDigest,
    fingerprint: parameters.fingerprint,
  };
}
