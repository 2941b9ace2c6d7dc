// SPDX-License-Identifier: Apache-2.0
import { HOSTED, HOSTS } from './__testUtils__/HostedRepositories';
import { SECRET } from './__testUtils__/sourceHostSettings';
import { useBitbucketCloud } from './__testUtils__/useBitbucketCloud';
import { usePortal } from './__testUtils__/usePortal';
import { until } from './testing/until';

const HAND_WRITTEN = `# Kept by the billing people
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: billing
  annotations:
    example.com/pager: billing # who is called
spec:
  type: service
  lifecycle: production
  owner: group:default/finance
  dependsOn:
    - resource:default/ledger
`;

const JENKINS_LOGIN = `Basic ${btoa(`portal:${SECRET}`)}`;

jest.setTimeout(180_000);

const BILLING = {
  service: 'billing',
  owner: 'group:default/team-orders',
  chartRepository: 'billing-helm',
};

/** The real template, scaffolder and catalog against the simulated vendors. */
function useAdoption(on: keyof typeof HOSTED) {
  const portal = usePortal();
  useBitbucketCloud(() => portal().simulator);
  const hosted = () => HOSTED[on](portal());
  const adopt = (values: object) =>
    portal().run('adopt-service', {
      sourceHost: hosted().sourceHost,
      organisation: hosted().organisation,
      ...values,
    });
  return { portal, hosted, adopt };
}

describe.each(HOSTS)('adopting a service on %s', on => {
  const { portal, hosted, adopt } = useAdoption(on);
  const entity = (path: string) =>
    portal().get(`/api/catalog/entities/by-name/${path}`);

  beforeAll(async () => {
    await hosted().make('billing', {
      'catalog-info.yaml': HAND_WRITTEN,
      Dockerfile: 'FROM scratch\n',
    });
    await hosted().make('billing-helm', { 'Chart.yaml': 'name: billing\n' });
  });

  it('binds what is there by pull request, and says what is missing', async () => {
    const { status, output, log } = await adopt(BILLING);
    expect(`${status} ${log}`).toMatch(/^completed /);
    expect(log).not.toContain(SECRET);

    const [missing] = output.text;
    for (const sentence of [
      'Jenkinsfile in billing: is not there',
      'values-dev.yaml in billing-helm: is not there',
      "The Jenkins job 'billing/image': does not exist",
      "The Spinnaker application 'billing': does not exist",
    ]) {
      expect(missing.content).toContain(sentence);
    }
    expect(missing.content).not.toContain('Dockerfile');

    const [pull] = await hosted().pulls('billing');
    expect(pull).toMatchObject({
      state: 'open',
      head: 'delivery/adopt-billing',
      base: 'main',
    });
    expect(pull.body).toContain("The Jenkins job 'billing/image'");
    expect(output.links[0].url).toBe(pull.url);
    expect(
      await hosted().read(
        'billing',
        'catalog-info.yaml',
        'delivery/adopt-billing',
      ),
    ).toBe(`# Kept by the billing people
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: billing
  annotations:
    example.com/pager: billing # who is called
    jenkins.io/job-full-name: billing
    spinnaker.io/application-name: billing
    backstage.io/kubernetes-id: billing
spec:
  type: service
  lifecycle: production
  owner: group:default/finance
  dependsOn:
    - resource:default/ledger
    - resource:default/billing-chart
`);
    expect(await hosted().read('billing', 'catalog-info.yaml', 'main')).toBe(
      HAND_WRITTEN,
    );
  });

  it('opens no second pull request when it is run again, and keeps what people changed', async () => {
    await hosted().change(
      'billing',
      'catalog-info.yaml',
      'delivery/adopt-billing',
      text => text.replace('lifecycle: production', 'lifecycle: experimental'),
    );
    const again = await adopt(BILLING);
    expect(`${again.status} ${again.log}`).toMatch(/^completed /);
    for (const repository of ['billing', 'billing-helm']) {
      expect(await hosted().pulls(repository)).toHaveLength(1);
    }
    expect(
      await hosted().read(
        'billing',
        'catalog-info.yaml',
        'delivery/adopt-billing',
      ),
    ).toMatch(/lifecycle: experimental\n[^]*resource:default\/billing-chart/);
  });

  it('is in the catalog once its pull requests are merged, and changes nothing then', async () => {
    for (const repository of ['billing', 'billing-helm']) {
      await hosted().merge(repository, 1);
    }
    const { body } = await until(async () => {
      const found = await entity('component/default/billing');
      return (
        found.body.relations?.some(
          ({ targetRef }: { targetRef: string }) =>
            targetRef === 'resource:default/billing-chart',
        ) && found
      );
    });
    expect(body.metadata.annotations).toMatchObject({
      'jenkins.io/job-full-name': 'billing',
      'example.com/pager': 'billing',
    });
    await until(
      async () =>
        (await entity('resource/default/billing-chart')).status === 200,
    );

    expect(await adopt(BILLING)).toMatchObject({ status: 'completed' });
    for (const repository of ['billing', 'billing-helm']) {
      expect(await hosted().pulls(repository)).toHaveLength(1);
    }
  });

  it('refuses to say something else than the catalog file says', async () => {
    const { status, log } = await adopt({
      ...BILLING,
      jenkinsFolder: 'finance/billing',
    });
    expect(status).toBe('failed');
    expect(log).toContain(
      "The Component 'billing' has the annotation jenkins.io/job-full-name: billing already",
    );
  });

  it('says that there is no such organisation', async () => {
    const { status, log } = await adopt({ ...BILLING, organisation: 'nobody' });
    expect(status).toBe('failed');
    expect(log).toMatch(/(There is no|organisation must name) .*'nobody'/);
  });
});

