// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import type { SimulatorClock } from '../clock';
import { FetchRouter } from '../http/FetchRouter';
import {
  serveVendor,
  type ServedVendor,
  type VendorHandler,
} from '../http/serveVendor';
import { ChartStore, fileNameOf } from './ChartStore';
import { createOciHandler } from './oci/createOciHandler';
import { OciStore } from './oci/OciStore';
import { renderChartIndex } from './renderChartIndex';

/** Options of {@link startCharts}. */
export interface StartChartsOptions {
  /** The port to listen on; 0 lets the operating system choose. */
  port: number;
  host?: string;
  /** Where the packages are kept. */
  dataDir: string;
  clock: SimulatorClock;
  /** Asked for uploads and logins; without it everybody on this machine may upload. */
  credentials?: { username: string; password: string };
  signal: AbortSignal;
  log: (message: string) => void;
}

/** A running simulated chart repository. */
export interface RunningCharts extends ServedVendor<VendorHandler> {
  store: ChartStore;
}

/**
 * Starts the simulated Helm chart repository, which speaks as ChartMuseum does, and beside it
 * as an OCI registry of charts below `/v2/`. The two know nothing of each other's charts.
 */
export async function startCharts(
  options: StartChartsOptions,
): Promise<RunningCharts> {
  const { port, host, dataDir, clock, credentials, signal, log } = options;
  const store = ChartStore.open({ directory: join(dataDir, 'charts'), clock });
  const mayUpload = (request: Request) =>
    !credentials || hasLogin(request, credentials);
  const oci = createOciHandler({
    store: OciStore.open(join(dataDir, 'oci')),
    mayWrite: mayUpload,
    log,
  });
  const router = new FetchRouter()
    .on('GET', '/health', async () => Response.json({ healthy: true }))
    .on(
      'GET',
      '/index.yaml',
      async () =>
        new Response(renderChartIndex(store.list(), clock.now()), {
          headers: { 'content-type': 'application/x-yaml' },
        }),
    )
    .on('GET', '/charts/:file', async (_, { params }) => {
      const bytes = store.read(params.file);
      return bytes
        ? new Response(new Uint8Array(bytes), {
            headers: { 'content-type': 'application/x-tar' },
          })
        : failure(404, 'not found');
    })
    .on('GET', '/api/charts/:name', async (_, { params }) => {
      const versions = store
        .list()
        .filter(({ metadata }) => metadata.name === params.name)
        .map(({ metadata, digest, created }) => ({
          ...metadata,
          digest,
          created,
        }));
      return versions.length > 0
        ? Response.json(versions.reverse())
        : failure(404, 'chart not found');
    })
    .on('POST', '/api/charts', async request => {
      if (!mayUpload(request)) {
        return new Response('Unauthorized', {
          status: 401,
          headers: { 'www-authenticate': 'Basic realm="charts"' },
        });
      }
      const chart = await store.add(await uploaded(request));
      log(`Took in chart ${fileNameOf(chart)}`);
      return Response.json({ saved: true }, { status: 201 });
    });

  const served = await serveVendor({ port, host, signal }, () => ({
    handle: async request => {
      try {
        return (
          (await oci(request)) ??
          (await router.handle(request)) ??
          failure(404, 'not found')
        );
      } catch (error) {
        return faultOf(error);
      }
    },
  }));
  return { ...served, store };
}

async function uploaded(request: Request): Promise<Uint8Array> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    return new Uint8Array(await request.arrayBuffer());
  }
  const chart = (await request.formData()).get('chart');
  if (chart === null || typeof chart === 'string') {
    throw new InputError("The form has no file in its field 'chart'");
  }
  return new Uint8Array(await chart.arrayBuffer());
}

function hasLogin(
  request: Request,
  credentials: { username: string; password: string },
): boolean {
  const { username, password } = credentials;
  const wanted = Buffer.from(`${username}:${password}`).toString('base64');
  return request.headers.get('authorization') === `Basic ${wanted}`;
}

function faultOf(error: unknown): Response {
  if (error instanceof Error && error.name === 'InputError') {
    return failure(400, error.message);
  }
  if (error instanceof Error && error.name === 'ConflictError') {
    return failure(409, error.message);
  }
  throw error;
}

function failure(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
