// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import {
  claimWebhook,
  FakeGate,
  type GateTiming,
} from 'backstage-plugin-spinnaker-client/testUtils';
import type { SimulatorClock } from '../clock';
import type { FaultyHandler } from '../http/FaultyHandler';
import type { ServedAddress } from '../http/serveFetch';
import { serveVendor } from '../http/serveVendor';
import { ChartBaker } from './ChartBaker';
import { type GitLogin, KustomizationBaker } from './KustomizationBaker';
import { ClusterAccount, ClusterAccounts } from './ClusterAccounts';
import { GateFile } from './GateFile';

/** Options of {@link startGate}. */
export interface StartGateOptions {
  /** The port to listen on; 0 lets the operating system choose. */
  port: number;
  host?: string;
  /** Where the state is kept over restarts. */
  dataDir: string;
  clock: SimulatorClock;
  /** Opens Gate as the portal's own account; without it everybody is anonymous. */
  token?: string;
  /** Where charts are fetched from. */
  chartRepositoryUrl: string;
  /** How private Git repositories are read, where Kustomize renders. */
  gitLogin?: GitLogin;
  /** The deployment accounts. */
  accounts: ClusterAccount[];
  /** Where the claim asks, and its bearer token; without it there is no claim stage. */
  claim?: { url: string; token: string };
  timing?: Partial<GateTiming>;
  /** The command that renders charts; `helm` when absent. */
  helm?: string;
  signal: AbortSignal;
  log: (message: string) => void;
}

/** A running simulated Spinnaker. */
export interface RunningGate extends ServedAddress {
  /** Makes it misbehave as a whole. */
  handler: FaultyHandler;
  /** The machine itself: its finer faults, executions and deployments. */
  gate: FakeGate;
}

/** Whom Spinnaker takes the portal for. */
const PORTAL_USER = 'svc-backstage';

/** What makes a demo look real without making it slow. */
const DEMO_TIMING: Partial<GateTiming> = {
  start: 150,
  bake: 1_200,
  deploy: 800,
  stabilizePoll: 1_000,
};

/**
 * Starts the simulated Spinnaker: Gate, with an Orca behind it that really bakes and
 * deploys.
 *
 * @remarks
 * Webhooks and reads of anonymous people stay open, as on an installation without Fiat;
 * the token only decides who is written down as having started something.
 */
export async function startGate(
  options: StartGateOptions,
): Promise<RunningGate> {
  const { port, host, dataDir, clock, token, claim, signal, log } = options;
  const file = new GateFile(join(dataDir, 'gate.json'));
  const clusters = new ClusterAccounts({ accounts: options.accounts, log });
  const kustomizations = new KustomizationBaker({ login: options.gitLogin });
  const charts = new ChartBaker({
    repositoryUrl: options.chartRepositoryUrl,
    helm: options.helm,
  });
  const gate = new FakeGate({
    clock,
    state: file.read(),
    access: { kind: 'open', tokens: token ? { [token]: PORTAL_USER } : {} },
    webhooks: claim ? [claimWebhook(claim)] : [],
    timing: { ...DEMO_TIMING, ...options.timing },
    backends: {
      accounts: () => clusters.accounts(),
      bake: async request => {
        const baked = await (request.renderer.startsWith('KUSTOMIZE')
          ? kustomizations
          : charts
        ).bake(request);
        const { version } = request.chart;
        const name = request.chart.name || request.releaseName;
        log(
          baked.kind === 'baked'
            ? `Baked ${name} ${version} for ${request.namespace}`
            : `Could not bake ${name} ${version}: ${baked.message}`,
        );
        return baked;
      },
      applyManifest: async request => {
        const result = await clusters.applyManifest(request);
        if (result.kind === 'refused') {
          log(`${request.namespace} refused an object: ${result.message}`);
        }
        return result;
      },
      readManifest: request => clusters.readManifest(request),
      deleteManifests: request => clusters.deleteManifests(request),
      undoRollout: request => clusters.undoRollout(request),
      fetch: (input, init) => fetch(input, init),
    },
    onChange: () => file.write(gate.export()),
  });
  const served = await serveVendor({ port, host, signal }, () => gate);
  const stopped = gate.start({ signal });
  log(`Gate answers at ${served.url}`);
  return {
    ...served,
    closed: Promise.all([served.closed, stopped]).then(() => {
      file.write(gate.export());
    }),
    gate,
  };
}
