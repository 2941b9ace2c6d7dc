// SPDX-License-Identifier: Apache-2.0
import {
  DELIVERY_ANNOTATIONS,
  type Finding,
} from 'backstage-plugin-delivery-common';
import type { StoredFinding } from '../database/findings';
import { ANNOTATION_SUBJECT, CHART_SUBJECT } from '../database/catalogSubjects';
import type { ServiceFacts } from './ServiceFacts';

/** Worst first. */
const STATES: Finding['state'][] = ['refused', 'missing', 'unknown', 'found'];

type Needed = {
  id: string;
  title: string;
  /** The annotations of which one is needed; the first is the one to add. */
  keys: readonly string[];
};

const NEEDED: readonly Needed[] = [
  {
    id: 'jenkins',
    title: 'Jenkins folder',
    keys: [DELIVERY_ANNOTATIONS.jenkinsFolder],
  },
  {
    id: 'spinnaker',
    title: 'Spinnaker application',
    keys: [DELIVERY_ANNOTATIONS.spinnakerApplication],
  },
  {
    id: 'kubernetes',
    title: 'Workloads in Kubernetes',
    keys: [
      DELIVERY_ANNOTATIONS.kubernetesId,
      DELIVERY_ANNOTATIONS.kubernetesLabelSelector,
    ],
  },
];

/** What delivery needs of a Service: there, not there, or not to be seen. */
export function buildFindings(
  facts: Pick<
    ServiceFacts,
    'service' | 'findings' | 'observations' | 'sources'
  >,
): Finding[] {
  const { findings, service } = facts;
  const known = [...findings, ...refusedObservations(facts)];
  const told = NEEDED.map(needed => toldOf(needed, facts, known));
  const chart = known.find(({ subject }) => subject === CHART_SUBJECT);
  const path = known.find(
    ({ subject }) =>
      subject === `${ANNOTATION_SUBJECT}${DELIVERY_ANNOTATIONS.path}`,
  );
  const others = known.filter(
    ({ subject, state }) =>
      state !== 'found' &&
      subject !== CHART_SUBJECT &&
      !subject.startsWith(ANNOTATION_SUBJECT) &&
      !NEEDED.some(({ id }) => isAbout(subject, id)),
  );
  return [
    ...(path
      ? [
          {
            id: 'path',
            title: 'Promotion path',
            state: path.state,
            detail: path.detail,
          },
        ]
      : []),
    ...told,
    {
      id: 'chart',
      title: 'Chart repository',
      state: chart?.state ?? 'unknown',
      detail: chart?.detail ?? 'The catalog was not asked yet.',
    },
    service.owner
      ? {
          id: 'owner',
          title: 'Owner',
          state: 'found' as const,
          detail: `${service.owner}.`,
        }
      : {
          id: 'owner',
          title: 'Owner',
          state: 'missing' as const,
          detail:
            'The entity has no owner, so nobody can approve as the owner: set spec.owner.',
        },
    ...others.map(({ subject, state, detail }) => ({
      id: subject.slice(0, 60),
      title: subject.slice(0, 80),
      state,
      detail,
    })),
  ];
}

function toldOf(
  { id, keys, title }: Needed,
  { service, sources }: Pick<ServiceFacts, 'service' | 'sources'>,
  known: readonly StoredFinding[],
): Finding {
  const [key] = keys;
  const malformed = known.find(({ subject }) =>
    keys.some(one => subject === `${ANNOTATION_SUBJECT}${one}`),
  );
  if (malformed) {
    return { id, title, state: 'refused', detail: malformed.detail };
  }
  const value = keys
    .map(one => service.annotations[one])
    .find(one => one !== undefined);
  if (value === undefined) {
    return {
      id,
      title,
      state: 'missing',
      detail: `The annotation ${key} is missing.`,
      annotation: { key, value: service.name },
    };
  }
  const about = known
    .filter(({ subject }) => isAbout(subject, id))
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
  const [worst] = about;
  if (worst) {
    return { id, title, state: worst.state, detail: worst.detail };
  }
  return sources.some(({ source, state }) => source === id && state === 'live')
    ? { id, title, state: 'found', detail: `${value}.` }
    : {
        id,
        title,
        state: 'unknown',
        detail: `${value}; it could not be looked at yet.`,
      };
}

function isAbout(subject: string, id: string): boolean {
  return subject === id || subject.startsWith(`${id}:`);
}

function refusedObservations({
  observations,
  service,
}: Pick<ServiceFacts, 'observations' | 'service'>): StoredFinding[] {
  return observations.flatMap(({ environment, observedAt, refused }) =>
    refused === undefined
      ? []
      : [
          {
            service: service.entityRef,
            subject: `kubernetes:${environment}`,
            state: 'refused' as const,
            detail: refused,
            at: observedAt,
          },
        ],
  );
}
