// SPDX-License-Identifier: Apache-2.0
import { ADMIN, RealKubernetes } from './__testUtils__/RealKubernetes';
import { describeKubernetesApi } from './contract/describeKubernetesApi';

jest.setTimeout(180_000);

const assets = process.env.KUBEBUILDER_ASSETS;

if (assets) {
  describe('a real Kubernetes API server', () => {
    let cluster: RealKubernetes | undefined;
    const started = () => {
      if (!cluster) {
        throw new Error('The API server is not started');
      }
      return cluster;
    };
    beforeAll(async () => {
      cluster = await RealKubernetes.start({ assets, principals: [] });
    });
    afterAll(() => cluster?.stop());

    const rollsOut = RealKubernetes.hasControllers(assets);
    describeKubernetesApi(
      'by the same contract as the simulated one',
      { runsPods: rollsOut, failsPods: rollsOut, compacts: true },
      () => ({
        url: started().url,
        token: ADMIN.token,
        compact: () => started().compact(),
      }),
    );
  });
} else {
  it('says that the contract was not shown on a real API server', () => {
    process.stderr.write(
      'NOT SHOWN ON A REAL KUBERNETES API SERVER: KUBEBUILDER_ASSETS names none.\n',
    );
    expect(assets).toBeUndefined();
  });
}
