// SPDX-License-Identifier: Apache-2.0
import { DELIVERY_ANNOTATIONS } from 'backstage-plugin-delivery-common';
import { isLabelSelector } from './isLabelSelector';

/** An annotation whose value cannot be what it should be. */
export type MalformedAnnotation = { key: string; reason: string };

// An instance may be named before the folder: `other:team/orders`.
const FOLDER = /^([A-Za-z0-9-]+:)?[A-Za-z0-9][\w .-]*(\/[A-Za-z0-9][\w .-]*)*$/;
const APPLICATION = /^[A-Za-z0-9][A-Za-z0-9.-]{0,248}$/;
const LABEL_VALUE = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const PATH = /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;
const STRATEGIES =
  /^[a-z][-a-z0-9]{0,39}=(rolling|rolling-again|blue-green)( *, *[a-z][-a-z0-9]{0,39}=(rolling|rolling-again|blue-green))*$/;
const RENDERERS = new Set(['helm', 'kustomize']);
const HAND_OVERS = new Set(['registry', 'embedded']);

const RULES: Record<string, { fits(value: string): boolean; reason: string }> =
  {
    [DELIVERY_ANNOTATIONS.jenkinsFolder]: {
      fits: value =>
        value.length <= 200 && FOLDER.test(value) && !value.includes('..'),
      reason: 'must be the full name of a Jenkins folder, such as team/orders',
    },
    [DELIVERY_ANNOTATIONS.spinnakerApplication]: {
      fits: value => APPLICATION.test(value),
      reason: 'must be the name of a Spinnaker application',
    },
    [DELIVERY_ANNOTATIONS.kubernetesId]: {
      fits: value => LABEL_VALUE.test(value),
      reason: 'must be the value of a Kubernetes label',
    },
    [DELIVERY_ANNOTATIONS.kubernetesLabelSelector]: {
      fits: isLabelSelector,
      reason: 'must be a Kubernetes label selector, such as app=orders',
    },
    [DELIVERY_ANNOTATIONS.path]: {
      fits: value => PATH.test(value),
      reason: 'must be the name of a promotion path',
    },
    [DELIVERY_ANNOTATIONS.strategy]: {
      fits: value => STRATEGIES.test(value),
      reason:
        'must say how environments are rolled out, such as prod=blue-green',
    },
    [DELIVERY_ANNOTATIONS.renderer]: {
      fits: value => RENDERERS.has(value),
      reason: 'must be helm or kustomize',
    },
    [DELIVERY_ANNOTATIONS.chartHandOver]: {
      fits: value => HAND_OVERS.has(value),
      reason: 'must be registry or embedded',
    },
  };

/**
 * The annotations delivery reads, without those that are malformed.
 *
 * @remarks
 * They hold names, never addresses: what does not look like a name never
 * reaches a client.
 */
export function readAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
): {
  annotations: Record<string, string>;
  malformed: MalformedAnnotation[];
} {
  const good: Record<string, string> = {};
  const malformed: MalformedAnnotation[] = [];
  for (const [key, { fits, reason }] of Object.entries(RULES)) {
    const value = annotations?.[key]?.trim();
    if (value === undefined) {
      continue;
    }
    if (fits(value)) {
      good[key] = value;
    } else {
      malformed.push({ key, reason });
    }
  }
  return { annotations: good, malformed };
}
