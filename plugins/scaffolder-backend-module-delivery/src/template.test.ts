// SPDX-License-Identifier: Apache-2.0
import { FakeJenkins, jenkinsHandlers } from 'backstage-plugin-jenkins-client/testUtils';
import { http, HttpResponse, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { scaffoldService, writeScaffold } from './__testUtils__/scaffoldService';

describe('the template', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  it('runs', async () => {
    server.use(
      http.all('http://localhost:*', () => passthrough()),
      http.get('http://gate.test/applications/orders', () => HttpResponse.json({}, { status: 404 })),
      http.get('http://gate.test/applications/orders/pipelineConfigs', () => HttpResponse.json([])),
      http.all('http://jenkins.test/*', () => new HttpResponse('', { status: 404 })),
    );
    const run = await scaffoldService({ values: { name: 'orders', owner: 'group:default/team-orders' } });
    console.log(run.log.map(l => l.body.message).join('\n'));
    console.log(JSON.stringify(run.output, null, 1), run.directoryContents.map(f => f.path + (f.executable ? ' x' : '')).join('\n'));
    await writeScaffold(run, '/tmp/tmpl-out');
  });
});
