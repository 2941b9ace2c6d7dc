// SPDX-License-Identifier: Apache-2.0
import { HOSTED, HOSTS } from './__testUtils__/HostedRepositories';
import { SECRET } from './__testUtils__/sourceHostSettings';
import { useBitbucketCloud } from './__testUtils__/useBitbucketCloud';
import { usePortal } from './__testUtils__/usePortal';
import { until } from './testing/until';

const handWritten = (service: string) => `# Kept by the billing people
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${service}
  annotations:
    example.com/pager: ${service} # who is called
spec:
  type: service
  lifecycle: production
  owner: group:default/finance
  dependsOn:
    - resource:default/ledger
`;

const JENKINS_LOGIN = `Basic ${btoa(`portal:${SECRET}`)}`;

jest.setTimeout(180_000);

const OWNER = 'group:default/team-orders';

/** The real template, scaffolder and catalog against the simulated vendors. */
describe('adopting a service', () => {
  const portal = usePortal();
  useBitbucketCloud(() => portal().simulator);

  const adopt = (on: keyof typeof HOSTED, values: object) => {
    const { sourceHost, organisation } = HOSTED[on](portal());
    return portal().run('adopt-service', {
      sourceHost,
      organisation,
      ...values,
    });
  };

  describe.each(HOSTS)('on %s', on => {
    const service = `billing-${HOSTS.indexOf(on)}`;
    const chart = `${service}-helm`;
    const BILLING = { service, owner: OWNER, chartRepository: chart };
    const branch = `delivery/adopt-${service}`;
    const hosted = () => HOSTED[on](portal());
    const entity = (path: string) =>
      portal().get(`/api/catalog/entities/by-name/${path}`);

    beforeAll(async () => {
      await hosted().make(service, {
        'catalog-info.yaml': handWritten(service),
        Dockerfile: 'FROM scratch\n',
      });
      await hosted().make(chart, { 'Chart.yaml': 'name: billing\n' });
    });

    it('binds what is there by pull request, and says what is missing', async () => {
      const { status, output, log } = await adopt(on, BILLING);
      expect(`${status} ${log}`).toMatch(/^completed /);
      expect(log).not.toContain(SECRET);

      const [missing] = output.text;
      for (const sentence of [
        `Jenkinsfile in ${service}: is not there`,
        `values-dev.yaml in ${chart}: is not there`,
        `The Jenkins job '${service}/image': does not exist`,
        `The Spinnaker application '${service}': does not exist`,
      ]) {
        expect(missing.content).toContain(sentence);
      }
      expect(missing.content).not.toContain('Dockerfile');

      const [pull] = await hosted().pulls(service);
      expect(pull).toMatchObject({
        state: 'open',
        head: branch,
        base: 'main',
      });
      expect(pull.body).toContain(`The Jenkins job '${service}/image'`);
      expect(output.links[0].url).toBe(pull.url);
      expect(await hosted().read(service, 'catalog-info.yaml', branch))
        .toBe(`# Kept by the billing people
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${service}
  annotations:
    example.com/pager: ${service} # who is called
    jenkins.io/job-full-name: ${service}
    spinnaker.io/application-name: ${service}
    backstage.io/kubernetes-id: ${service}
spec:
  type: service
  lifecycle: production
  owner: group:default/finance
  dependsOn:
    - resource:default/ledger
    - resource:default/${service}-chart
`);
      expect(await hosted().read(service, 'catalog-info.yaml', 'main')).toBe(
        handWritten(service),
      );
    });

    it('opens no second pull request when it is run again, and keeps what people changed', async () => {
      await hosted().change(service, 'catalog-info.yaml', branch, text =>
        text.replace('lifecycle: production', 'lifecycle: experimental'),
      );
      const again = await adopt(on, BILLING);
      expect(`${again.status} ${again.log}`).toMatch(/^completed /);
      for (const repository of [service, chart]) {
        expect(await hosted().pulls(repository)).toHaveLength(1);
      }
      expect(await hosted().read(service, 'catalog-info.yaml', branch)).toMatch(
        RegExp(
          `lifecycle: experimental\\n[^]*resource:default/${service}-chart`,
        ),
      );
    });

    it('is in the catalog once its pull requests are merged, and changes nothing then', async () => {
      for (const repository of [service, chart]) {
        await hosted().merge(repository, 1);
      }
      const { body } = await until(async () => {
        const found = await entity(`component/default/${service}`);
        // the chart names it too: the relation alone may be told by that file
        return (
          found.body.metadata?.annotations['jenkins.io/job-full-name'] ===
            service &&
          found.body.relations?.some(
            ({ targetRef }: { targetRef: string }) =>
              targetRef === `resource:default/${service}-chart`,
          ) &&
          found
        );
      });
      expect(body.metadata.annotations['example.com/pager']).toBe(service);
      await until(
        async () =>
          (await entity(`resource/default/${service}-chart`)).status === 200,
      );

      expect(await adopt(on, BILLING)).toMatchObject({ status: 'completed' });
      for (const repository of [service, chart]) {
        expect(await hosted().pulls(repository)).toHaveLength(1);
      }
    });

    it('refuses to say something else than the catalog file says', async () => {
      const { status, log } = await adopt(on, {
        ...BILLING,
        jenkinsFolder: 'finance/other',
      });
      expect(status).toBe('failed');
      expect(log).toContain(
        `The Component '${service}' has the annotation jenkins.io/job-full-name: ${service} already`,
      );
    });

    it('says that there is no such organisation', async () => {
      const { status, log } = await adopt(on, {
        ...BILLING,
        organisation: 'nobody',
      });
      expect(status).toBe('failed');
      expect(log).toMatch(/(There is no|organisation must name) .*'nobody'/);
    });
  });

  describe('what is found', () => {
    const hosted = () => HOSTED.GitHub(portal());

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
      const { status, output, log } = await adopt('GitHub', {
        service: 'ledger',
        owner: OWNER,
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

    it.each(['GitHub', 'GitLab'] as const)(
      'knows what renders a service on %s by what its chart repository holds',
      async on => {
        const there = HOSTED[on](portal());
        const service = `parcels-${HOSTS.indexOf(on)}`;
        await there.make(service, { Dockerfile: 'FROM scratch\n' });
        await there.make(`${service}-chart`, {
          'Chart.yaml': 'name: parcels\n',
          'base/kustomization.yaml': 'resources: []\n',
          'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
        });
        const { status, output, log } = await adopt(on, {
          service,
          owner: OWNER,
        });
        expect(`${status} ${log}`).toMatch(/^completed /);
        const missing = output.text[0].content;
        expect(missing).toContain(
          `overlays/staging/kustomization.yaml in ${service}-chart: is not there`,
        );
        expect(missing).not.toContain('overlays/dev/');
        // Spinnaker is configured to read such services from the GitHub
        expect(missing.includes('The overlays of the chart repository:')).toBe(
          on === 'GitLab',
        );
        expect(
          await there.read(
            service,
            'catalog-info.yaml',
            `delivery/adopt-${service}`,
          ),
        ).toContain('delivery/renderer: kustomize');
      },
    );

    it('has nothing to adopt where no repository is', async () => {
      await hosted().make('billing-helm', { 'Chart.yaml': 'name: billing\n' });
      const { status, log } = await adopt('GitHub', {
        service: 'nothing',
        owner: OWNER,
        chartRepository: 'billing-helm',
      });
      expect(status).toBe('completed');
      expect(log).toContain('/nothing: is not there');
      const none = await adopt('GitHub', {
        service: 'nothing',
        owner: OWNER,
      });
      expect(none.status).toBe('failed');
      expect(none.log).toContain('there is nothing to adopt');
    });
  });
});
