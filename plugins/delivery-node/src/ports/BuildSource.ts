// SPDX-License-Identifier: Apache-2.0
import type {
  BuildSummary,
  Evidence,
  Release,
  ReleaseRecord,
} from 'backstage-plugin-delivery-common';
import type { CallOptions } from './CdEngine';
import type { DeliveredService } from './DeliveredService';

/** A Release record with what the image builds vouch for. @public */
export type SourceRelease = {
  record: ReleaseRecord;
  evidence: Evidence;
  /** Where a person sees the build that made it. */
  buildUrl?: string;
};

/** Something that was there and could not be used, and why. @public */
export type SourceProblem = {
  /** Which build or object, by its name. */
  subject: string;
  reason: string;
};

/** What a build source knows of a Service. @public */
export type SourceReleases =
  | {
      state: 'bound';
      /** Oldest first. */
      releases: SourceRelease[];
      problems: SourceProblem[];
      url?: string;
    }
  | { state: 'missing'; reason: string }
  | { state: 'refused'; reason: string };

/**
 * The package of a chart as a build archived it, or why there is none.
 *
 * @remarks
 * Whether it is the Release's is for the caller to check, by the digest.
 * @public
 */
export type ChartPackage =
  | { state: 'found'; bytes: Uint8Array }
  | { state: 'missing'; reason: string };

/**
 * A CI server: tells which Releases were built.
 *
 * @remarks
 * Rejects when the server could not be asked. A record that names another
 * entity than the one asked for is `refused` as a whole.
 * @public
 */
export interface BuildSource {
  /** Short and unique: `jenkins`. */
  readonly id: string;
  /** Releases built since then (by the build's number, when known). */
  releases(
    service: DeliveredService,
    since: { build?: number },
    options?: CallOptions,
  ): Promise<SourceReleases>;
  /**
   * The package of a Release's chart, from the build that made the Release; one
   * of more than `maxBytes` counts as missing. Needed only for Services whose
   * chart travels with the start.
   */
  chartPackage?(
    request: {
      service: DeliveredService;
      release: Pick<Release, 'build' | 'chart' | 'number'>;
      maxBytes: number;
    },
    options?: CallOptions,
  ): Promise<ChartPackage>;
  /** The newest builds, newest first, at most `limit`. */
  builds(
    service: DeliveredService,
    options: CallOptions & { limit: number },
  ): Promise<BuildSummary[]>;
}
