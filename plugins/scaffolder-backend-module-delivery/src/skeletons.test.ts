// SPDX-License-Identifier: Apache-2.0
import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { setupServer } from 'msw/node';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { emptyVendors } from './__testUtils__/emptyVendors';
import {
  DELIVERY_CONFIG,
  scaffoldService,
  writeScaffold,
  type DryRun,
} from './__testUtils__/scaffoldService';
import {
  readJenkinsfile,
  type JenkinsfileStage,
} from './__testUtils__/readJenkinsfile';

const REQUIRED = {
  name: 'orders',
  owner: 'group:default/team-orders',
  organisation: 'northwind',
};

function filesOf(run: DryRun): Map<string, string> {
  return new Map(
    run.directoryContents.map(({ path, base64Content }) => [
      path,
      Buffer.from(base64Content, 'base64').toString('utf8'),
    ]),
  );
}

describe('what the template makes', () => {
  jest.setTimeout(60_000);
  registerMswTestHooks(setupServer(...emptyVendors()));

  it('needs a name, an owner and an organisation only', async () => {
    const files = filesOf(await scaffoldService({ values: REQUIRED }));
    expect([...files.keys()].filter(path => !path.includes('/ci/')).sort())
      .toMatchInlineSnapshot(`
      [
        "artifact/.dockerignore",
        "artifact/.gitignore",
        "artifact/.trivyignore",
        "artifact/Dockerfile",
        "artifact/Jenkinsfile",
        "artifact/README.md",
        "artifact/VERSION",
        "artifact/catalog-info.yaml",
        "artifact/compose.yaml",
        "artifact/package.json",
        "artifact/src/createService.js",
        "artifact/src/healthcheck.js",
        "artifact/src/main.js",
        "artifact/test/createService.test.js",
        "chart/.gitignore",
        "chart/.helmignore",
        "chart/Chart.yaml",
        "chart/Jenkinsfile",
        "chart/README.md",
        "chart/catalog-info.yaml",
        "chart/templates/_helpers.tpl",
        "chart/templates/deployment.yaml",
        "chart/templates/horizontalpodautoscaler.yaml",
        "chart/templates/ingress.yaml",
        "chart/templates/poddisruptionbudget.yaml",
        "chart/templates/service.yaml",
        "chart/templates/servicemonitor.yaml",
        "chart/templates/tests/health.yaml",
        "chart/values-dev.yaml",
        "chart/values-prod.yaml",
        "chart/values-staging.yaml",
        "chart/values.schema.json",
        "chart/values.yaml",
        "chart/wiring/jenkins.json",
        "chart/wiring/spinnaker/application.json",
        "chart/wiring/spinnaker/deploy-to-dev.json",
        "chart/wiring/spinnaker/deploy-to-prod.json",
        "chart/wiring/spinnaker/deploy-to-staging.json",
        "runtime.yaml",
      ]
    `);
    for (const [path, content] of files) {
      // scripts and chart templates are copied as they are
      if (/\/ci\/|^chart\/templates\//.test(path)) {
        continue;
      }
      expect(`${path}: ${content}`).not.toMatch(/\$\{\{|\{%|undefined/);
    }
  });

  it('says in a dry run what it would make where, and links to it', async () => {
    const { log, output } = await scaffoldService({ values: REQUIRED });
    const said = log.map(({ body }) => body.message).join('\n');
    for (const sentence of [
      "The application 'orders' would be created in Spinnaker at gate.test",
      "The Spinnaker pipeline 'Deploy to prod' would be created in Spinnaker at gate.test",
      "The job 'orders/chart' would be created in Jenkins at jenkins.test",
      'The first image would be built in Jenkins at jenkins.test',
    ]) {
      expect(said).toContain(sentence);
    }
    expect(said).not.toMatch(/(jenkins|gate|github)-secret/);
    expect(output.links.map(({ title }) => title)).toEqual([
      'Deploy tab',
      'Service in the catalog',
      'Source repository',
      'Chart repository',
      'Jenkins folder',
      'Spinnaker application',
    ]);
  });

  it('binds the entity to its folder, application, workloads and chart repository', async () => {
    const files = filesOf(
      await scaffoldService({
        values: {
          ...REQUIRED,
          system: 'system:default/shop',
          description: 'Takes "orders": #1 of them',
        },
      }),
    );
    expect(parse(files.get('artifact/catalog-info.yaml') ?? '')).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'orders',
        description: 'Takes "orders": #1 of them',
        annotations: {
          'jenkins.io/job-full-name': 'orders',
          'spinnaker.io/application-name': 'orders',
          'backstage.io/kubernetes-id': 'orders',
        },
      },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: 'group:default/team-orders',
        system: 'system:default/shop',
        dependsOn: ['resource:default/orders-chart'],
      },
    });
    expect(parse(files.get('chart/catalog-info.yaml') ?? '')).toMatchObject({
      kind: 'Resource',
      metadata: { name: 'orders-chart' },
      spec: {
        type: 'helm-chart',
        dependencyOf: ['component:default/orders'],
        owner: 'group:default/team-orders',
      },
    });
  });

  it('follows the configured environments without further words', async () => {
    const files = filesOf(
      await scaffoldService({
        values: {
          ...REQUIRED,
          tiers: { staging: { replicas: 4 }, production: { replicas: 6 } },
        },
        delivery: {
          ...DELIVERY_CONFIG,
          environments: [
            ...DELIVERY_CONFIG.environments,
            {
              name: 'qa',
              tier: 'staging',
              after: ['dev'],
              namespace: '{service}-qa',
              account: 'local-qa',
              entry: 'automatic',
            },
          ],
        },
      }),
    );
    const values = (environment: string) =>
      parse(files.get(`chart/values-${environment}.yaml`) ?? '');
    expect(values('dev')).toEqual({ environment: 'dev' });
    expect(values('staging')).toEqual({ environment: 'staging', replicas: 4 });
    expect(values('qa')).toEqual({ environment: 'qa', replicas: 4 });
    expect(values('prod')).toEqual({ environment: 'prod', replicas: 6 });
    expect(files.get('chart/Jenkinsfile')).toContain("HAND_OVER_TO = 'dev qa'");
  });

  it('refuses what could break out of a file', async () => {
    for (const values of [
      { ...REQUIRED, name: 'Orders' },
      { ...REQUIRED, name: "orders'; rm" },
      { ...REQUIRED, name: 'a'.repeat(41) },
      { ...REQUIRED, owner: 'group:default/x\nspec: y' },
      { ...REQUIRED, organisation: "x' + y" },
      { ...REQUIRED, healthPath: "/x'y" },
      { ...REQUIRED, baseImage: 'node:latest' },
      { ...REQUIRED, baseImage: 'node' },
      { ...REQUIRED, baseImage: 'node:22\nRUN id' },
      { ...REQUIRED, description: 'two\nlines' },
    ]) {
      await expect(scaffoldService({ values })).rejects.toThrow(/answered 400/);
    }
  });

  it('has scripts that pass shellcheck', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'skeletons-'));
    try {
      const run = await scaffoldService({ values: REQUIRED });
      await writeScaffold(run, folder);
      for (const repository of ['artifact', 'chart']) {
        const scripts = [...filesOf(run).keys()]
          .filter(path => path.startsWith(`${repository}/ci/`))
          .map(path => path.slice(repository.length + 1));
        const findings = execFileSync(
          'sh',
          ['-c', 'shellcheck -x -s sh "$@" 2>&1 || true', 'sh', ...scripts],
          { cwd: join(folder, repository), encoding: 'utf8' },
        );
        expect(findings).toBe('');
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('tells the builds of a service on a GitLab where its API is', async () => {
    const run = await scaffoldService({
      values: {
        ...REQUIRED,
        sourceHost: 'gitlab.test',
        organisation: 'northwind/payments',
      },
    });
    const files = filesOf(run);
    for (const repository of ['artifact', 'chart']) {
      const text = files.get(`${repository}/Jenkinsfile`) ?? '';
      expect(text).toContain("SOURCE_HOST = 'gitlab'");
      expect(text).toContain("SOURCE_HOST_API = 'http://gitlab.test/api/v4'");
      expect(readJenkinsfile(text).length).toBeGreaterThan(4);
    }
    expect(files.get('artifact/Jenkinsfile')).toContain(
      'IMAGE_NAME = "${IMAGE_REGISTRY}/northwind/payments/orders"',
    );
    const said = run.log.map(({ body }) => body.message).join();
    expect(said).toContain(
      'Would create northwind/payments/orders-chart on gitlab.test',
    );
    expect(said).not.toContain('gitlab-secret');
  });

  it.each(['helm', 'kustomize'])(
    'tells the builds of a service with %s that its chart goes to an OCI registry',
    async renderer => {
      const files = filesOf(
        await scaffoldService({
          values: { ...REQUIRED, renderer, chartHandover: 'oci' },
        }),
      );
      expect(files.get('chart/Jenkinsfile')).toContain(
        "CHART_REGISTRY = 'oci'",
      );
      const readme = files.get('chart/README.md') ?? '';
      expect(readme).toContain('properties `CHART_OCI_REPOSITORY_URL` and');
      expect(readme).toMatch(/An agent with git, curl and .*Helm 3;/);
    },
  );

  it('has Jenkinsfiles that run its scripts in order, with credentials on main only', async () => {
    const files = filesOf(await scaffoldService({ values: REQUIRED }));
    const [artifact, chart] = ['artifact', 'chart'].map(repository =>
      readJenkinsfile(files.get(`${repository}/Jenkinsfile`) ?? ''),
    );
    expect(artifact.map(describeStage)).toEqual([
      'Plan: ci/base-image.sh ci/plan.sh',
      'Compare: ci/compare.sh, on main, with git-push',
      'Test: ci/test.sh',
      'Image: ci/image.sh',
      'Image test: ci/image-test.sh',
      'Scan: ci/scan.sh',
      'Push: ci/push.sh, on main, with image-registry',
      'Bump chart: ci/bump-chart.sh, on main, with git-push',
    ]);
    expect(chart.map(describeStage)).toEqual([
      'Lint: ci/lint.sh',
      'Template: ci/template.sh',
      'Package: ci/package.sh, on main',
      'Push: ci/push.sh, on main, with chart-repository',
      'Release: ci/release.sh, on main',
      'Hand over: ci/hand-over.sh, on main, with spinnaker-webhook',
    ]);
    const embedded = filesOf(
      await scaffoldService({
        values: { ...REQUIRED, chartHandover: 'embedded' },
      }),
    );
    expect(
      readJenkinsfile(embedded.get('chart/Jenkinsfile') ?? '').map(
        describeStage,
      ),
    ).toEqual(chart.map(describeStage).filter(one => !one.startsWith('Push')));
    expect(embedded.get('artifact/catalog-info.yaml')).toContain(
      'delivery/chart-hand-over: embedded',
    );
    const named = [
      ...artifact.flatMap(one => one.scripts.map(file => `artifact/${file}`)),
      ...chart.flatMap(one => one.scripts.map(file => `chart/${file}`)),
    ];
    expect([...files.keys()]).toEqual(expect.arrayContaining(named));
  });
});

function describeStage(stage: JenkinsfileStage): string {
  const { name, scripts, mainOnly, credentials } = stage;
  return [
    `${name}: ${scripts.join(' ')}`,
    ...(mainOnly ? ['on main'] : []),
    ...credentials.map(id => `with ${id}`),
  ].join(', ');
}