describe.each(['GitHub', 'GitLab'] as const)('what is found on %s', on => {
  const { portal, hosted, adopt } = useAdoption(on);

  it('knows a service that only Jenkins builds yet, and what was chosen of its jobs stays', async () => {
    const { simulator } = portal();
    const wiring = '{ "folder": "ledger", "poll": "H/15 * * * *" }\n';
    await hosted().make('ledger', { Jenkinsfile: 'node {}\n' });
    await hosted().make('ledger-chart', {
      'Chart.yaml': 'name: ledger\n',
      'wiring/jenkins.json': wiring,
    });
    const created = await fetch(
      `${simulator.urls.jenkins}/createItem?name=ledger&mode=com.cloudbees.hudson.plugin.folder.Folder`,
      { method: 'POST', headers: { authorization: JENKINS_LOGIN } },
    );
    expect(created.status).toBeLessThan(400);
    const { status, output, log } = await adopt({
      service: 'ledger',
      owner: 'group:default/team-orders',
    });
    expect(`${status} ${log}`).toMatch(/^completed /);
    const restored =
      "does not exist; once the pull requests are merged, run the template 'Restore a service'";
    expect(output.text[0].content).toContain(
      `The Spinnaker application 'ledger': ${restored}`,
    );
    expect(output.text[0].content).toContain(
      `The Spinnaker pipeline 'Deploy to dev': ${restored}`,
    );
    const branch = 'delivery/adopt-ledger';
    expect(
      await hosted().read(
        'ledger-chart',
        'wiring/spinnaker/deploy-to-dev.json',
        branch,
      ),
    ).toContain('"Deploy to dev"');
    expect(
      await hosted().read('ledger-chart', 'wiring/jenkins.json', branch),
    ).toBe(wiring);
  });

  it('knows what renders a service by what its chart repository holds', async () => {
    await hosted().make('parcels', { Dockerfile: 'FROM scratch\n' });
    await hosted().make('parcels-chart', {
      'Chart.yaml': 'name: parcels\n',
      'base/kustomization.yaml': 'resources: []\n',
      'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
    });
    const { status, output, log } = await adopt({
      service: 'parcels',
      owner: 'group:default/team-orders',
    });
    expect(`${status} ${log}`).toMatch(/^completed /);
    const missing = output.text[0].content;
    expect(missing).toContain(
      'overlays/staging/kustomization.yaml in parcels-chart: is not there',
    );
    expect(missing).not.toContain('overlays/dev/');
    // Spinnaker is configured to read such services from the GitHub
    expect(missing.includes('The overlays of the chart repository:')).toBe(
      on === 'GitLab',
    );
    expect(
      await hosted().read(
        'parcels',
        'catalog-info.yaml',
        'delivery/adopt-parcels',
      ),
    ).toContain('delivery/renderer: kustomize');
  });

  it('has nothing to adopt where no repository is', async () => {
    await hosted().make('billing-helm', { 'Chart.yaml': 'name: billing\n' });
    const { status, log } = await adopt({ ...BILLING, service: 'nothing' });
    expect(status).toBe('completed');
    expect(log).toContain('/nothing: is not there');
    const none = await adopt({
      service: 'nothing',
      owner: 'group:default/team-orders',
    });
    expect(none.status).toBe('failed');
    expect(none.log).toContain('there is nothing to adopt');
  });
});
