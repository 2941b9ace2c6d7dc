// SPDX-License-Identifier: Apache-2.0
import type { BuildSummary, Release } from 'backstage-plugin-delivery-common';
import type {
  BuildSource,
  ChartPackage,
  SourceReleases,
} from '../ports/BuildSource';
import type { DeliveredService } from '../ports/DeliveredService';

/** A CI server in memory. @public */
export class FakeBuildSource implements BuildSource {
  readonly id = 'fake';
  readonly answers = new Map<string, SourceReleases>();
  readonly buildsOf = new Map<string, BuildSummary[]>();
  /** Packages of charts, by the number of the build that archived them. */
  readonly packages = new Map<number, Uint8Array>();
  down: Error | undefined;

  async releases(
    service: DeliveredService,
    since: { build?: number },
  ): Promise<SourceReleases> {
    if (this.down) {
      throw this.down;
    }
    const answer = this.answers.get(service.entityRef) ?? {
      state: 'missing',
      reason: 'There is no Jenkins folder of this name.',
    };
    if (answer.state !== 'bound') {
      return answer;
    }
    return {
      ...answer,
      releases: answer.releases.filter(
        ({ record }) => record.build.number > (since.build ?? 0),
      ),
    };
  }

  async chartPackage(request: {
    release: Pick<Release, 'build'>;
  }): Promise<ChartPackage> {
    if (this.down) {
      throw this.down;
    }
    const { job, number } = request.release.build;
    const bytes = this.packages.get(number);
    return bytes
      ? { state: 'found', bytes }
      : { state: 'missing', reason: `${job} #${number} archived no package` };
  }

  async builds(
    service: DeliveredService,
    options: { limit: number },
  ): Promise<BuildSummary[]> {
    if (this.down) {
      throw this.down;
    }
    return (this.buildsOf.get(service.entityRef) ?? []).slice(0, options.limit);
  }
}
