// SPDX-License-Identifier: Apache-2.0
import type { Finding } from 'backstage-plugin-delivery-common';

/** One line of the catalog file. */
export type YamlLine = { text: string; added: boolean };

/** The catalog file with the missing annotations marked. */
export function catalogLines(
  entity: { apiVersion: string; kind: string; name: string },
  annotations: Readonly<Record<string, string>>,
  findings: readonly Finding[],
): YamlLine[] {
  const missing = findings.flatMap(({ state, annotation }) =>
    annotation && state !== 'found' && annotations[annotation.key] === undefined
      ? annotation
      : [],
  );
  const lines = [
    ...Object.entries(annotations).map(([key, value]) => ({
      text: `    ${key}: ${value}`,
      added: false,
    })),
    ...missing.map(({ key, value }) => ({
      text: `    ${key}: ${value}`,
      added: true,
    })),
  ];
  return [
    { text: `apiVersion: ${entity.apiVersion}`, added: false },
    { text: `kind: ${entity.kind}`, added: false },
    { text: 'metadata:', added: false },
    { text: `  name: ${entity.name}`, added: false },
    { text: '  annotations:', added: false },
    ...lines,
  ];
}
