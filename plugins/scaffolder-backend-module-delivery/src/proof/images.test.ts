// SPDX-License-Identifier: Apache-2.0
import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { setupServer } from 'msw/node';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Buildah } from '../__testUtils__/Buildah';
import { emptyVendors } from '../__testUtils__/emptyVendors';
import { Scaffolder, writeScaffold } from '../__testUtils__/scaffoldService';
import { REQUIRED } from '../__testUtils__/useWorkshop';

const inspectedSchema = z.looseObject({
  Docker: z.looseObject({
    config: z.looseObject({
      User: z.string(),
      ExposedPorts: z.record(z.string(), z.unknown()),
      Healthcheck: z.looseObject({ Test: z.array(z.string()) }),
    }),
  }),
});

const opened = Buildah.open();

if (opened instanceof Buildah) {
  describe('the Dockerfile of', () => {
    jest.setTimeout(120_000);
    registerMswTestHooks(setupServer(...emptyVendors()));
    const buildah: Buildah = opened;
    let scaffolder: Scaffolder;
    let folder: string;

    beforeAll(async () => {
      scaffolder = await Scaffolder.start();
    });
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'dockerfile-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));
    afterAll(async () => {
      buildah.close();
      await scaffolder.stop();
    });

    it.each([
      ['http-service', '1000:1000', '8080/tcp'],
      ['wso2-micro-integrator', '802:802', '8290/tcp'],
      ['wso2-api-microgateway', '100', '9090/tcp'],
    ])(
      '%s builds on a base, runs as %s and says how healthy it is',
      async (runtime, user, port) => {
        await writeScaffold(
          await scaffolder.scaffold({ ...REQUIRED, runtime }),
          folder,
        );
        const source = join(folder, 'artifact');
        buildah.build(source, {
          tag: `localhost/${runtime}:1`,
          arguments: {
            BASE_IMAGE: 'localhost/base:1',
            ...(runtime === 'wso2-api-microgateway'
              ? { TOOLKIT_IMAGE: 'localhost/base:1' }
              : {}),
          },
        });
        const { config } = inspectedSchema.parse(
          buildah.inspect(`localhost/${runtime}:1`),
        ).Docker;
        expect(config.User).toBe(user);
        expect(Object.keys(config.ExposedPorts)).toContain(port);
        expect(config.Healthcheck.Test[0]).toBe('CMD');
      },
    );
  });
} else {
  it(`NOT SHOWN WITH BUILDAH: ${opened.reason}`, () => {
    expect(opened.reason).not.toBe('');
  });
}
