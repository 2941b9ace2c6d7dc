// SPDX-License-Identifier: Apache-2.0
import { startPlugin } from './__testUtils__/startPlugin';

jest.setTimeout(60_000);

const ORDERS = 'component:default/orders';

let delivery: Awaited<ReturnType<typeof startPlugin>> | undefined;
afterEach(() => delivery?.stop());

async function start(options?: Parameters<typeof startPlugin>[0]) {
  const started = await startPlugin(options);
  delivery = started;
  await started.until(
    () => started.api.getService(ORDERS, started.as('ben')),
    ({ environments }) => environments.length > 0,
  );
  return started;
}

describe('logs of the pods of a service', () => {
  it('are read on demand, capped, and every look is written down', async () => {
    const { api, as, auditEvent, auditor, observer } = await start();
    observer.logs.set('dev', `${'x'.repeat(70_000)}end`);
    const logs = await api.getLogs(
      ORDERS,
      { environment: 'dev', previous: true },
      as('ben'),
    );
    expect(logs).toMatchObject({ pod: 'pod-1', previous: true });
    expect(logs.truncated).toBe(true);
    expect(logs.text).toHaveLength(65_536);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'logs-read',
        meta: { service: ORDERS, environment: 'dev', previous: true },
      }),
    );
    expect(JSON.stringify(auditEvent.success.mock.calls)).not.toContain('xxx');
    await expect(
      api.getLogs(ORDERS, { environment: 'prod' }, as('ben')),
    ).rejects.toMatchObject({ statusCode: 404 });
  });

  it('need a permission of their own, and a refusal is written down too', async () => {
    const { api, as, auditEvent, observer } = await start({
      policy: ({ permission, resourceRef }) =>
        permission.name !== 'delivery.logs.read' ||
        resourceRef === `${ORDERS}#dev`,
    });
    observer.logs.set('dev', 'fine');
    observer.logs.set('prod', 'secret');
    await expect(
      api.getLogs(ORDERS, { environment: 'dev' }, as('ben')),
    ).resolves.toMatchObject({ text: 'fine', truncated: false });
    await expect(
      api.getLogs(ORDERS, { environment: 'prod' }, as('ben')),
    ).rejects.toMatchObject({ statusCode: 403 });
    expect(auditEvent.fail).toHaveBeenCalledTimes(1);
  });
});
