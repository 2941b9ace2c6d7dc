// SPDX-License-Identifier: Apache-2.0
import { isError } from '@backstage/errors';
import type { Observation } from 'backstage-plugin-delivery-common';
import type { ObservationTarget } from 'backstage-plugin-delivery-node';
import { chooseHelmReleases } from '../domain/chooseHelmReleases';
import {
  composeObservation,
  refuseObservation,
} from '../domain/composeObservation';
import type { ProjectedPod } from '../domain/projectPod';
import { parseSelector, type Selector } from '../domain/parseSelector';
import { warningsAbout, type Warning } from '../domain/readWarnings';
import type { ClusterView } from './ClusterView';
import { refusalFor, type Ownership } from './NamespaceOwnership';

/** One service in one environment: what was last told of it, and what is to be told next. */
export class TargetWatch {
  readonly target: ObservationTarget;
  readonly #selector: Selector | undefined;
  readonly #selectorFault: string | undefined;
  #failing = false;
  #lackingSince = new Map<string, number>();
  #told: string | undefined;

  constructor(target: ObservationTarget) {
    this.target = target;
    try {
      this.#selector = parseSelector(target.selector);
    } catch (error) {
      this.#selectorFault = isError(error) ? error.message : String(error);
    }
  }

  /** Whether a Workload lacks Pods, so that time alone may change its health. */
  get isLacking(): boolean {
    return this.#lackingSince.size > 0;
  }

  /** Whether a Workload is failing, so that warnings about it are of interest. */
  get isFailing(): boolean {
    return this.#failing;
  }

  /** The Observation to tell now; undefined when nothing changed since the last one. */
  look(options: {
    view: ClusterView;
    /** Whose the namespace is; undefined while that is not known. */
    ownership: Ownership | undefined;
    /** What the cluster warned of in the namespace lately. */
    warnings?: readonly Warning[];
    now: Date;
    /** A time that only goes forward, in milliseconds. */
    uptimeMs: number;
  }): Observation | undefined {
    const observation = this.#observe(options);
    if (!observation) {
      return undefined;
    }
    this.#failing = observation.health === 'unhealthy';
    const { observedAt: _, ...seen } = observation;
    const text = JSON.stringify(seen);
    if (text === this.#told) {
      return undefined;
    }
    this.#told = text;
    return observation;
  }

  /** The Observation that refuses this target; undefined when it was told already. */
  refuse(reason: string, now: Date): Observation | undefined {
    const text = `refused: ${reason}`;
    if (text === this.#told) {
      return undefined;
    }
    this.#told = text;
    return refuseObservation({ target: this.target, reason, now });
  }

  /** The Pods whose logs may be read for this target, those that fail first. */
  pods(view: ClusterView, ownership: Ownership | undefined): ProjectedPod[] {
    const { contested, namespace, service } = this.target;
    const refused =
      contested &&
      (!ownership ||
        refusalFor({ service, namespace, ownership }) !== undefined);
    if (!this.#selector || refused) {
      return [];
    }
    return view
      .workloadsIn(namespace, this.#selector)
      .flatMap(workload => view.podsOf(workload))
      .sort(
        (a, b) =>
          Number(a.ready) - Number(b.ready) || (a.name < b.name ? -1 : 1),
      );
  }

  #observe(options: {
    view: ClusterView;
    ownership: Ownership | undefined;
    warnings?: readonly Warning[];
    now: Date;
    uptimeMs: number;
  }): Observation | undefined {
    const { view, ownership, now, uptimeMs, warnings = [] } = options;
    const { target } = this;
    const { service, namespace } = target;
    if (!this.#selector) {
      const reason = `The label selector cannot be used: ${
        this.#selectorFault
      }`;
      return refuseObservation({ target, reason, now });
    }
    if (target.contested) {
      if (!ownership) {
        return undefined;
      }
      const reason = refusalFor({ service, namespace, ownership });
      if (reason !== undefined) {
        return refuseObservation({ target, reason, now });
      }
    }
    const lacking = new Map<string, number>();
    const workloads = view
      .workloadsIn(namespace, this.#selector)
      .map(workload => {
        if (workload.available >= workload.desired) {
          return { workload, lackingForMs: undefined };
        }
        const since = this.#lackingSince.get(workload.uid) ?? uptimeMs;
        lacking.set(workload.uid, since);
        return { workload, lackingForMs: uptimeMs - since };
      });
    this.#lackingSince = lacking;
    const helm = chooseHelmReleases({
      records: view.helmReleasesIn(namespace),
      workloads: workloads.map(({ workload }) => workload),
      name: service.slice(service.lastIndexOf('/') + 1),
    });
    return composeObservation({
      target,
      now,
      helmReleases: helm.newest,
      workloads: workloads.map(facts => ({
        ...facts,
        chart: helm.chartOf(facts.workload),
        pods: view.podsOf(facts.workload),
        warnings: warningsAbout(warnings, view.uidsOf(facts.workload)),
      })),
    });
  }
}
