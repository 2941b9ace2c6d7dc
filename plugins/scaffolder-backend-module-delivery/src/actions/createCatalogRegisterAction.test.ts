// SPDX-License-Identifier: Apache-2.0
import { ConflictError, NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { runAction } from '../__testUtils__/runAction';
import { createCatalogRegisterAction } from './createCatalogRegisterAction';

const CONTENTS = 'http://git.test/northwind/orders/blob/main';
const TARGET = `${CONTENTS}/catalog-info.yaml`;
const ORDERS = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders' },
};

describe('delivery:catalog:register', () => {
  /** A catalog that refuses a Location with an error, or takes it. */
  const catalogThat = (refusal?: Error, entities = [ORDERS]) => {
    const catalog = catalogServiceMock.mock();
    catalog.addLocation.mockImplementation(async ({ dryRun }) => {
      if (refusal && !dryRun) {
        throw refusal;
      }
      return {
        location: {
          id: '1',
          type: 'url',
          target: TARGET,
          entityRef: 'location:default/generated-1',
        },
        entities: dryRun ? entities : [],
      };
    });
    return catalog;
  };

  it('registers a file and says what is in it', async () => {
    const catalog = catalogThat();
    const { output, said } = await runAction(
      createCatalogRegisterAction({ catalog }),
      { repoContentsUrl: CONTENTS, path: '/catalog-info.yaml' },
    );
    expect(output).toEqual({ entityRef: 'component:default/orders' });
    expect(said).toEqual([`Registered ${TARGET}`]);
  });

  it('names the path as Azure DevOps does', async () => {
    const { said } = await runAction(
      createCatalogRegisterAction({ catalog: catalogThat() }),
      {
        repoContentsUrl:
          'http://git.test/northwind/payments/_git/orders?path=/&version=GBmain',
        path: '/catalog-info.yaml',
      },
    );
    expect(said).toEqual([
      'Registered http://git.test/northwind/payments/_git/orders?path=/catalog-info.yaml&version=GBmain',
    ]);
  });

  it('keeps the branch that an address names after its path', async () => {
    const { said } = await runAction(
      createCatalogRegisterAction({ catalog: catalogThat() }),
      {
        repoContentsUrl:
          'http://git.test/projects/NORTH/repos/orders/browse?at=main',
        path: '/catalog-info.yaml',
      },
    );
    expect(said).toEqual([
      'Registered http://git.test/projects/NORTH/repos/orders/browse/catalog-info.yaml?at=main',
    ]);
  });

  it('goes on when an interrupted run registered it', async () => {
    const { output, said } = await runAction(
      createCatalogRegisterAction({
        catalog: catalogThat(new ConflictError('It exists')),
      }),
      { repoContentsUrl: CONTENTS, path: '/catalog-info.yaml' },
    );
    expect(output).toEqual({ entityRef: 'component:default/orders' });
    expect(said).toEqual([`${TARGET} is registered already`]);
  });

  it('fails when the catalog cannot take it, or finds nothing in it', async () => {
    const input = { repoContentsUrl: CONTENTS, path: '/catalog-info.yaml' };
    await expect(
      runAction(
        createCatalogRegisterAction({
          catalog: catalogThat(new Error('The database is away')),
        }),
        input,
      ),
    ).rejects.toThrow('The database is away');
    await expect(
      runAction(
        createCatalogRegisterAction({ catalog: catalogThat(undefined, []) }),
        input,
      ),
    ).rejects.toThrow(`There is no entity in ${TARGET}`);
  });

  it('registers nothing in a dry run', async () => {
    const catalog = catalogThat();
    const { said } = await runAction(
      createCatalogRegisterAction({ catalog }),
      { repoContentsUrl: CONTENTS, path: '/catalog-info.yaml' },
      { dryRun: true },
    );
    expect(said).toEqual([
      'Would register /catalog-info.yaml of the repository',
    ]);
    expect(catalog.addLocation).not.toHaveBeenCalled();
  });

  it('waits for a file that a pull request still has to bring', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.addLocation.mockImplementation(async ({ dryRun }) => {
      if (dryRun) {
        throw new NotFoundError('There is no such file');
      }
      return {
        location: {
          id: '1',
          type: 'url',
          target: TARGET,
          entityRef: 'location:default/generated-1',
        },
        entities: [],
      };
    });
    const action = createCatalogRegisterAction({ catalog });
    const input = { repoContentsUrl: CONTENTS, path: '/catalog-info.yaml' };
    await expect(runAction(action, input)).rejects.toThrow('no such file');
    const { output, said } = await runAction(action, {
      ...input,
      optional: true,
    });
    expect(output).toEqual({});
    expect(said).toContain(
      `${TARGET} is not there yet; the catalog takes it once its pull request is merged`,
    );
  });
});
