// SPDX-License-Identifier: Apache-2.0
import { describeFailedRollouts } from './describeFailedRollouts';
import { describeLists } from './describeLists';
import { describeObjects } from './describeObjects';
import { describeRollouts } from './describeRollouts';
import { describeWatches } from './describeWatches';

/** Where an API server under test is. */
export interface KubernetesApiUnderTest {
  url: string;
  /** A bearer token that may do everything. */
  token: string;
  /** Makes the server forget the history of changes; undefined where that cannot be done. */
  compact?(): Promise<void>;
}

/** What an API server under test can do; the suite asks for no more. */
export interface KubernetesApiCapabilities {
  /** Controllers run Deployments and Jobs, and nodes run Pods. */
  runsPods: boolean;
  /**
   * Pods fail as on a real node: an image of a host ending in `.invalid` cannot be pulled, a
   * container whose command is `false` crashes.
   */
  failsPods: boolean;
  /** {@link KubernetesApiUnderTest.compact} is there. */
  compacts: boolean;
}

/**
 * What clients of a Kubernetes API server rely on, as a suite that runs against a simulated
 * server and a real one alike.
 */
export function describeKubernetesApi(
  name: string,
  capabilities: KubernetesApiCapabilities,
  server: () => KubernetesApiUnderTest,
): void {
  describe(name, () => {
    describeObjects(server);
    describeLists(server, capabilities);
    describeWatches(server, capabilities);
    if (capabilities.runsPods) {
      describeRollouts(server);
    }
    if (capabilities.failsPods) {
      describeFailedRollouts(server);
    }
  });
}
