// SPDX-License-Identifier: Apache-2.0
import type { Environment } from 'backstage-plugin-delivery-common';
import { pathLayout } from './pathLayout';

/** The path in words: "dev, staging, then production-eu and production-us". */
export function pathSentence(
  environments: readonly Pick<Environment, 'name' | 'after'>[],
): string {
  const { places, columns } = pathLayout(environments);
  const steps = Array.from({ length: columns }, (_, column) =>
    places.filter(place => place.column === column).map(place => place.name),
  );
  if (steps.every(names => names.length <= 1)) {
    return steps.flat().join(', ');
  }
  return steps
    .map((names, index) => {
      const text = names.join(' and ');
      return names.length > 1 && index > 0 ? `then ${text}` : text;
    })
    .join(', ');
}
