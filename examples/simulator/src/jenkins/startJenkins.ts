// SPDX-License-Identifier: Apache-2.0
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FakeJenkins } from 'backstage-plugin-jenkins-client/testUtils';
import type { SimulatorClock } from '../clock';
import type { VendorFault } from '../http/FaultyHandler';
import type { ServedAddress } from '../http/serveFetch';
import { serveVendor } from '../http/serveVendor';
import { readHead } from './build/checkOut';
import { createBuildRunner } from './build/createBuildRunner';
import { ControllerState } from './ControllerState';
import { CredentialStore, JenkinsCredential } from './credentials';
import { FindingCounts, ImageRegistry } from './registry/ImageRegistry';
import { runTicks } from './runTicks';
import { curl } from './tools/curl';
import { createDate } from './tools/createDate';
import { createDocker } from './tools/docker';
import { helm } from './tools/helm';
import { installLaunchers } from './tools/installLaunchers';
import { TOOLS_PATH, ToolServer } from './tools/ToolServer';
import { createTrivy } from './tools/trivy';

/** Options of {@link startJenkins}. */
export interface StartJenkinsOptions {
  /** The port to listen on; 0 lets the operating system choose. */
  port: number;
  host?: string;
  /** Where jobs, builds, workspaces and the image registry are kept. */
  dataDir: string;
  clock: SimulatorClock;
  /** Who may use the API. */
  users: readonly { name: string; apiToken: string }[];
  /**
   * What every build finds in its environment; `IMAGE_REGISTRY` is also where the simulated
   * image registry keeps own images.
   */
  environment: Record<string, string>;
  credentials: readonly JenkinsCredential[];
  /** Real milliseconds between looks at the schedules; 1,000 when absent. */
  tickMs?: number;
  signal: AbortSignal;
  log: (message: string) => void;
}

/** A running simulated Jenkins. */
export interface RunningJenkins extends ServedAddress {
  readonly fault: VendorFault;
  /** Makes its API misbehave until told otherwise; builds and their tools go on. */
  setFault(fault: VendorFault): void;
  jenkins: FakeJenkins;
  images: ImageRegistry;
  /** Gives a base image new content, so that its tag names another digest. */
  publishBaseImage(
    reference: string,
    findings?: FindingCounts,
  ): { digest: string; previous: string };
  /**
   * Starts a job as its timer would.
   *
   * @throws NotFoundError when there is no such job.
   */
  triggerCron(job: string): { queueId: number };
}

const DEFAULT_REGISTRY = 'registry.localhost';

/**
 * Starts the simulated Jenkins: the HTTP API of a controller, and one agent that runs builds
 * for real, two at a time, with `docker` and `trivy` simulated.
 */
export async function startJenkins(
  options: StartJenkinsOptions,
): Promise<RunningJenkins> {
  const { port, host, clock, environment, signal, log } = options;
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const credentials = new CredentialStore(options.credentials);
  const images = ImageRegistry.open({
    file: join(dataDir, 'images.json'),
    ownPrefix: environment.IMAGE_REGISTRY ?? DEFAULT_REGISTRY,
  });
  const tools = new ToolServer({
    curl,
    date: createDate(() => clock.now()),
    docker: createDocker({
      registry: images,
      account: options.credentials.find(one => one.id === 'image-registry'),
    }),
    helm,
    trivy: createTrivy(images),
  });
  const path = installLaunchers({
    folder: join(dataDir, 'tools'),
    path: process.env.PATH ?? '/usr/bin:/bin',
  });
  const home = join(dataDir, 'home');
  mkdirSync(home, { recursive: true });

  const state = new ControllerState(join(dataDir, 'controller.json'), log);
  const served = await serveVendor(
    {
      port,
      host,
      signal,
      before: request =>
        tools.accepts(request) ? tools.handle(request) : undefined,
    },
    url => {
      // Nothing of this process's own environment, which may hold secrets, gets into a build.
      const agent = {
        PATH: path,
        HOME: home,
        LANG: 'C.UTF-8',
        SIMULATED_TOOLS_URL: `${url}${TOOLS_PATH}`,
        SIMULATED_TOOLS_TOKEN: tools.token,
      };
      const controller = new FakeJenkins({
        clock,
        url,
        users: Object.fromEntries(
          options.users.map(({ name, apiToken }) => [name, apiToken]),
        ),
        anonymousRead: true,
        runBuild: createBuildRunner({
          dataDir,
          credentials,
          controllerUrl: () => url,
          agentEnvironment: () => agent,
          globalEnvironment: environment,
        }),
        readHead: git =>
          readHead({ git, workspace: home, credentials, env: agent, signal }),
        onChange: () => state.changed(() => controller.exportState()),
      });
      state.restoreInto(controller);
      return {
        controller,
        handle: async (request: Request) => {
          const response = await controller.handle(request);
          if (request.method !== 'GET') {
            state.writeNow(controller.exportState());
          }
          return response;
        },
      };
    },
  );
  const { handler } = served;
  const { controller: jenkins } = served.vendor;
  const ticking = runTicks({ jenkins, everyMs: options.tickMs, signal, log });
  const closed = (async () => {
    await served.closed;
    await ticking;
    const last = jenkins.exportState();
    await jenkins.shutDown();
    state.write(last);
  })();

  return {
    ...served,
    closed,
    jenkins,
    images,
    get fault() {
      return handler.fault;
    },
    setFault: fault => handler.setFault(fault),
    publishBaseImage: (reference, findings) =>
      images.publishBase({ reference, at: clock.now(), findings }),
    triggerCron: job => ({ queueId: jenkins.buildByTimer(job) }),
  };
}
