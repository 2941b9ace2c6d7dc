// SPDX-License-Identifier: Apache-2.0

/**
 * The texts of delivery by key, to be said in another language.
 *
 * @packageDocumentation
 */

export { deliveryTranslationRef } from './deliveryTranslationRef';
